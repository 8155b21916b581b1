import assert from 'node:assert/strict';
import type { EntityType } from '#model/model.ts';
import type { Tenant } from '#plan/caller.ts';
import type { CollectionQuery, FoundPage, Source } from '#plan/query.ts';
import type { Reader, Store, Wanted } from '#plan/store.ts';
import { type World, writeWorld } from './query-data.ts';
import { queryModel } from './query-model.ts';
import { databases, makeTenant, type StorePlace } from './stores.ts';

/** A store with the queries' data, on one database. */
export interface QueriedStore extends AsyncDisposable {
  readonly name: string;
  readonly store: Store;
  readonly place: StorePlace;
  readonly tenant: Tenant;
  readonly reader: Reader;
  /** Surrogates of the data's rows, in their order. */
  readonly owners: readonly number[];
}

/** The set of all items. */
export const items: Source = {
  kind: 'set',
  set: 'items',
  type: queryModel.types.get('test.item') as EntityType,
};

/** Opens both databases and writes the data into each. */
export function openQueried(world: World): Promise<QueriedStore[]> {
  return Promise.all(
    databases.map(async ({ name, place: makePlace }) => {
      const place = await makePlace();
      const store = await place.open(queryModel);
      // Another tenant with the same data, which no answer may show.
      const other = await makeTenant(store, 'other');
      await writeWorld(store, other, world);
      const tenant = await makeTenant(store, 'one');
      const owners = await writeWorld(store, tenant, world);
      return {
        name,
        store,
        place,
        tenant,
        reader: store.reader(tenant),
        owners,
        async [Symbol.asyncDispose]() {
          await store.close();
          await place[Symbol.asyncDispose]();
        },
      };
    }),
  );
}

/** A query with everything left open that is not given. */
export function queryOf(given: Partial<CollectionQuery> = {}): CollectionQuery {
  return {
    filter: undefined,
    search: undefined,
    orderBy: [],
    skip: 0,
    top: undefined,
    pageSize: 1000,
    after: undefined,
    count: false,
    ...given,
  };
}

/** The keys of all members, page by page to the end. */
export async function walk(
  reader: Reader,
  source: Source,
  query: CollectionQuery,
  between: (page: FoundPage) => Promise<void> = async () => {},
): Promise<string[]> {
  const keys: string[] = [];
  const wanted: Wanted = 'nothing';
  let after = query.after;
  let pages = 0;
  do {
    // An order that contradicts itself would go on for ever.
    pages += 1;
    assert.ok(pages <= 1000, 'the pages have no end');
    const page: FoundPage = await reader.query(source, { ...query, after }, wanted);
    keys.push(...page.members.map(({ key }) => key));
    after = page.next;
    await between(page);
  } while (after);
  return keys;
}
