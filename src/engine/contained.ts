import type { Change } from '#plan/change.ts';
import type { Document } from '#plan/document.ts';
import { joinKeys, keyTextOf } from '#plan/key-text.ts';
import type { Destination } from './writing/destination.ts';
import type { Draft, Held } from './writing/draft.ts';

/** What an entity contains behind a navigation, by key. */
export async function containedIn(
  draft: Draft,
  held: Held,
  { source, path, isSingle }: Destination,
): Promise<Map<string, Held>> {
  const found = new Map<string, Held>();
  if (held.isNew || source.kind !== 'contained') return found;
  const { set, owner, keys, type } = source;
  const before = keys.length === 0 ? '' : `${joinKeys(keys)}/`;
  for (const record of await draft.tx.list(set, owner, source.path)) {
    const isHere = isSingle ? record.key === joinKeys(keys) : record.key.startsWith(before);
    if (!isHere) continue;
    const address = { set, owner, path: source.path, key: record.key };
    const part = draft.part(address, record, { type, ownerId: held.ownerId, path, isSingle });
    found.set(isSingle ? '' : part.key, part);
  }
  return found;
}

/** The key that a body names in a collection, if it names all of it. */
export function keyOf({ members }: Change, { source, isSingle }: Destination): string | undefined {
  if (isSingle) return '';
  const written: Document = {};
  for (const [name, member] of members) if (member.kind === 'value') written[name] = member.value;
  return keyTextOf(source.type, written);
}
