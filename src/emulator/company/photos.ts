/** The greatest size that Graph serves; the bytes are drawn elsewhere. */
const side = 648;

/** The metadata of a photo whose parent is given as a path: `users('id')/photo`. */
export function describePhoto(parent: string): object {
  return { '@parent': parent, id: `${side}x${side}`, height: side, width: side };
}
