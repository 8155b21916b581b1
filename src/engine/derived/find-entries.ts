import { Refusal } from '#errors.ts';
import type { EntityType } from '#model/model.ts';
import type { SearchExpression } from '#plan/expression.ts';
import { nothingAsked } from '#plan/query.ts';
import { otherMember } from './connections.ts';
import type { DerivationContext } from './derivation.ts';
import type { Entry, Kept } from './entries.ts';

/** For whom entries are searched, and of which type they are. */
export type FindContext = Pick<DerivationContext, 'model' | 'caller' | 'reader' | 'type'>;

/** Whose an entry is that does not say so itself, for the types whose entries are somebody's. */
const persons: Readonly<
  Record<string, (kept: Kept, context: FindContext) => Promise<number | undefined>>
> = {
  'microsoft.graph.DecoratedProfile': async ({ owner }) => owner,
  'microsoft.graph.DecoratedProfileConnection': async (owner, { reader, caller }) => {
    return (await otherMember({ reader, caller, owner }))[0]?.owner;
  },
};

/**
 * Those of some entries whose people a search finds by the names that the directory has, in the
 * order in which they were. Refuses with 501 where the entries are nobody's.
 */
export async function findEntries(
  context: FindContext,
  entries: readonly Entry[],
  search: SearchExpression,
): Promise<readonly Entry[]> {
  const { model, reader } = context;
  checkSearch(context.type, search);
  const owners = await Promise.all(entries.map((entry) => personOf(entry, context)));
  const all = new Set(owners.filter((owner) => owner !== undefined));
  if (all.size === 0) return [];
  const { type } = model.resources.get('users')!;
  const among: SearchExpression = { kind: 'among', owners: JSON.stringify([...all]) };
  const both: SearchExpression = { kind: 'and', operands: [among, search] };
  const query = { ...nothingAsked, search: both, pageSize: all.size };
  const { members } = await reader.query({ kind: 'set', set: 'users', type }, query, 'nothing');
  const found = new Set(members.map(({ owner }) => owner));
  return entries.filter((_, at) => owners[at] !== undefined && found.has(owners[at]));
}

async function personOf(entry: Entry, context: FindContext): Promise<number | undefined> {
  if (entry.person !== undefined || 'document' in entry.held) return entry.person;
  return persons[context.type.name]!(entry.held.kept, context);
}

function checkSearch({ name }: EntityType, search: SearchExpression): void {
  if (persons[name] && !namesProperty(search)) return;
  const message = 'What is worked out is not searched here.';
  throw new Refusal('notImplemented', message, { target: '$search' });
}

/** Whether a search is for a property of the entities themselves. */
export function namesProperty(search: SearchExpression): boolean {
  if (search.kind === 'phrase') return search.property !== undefined;
  if (search.kind === 'facet' || search.kind === 'among') return false;
  const inside = search.kind === 'not' ? [search.operand] : search.operands;
  return inside.some(namesProperty);
}
