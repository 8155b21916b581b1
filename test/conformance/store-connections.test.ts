import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { compileModel } from '#model/compile.ts';
import { entityType, one } from '#model/schema.ts';
import type { Tenant } from '#plan/caller.ts';
import type { Store } from '#plan/store.ts';
import { storeTests } from './store-cases.ts';
import { databases } from './stores.ts';

/** People, and where they are kept that have left. */
const model = compileModel(
  [
    entityType('person', {
      namespace: 'test',
      key: ['id'],
      properties: { id: one('Edm.String', { nullable: false }) },
    }),
  ],
  {
    users: { type: 'test.person', collection: true, roots: [] },
  },
  'store',
);

/** People in a row, by their surrogates. */
function makePeople(store: Store, tenant: Tenant, count: number): Promise<number[]> {
  return store.transact(tenant, async (tx) => {
    const owners: number[] = [];
    for (let index = 0; index < count; index++) {
      owners.push(await tx.insert('users', { id: `p${index}` }));
    }
    return owners;
  });
}

/** Connects each with the next. */
function chain(store: Store, tenant: Tenant, people: readonly number[]): Promise<void> {
  return store.transact(tenant, async (tx) => {
    for (const [index, person] of people.slice(1).entries()) tx.connect(people[index]!, person);
  });
}

for (const { name, place } of databases) {
  describe(`connections on ${name}`, () => {
    const withStore = storeTests(place, model);

    withStore('degrees follow the shortest way, up to three', async ({ store, tenant }) => {
      const people = await makePeople(store, tenant, 6);
      await chain(store, tenant, people.slice(0, 5));
      const [first, , third] = people;
      const { connections } = store.reader(tenant);
      assert.deepEqual(await connections.degrees(first!, [...people, 999_999]), [
        ...['SELF', 'DISTANCE_1', 'DISTANCE_2', 'DISTANCE_3', 'OUT_OF_NETWORK'],
        ...['OUT_OF_NETWORK', 'OUT_OF_NETWORK'],
      ]);
      await store.transact(tenant, async (tx) => tx.connect(third!, first!));
      const nearer = await connections.degrees(first!, people.slice(2, 5));
      assert.deepEqual(nearer, ['DISTANCE_1', 'DISTANCE_2', 'DISTANCE_3']);
      await store.transact(tenant, async (tx) => tx.disconnect(first!, third!));
      const farther = await connections.degrees(first!, people.slice(2, 5));
      assert.deepEqual(farther, ['DISTANCE_2', 'DISTANCE_3', 'OUT_OF_NETWORK']);
    });

    withStore('neighbours are listed in order, counted and shared', async ({ store, tenant }) => {
      const people = await makePeople(store, tenant, 7);
      const [one, other, ...others] = people as [number, number, ...number[]];
      await store.transact(tenant, async (tx) => {
        for (const each of [...others].reverse()) tx.connect(one, each);
        for (const each of others.slice(1)) tx.connect(each, other);
        // Twice is once.
        tx.connect(others[0]!, one);
      });
      const { connections } = store.reader(tenant);
      assert.deepEqual(await connections.neighbours(one, 0, 10), others);
      assert.deepEqual(await connections.neighbours(one, others[1]!, 2), others.slice(2, 4));
      assert.deepEqual(await connections.neighbours(999_999, 0, 10), []);
      assert.equal(await connections.count(one), 5);
      assert.equal(await connections.count(other), 4);
      assert.equal(await connections.count(999_999), 0);
      const shared = await connections.shared(one, other, 3);
      assert.deepEqual(shared, { owners: others.slice(1, 4), count: 4 });
    });

    withStore('nothing crosses from one tenant to another', async ({ store, tenant }) => {
      const people = await makePeople(store, tenant, 2);
      await chain(store, tenant, people);
      const id = '00000000-0000-4000-8000-00000000000b';
      const elsewhere = await store.createTenant({ id, displayName: 'two', domains: [] });
      const { connections } = store.reader(elsewhere);
      assert.deepEqual(await connections.degrees(people[0]!, [people[1]!]), ['OUT_OF_NETWORK']);
      assert.equal(await connections.count(people[0]!), 0);
    });
  });
}
