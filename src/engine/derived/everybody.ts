import { nothingAsked } from '#plan/query.ts';
import type { DerivationContext } from './derivation.ts';
import { type Entries, keptProfile } from './entries.ts';

/**
 * The decorated profile of everybody in the directory, in the order in which people came; a search
 * finds them by the names that the directory has.
 */
export async function listEverybody({
  model,
  reader,
  search,
}: DerivationContext): Promise<Entries> {
  const { type } = model.resources.get('users')!;
  const source = { kind: 'set', set: 'users', type } as const;
  return {
    async read({ after, skip }, limit) {
      const mark = after === undefined ? undefined : { keys: [], last: after, shown: 0 };
      const query = { ...nothingAsked, search, pageSize: limit, skip, after: mark };
      const { members } = await reader.query(source, query, 'nothing');
      return members.map(({ owner, key }) => {
        return { id: key, mark: owner, held: { kept: keptProfile({ owner, id: key }) } };
      });
    },
    async count() {
      const query = { ...nothingAsked, search, pageSize: 0, count: true };
      const { count } = await reader.query(source, query, 'nothing');
      return count ?? 0;
    },
  };
}
