import type { EntityType } from '#model/model.ts';
import { type Document, TYPE } from '#plan/document.ts';
import { splitKeyText, typeAt } from '#plan/key-text.ts';
import type { Target } from '#plan/target.ts';
import { parsePrimitive } from './decode-primitive.ts';

/**
 * The members that the key at the end of a target means, each of its own type: what an entity that
 * is made under that key holds. Undefined where the target ends with no key.
 */
export function decodeKey({ steps, type }: Target): Document | undefined {
  const step = steps.findLast(({ kind }) => kind !== 'cast');
  if (step?.kind !== 'key' || step.property !== undefined || step.alternate) return undefined;
  const texts = splitKeyText(type, step.value);
  const members: Document = {};
  for (const [index, { path }] of type.keyParts.entries()) {
    const text = texts[index] ?? '';
    const part = typeAt(type, path);
    const value = part?.kind === 'primitive' ? (parsePrimitive(part.name, text) ?? text) : text;
    place(members, type, { path, value });
  }
  return members;
}

function place(
  members: Document,
  type: EntityType,
  { path, value }: { path: readonly string[]; value: string | number | boolean | object },
): void {
  let owner = members;
  for (const [index, name] of path.entries()) {
    if (index === path.length - 1) owner[name] = value as string;
    else {
      owner[name] ??= { [TYPE]: typeAt(type, path.slice(0, index + 1))!.name };
      owner = owner[name] as Document;
    }
  }
}
