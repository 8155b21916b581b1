import type { EntityType } from '#model/model.ts';
import type { Document } from '#plan/document.ts';
import type { SearchExpression } from '#plan/expression.ts';
import { nothingAsked } from '#plan/query.ts';
import type { FoundEntity, Reader, Writer } from '#plan/store.ts';
import { textOf } from './document-values.ts';

/** The set of the names in profiles, which may be others than the directory's, and its type. */
const SET = 'memberNames';
const KEPT_AS = 'kith.memberName';

/** The people in whose profiles a search finds their names. */
export async function findByMemberName(
  reader: Reader,
  user: EntityType,
  { search, limit }: { readonly search: SearchExpression; readonly limit: number },
): Promise<readonly FoundEntity[]> {
  const source = { kind: 'set', set: SET, type: { ...user, name: KEPT_AS } } as const;
  const query = { ...nothingAsked, pageSize: limit, search };
  const { members } = await reader.query(source, query, 'nothing');
  const found = await Promise.all(members.map(({ key }) => reader.find('users', 'id', key, 'doc')));
  return found.flatMap((each) => each ?? []);
}

/** Keeps the names of a profile for searches. */
export async function keepMemberName(tx: Writer, id: string, profile: Document): Promise<void> {
  const { firstName, lastName } = profile;
  const displayName = [textOf(firstName), textOf(lastName)].filter(Boolean).join(' ');
  const members = { id, displayName };
  const known = await tx.find(SET, 'id', id, 'doc');
  if (!known) await tx.insert(SET, members);
  else
    tx.write({ set: SET, owner: known.owner, path: '', key: '' }, members, known, ['displayName']);
}
