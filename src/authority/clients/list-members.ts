import type { Model } from '#model/model.ts';
import type { Tenant } from '#plan/caller.ts';
import type { FoundMember, OrderItem } from '#plan/query.ts';
import type { Store } from '#plan/store.ts';

/** Whose members are wanted. */
export interface MemberQuery {
  readonly store: Store;
  readonly model: Model;
  readonly tenant: Tenant;
  readonly set: string;
  /** Words that their names have to begin with; empty for all of them. */
  readonly search: string;
}

/** As many as a page shows. */
export const MEMBERS_MAX = 100;

/** Members of a set with their documents, by `displayName`, at most `MEMBERS_MAX`. */
export async function listMembers(wanted: MemberQuery): Promise<readonly FoundMember[]> {
  const { store, model, tenant, set, search } = wanted;
  const type = model.resources.get(set)?.type;
  if (!type) return [];
  const text = search.trim();
  const name = type.properties.get('displayName');
  const orderBy: OrderItem[] = name
    ? [
        {
          expression: {
            kind: 'path',
            result: { type: name.type, collection: false },
            variable: '$it',
            steps: [{ kind: 'property', property: name }],
          },
          descending: false,
        },
      ]
    : [];
  const query = {
    filter: undefined,
    search: text === '' ? undefined : ({ kind: 'phrase', text, property: undefined } as const),
    orderBy,
    skip: 0,
    top: undefined,
    pageSize: MEMBERS_MAX,
    after: undefined,
    count: false,
  };
  const { members } = await store.reader(tenant).query({ kind: 'set', set, type }, query, 'doc');
  return members;
}
