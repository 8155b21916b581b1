/** The greatest size that Graph serves. */
const side = 648;

/** What a photo is drawn as: a person, or what a group has in common. */
export type Drawing = 'portrait' | 'emblem';

/**
 * A photo whose parent is given as a path, `users('id')/photo`. It is drawn when it is asked for:
 * the same parent has the same picture on every machine.
 */
export function describePhoto(parent: string, drawing: Drawing = 'portrait'): object {
  const source = `${drawing}:${parent.replace(/^.*\('([^']*)'\)\/photo$/, '$1')}`;
  const sides = { height: side, width: side, masterHeight: side, masterWidth: side };
  return { '@parent': parent, id: `${side}x${side}`, ...sides, source };
}
