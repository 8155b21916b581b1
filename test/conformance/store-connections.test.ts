import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { compileModel } from '#model/compile.ts';
import { entityType, many, one } from '#model/schema.ts';
import type { Tenant } from '#plan/caller.ts';
import { connectionPair } from '#plan/connection-graph.ts';
import type { Store, Writer } from '#plan/store.ts';
import { packLinks } from '#store/graph/pack-links.ts';
import { sqlitePath } from '#store/open-store.ts';
import { PostgresDatabase } from '#store/postgres-database.ts';
import { postgresDialect } from '#store/postgres-dialect.ts';
import { SqliteDatabase } from '#store/sqlite-database.ts';
import { sqliteDialect } from '#store/sqlite-dialect.ts';
import { settledChanges } from './settled-changes.ts';
import { parse, removeAt, root, storeTests } from './store-cases.ts';
import { databases, type StorePlace } from './stores.ts';

/** People, and where they are kept that have left. */
const model = compileModel(
  [
    entityType('person', {
      namespace: 'test',
      key: ['id'],
      properties: { id: one('Edm.String', { nullable: false }) },
    }),
    entityType('connection', {
      namespace: 'test',
      key: ['id'],
      properties: {
        id: one('Edm.String', { nullable: false }),
        members: many('Edm.String'),
        pair: one('Edm.String', { index: 'unique' }),
      },
    }),
  ],
  {
    users: { type: 'test.person', collection: true, roots: [] },
    connections: { type: 'test.connection', collection: true, roots: [] },
    leavers: { type: 'test.person', collection: true, roots: [], reachedBy: 'attic/leavers' },
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

/** Moves somebody from one set to another. */
async function move(tx: Writer, owner: number, [from, to]: readonly [string, string]) {
  const address = root(from, owner);
  const record = (await tx.read(address))!;
  tx.move(address, to, parse(record), record);
}

/** Does what a start does with a store of the format before. */
async function pack({ url, dataDir }: StorePlace): Promise<void> {
  const database =
    url === undefined
      ? new SqliteDatabase(sqlitePath(dataDir))
      : new PostgresDatabase(url, assert.ifError);
  await packLinks(database, url === undefined ? sqliteDialect : postgresDialect);
  await database.close();
}

const strangers = 'OUT_OF_NETWORK';

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

    withStore('who leaves is no way any more, until they are back', async ({ store, tenant }) => {
      const people = (await makePeople(store, tenant, 4)) as [number, number, number, number];
      await chain(store, tenant, people);
      const [first, second, third, last] = people;
      const { connections } = store.reader(tenant);
      assert.deepEqual(await connections.degrees(first, [third]), ['DISTANCE_2']);
      await store.transact(tenant, (tx) => move(tx, second, ['users', 'leavers']));
      assert.deepEqual(await connections.degrees(first, [second, third]), [strangers, strangers]);
      assert.deepEqual(await connections.neighbours(third, 0, 9), [last]);
      assert.equal(await connections.count(first), 0);
      // Two have left when the first comes back: their connection waits for the other one.
      await store.transact(tenant, (tx) => move(tx, third, ['users', 'leavers']));
      await store.transact(tenant, (tx) => move(tx, second, ['leavers', 'users']));
      assert.deepEqual(await connections.degrees(first, [second, third]), [
        'DISTANCE_1',
        strangers,
      ]);
      await store.transact(tenant, (tx) => move(tx, third, ['leavers', 'users']));
      assert.deepEqual(await connections.degrees(first, [third, last]), [
        'DISTANCE_2',
        'DISTANCE_3',
      ]);
      await store.transact(tenant, (tx) => removeAt(tx, root('users', second)));
      assert.deepEqual(await connections.degrees(first, [second, third]), [strangers, strangers]);
      assert.equal(await connections.count(third), 1);
    });

    withStore('what is kept is read again by the next start', async ({ store, tenant, place }) => {
      const people = await makePeople(store, tenant, 60);
      const [hub, ...others] = people as [number, ...number[]];
      for (const other of others) {
        await store.transact(tenant, async (tx) => tx.connect(hub, other));
      }
      await store.transact(tenant, async (tx) => tx.disconnect(others[0]!, hub));
      await store.transact(tenant, (tx) => removeAt(tx, root('users', others[1]!)));
      await store.transact(tenant, (tx) => move(tx, others[2]!, ['users', 'leavers']));
      const left = others.slice(3);
      // The first start packs anew what has grown chunk by chunk; the second reads that.
      for (let start = 0; start < 2; start++) {
        const again = await place.open(model);
        const { connections } = again.reader(tenant);
        assert.deepEqual(await connections.neighbours(hub, 0, 99), left);
        assert.equal(await connections.count(others[0]!), 0);
        await again.close();
      }
    });

    withStore('changes while the graph is read are in the answer', async ({ store, tenant }) => {
      const people = (await makePeople(store, tenant, 3)) as [number, number, number];
      await chain(store, tenant, people.slice(0, 2));
      const { connections } = store.reader(tenant);
      const [, , answer] = await Promise.all([
        connections.count(people[0]),
        chain(store, tenant, people.slice(1)),
        chain(store, tenant, people.slice(1)).then(() => connections.degrees(people[0], people)),
      ]);
      assert.deepEqual(answer, ['SELF', 'DISTANCE_1', 'DISTANCE_2']);
    });

    withStore('a transaction that throws connects nobody', async ({ store, tenant }) => {
      const people = (await makePeople(store, tenant, 2)) as [number, number];
      const { connections } = store.reader(tenant);
      assert.equal(await connections.count(people[0]), 0);
      const failing = store.transact(tenant, async (tx) => {
        tx.connect(...people);
        throw new Error('No.');
      });
      await assert.rejects(failing, /No\./);
      assert.equal(await connections.count(people[0]), 0);
      await assert.rejects(
        store.transact(tenant, async (tx) => tx.connect(people[0], people[0])),
        /themselves/,
      );
    });

    withStore('a join connects when it commits', async ({ store, tenant }) => {
      const people = (await makePeople(store, tenant, 3)) as [number, number, number];
      const { connections } = store.reader(tenant);
      assert.equal(await connections.count(people[0]), 0);
      await store.join(async (joined) => {
        await chain(joined, tenant, people);
        await joined.transact(tenant, async (tx) => tx.disconnect(people[1], people[0]));
        assert.equal(await joined.reader(tenant).connections.count(people[2]), 0);
      });
      assert.deepEqual(await connections.degrees(people[2], people.slice(0, 2)), [
        strangers,
        'DISTANCE_1',
      ]);
    });

    withStore('a tenant that is cleared begins anew', async ({ store, tenant }) => {
      const people = await makePeople(store, tenant, 2);
      await chain(store, tenant, people);
      const { connections } = store.reader(tenant);
      assert.equal(await connections.count(people[0]!), 1);
      const fresh = await store.import(tenant, async (tx) => {
        tx.clear();
        const owners = [
          await tx.insert('users', { id: 'a' }),
          await tx.insert('users', { id: 'b' }),
        ];
        tx.connect(owners[0]!, owners[1]!);
        return owners;
      });
      assert.equal(await connections.count(people[0]!), 0);
      assert.deepEqual(await connections.degrees(fresh[0]!, fresh), ['SELF', 'DISTANCE_1']);
    });

    withStore('what an earlier store kept as links is packed', async ({ store, tenant, place }) => {
      const people = (await makePeople(store, tenant, 3)) as [number, number, number];
      const [one, other, third] = people;
      const members = ['p1', 'p0'];
      await store.transact(tenant, (tx) => tx.insert('connections', { id: 'c', members }));
      const links = [
        [one, other],
        [other, one],
        [other, third],
        [third, other],
      ].map(([from, to]) => `(${tenant.num}, 'connection', ${from}, ${to})`);
      await place.execute(`UPDATE kith_layout SET fingerprint = '' WHERE set_name = 'connections';
        INSERT INTO kith_link (tenant, relation, source, target) VALUES ${links.join(', ')}`);
      await pack(place);
      const later = await place.open(model);
      const reader = later.reader(tenant);
      assert.deepEqual(await reader.connections.degrees(one, [other, third]), [
        'DISTANCE_1',
        'DISTANCE_2',
      ]);
      assert.equal(await reader.countLinked('connection', other), 0);
      const pair = connectionPair('p0', 'p1');
      assert.equal((await reader.find('connections', 'pair', pair, 'nothing'))?.id, 'c');
      await later.close();
    });
  });
}

for (const { name, place } of databases.filter((each) => each.name === 'PostgreSQL')) {
  describe(`connections of several processes on ${name}`, () => {
    const withStore = storeTests(place, model);

    withStore('each sees what the other has committed', async ({ store, tenant, place }) => {
      const people = (await makePeople(store, tenant, 4)) as [number, number, number, number];
      const second = await place.open(model);
      try {
        const [here, there] = [store, second].map((each) => each.reader(tenant).connections);
        const ask = async (from: typeof here) => {
          await settledChanges(store, tenant, undefined, 1);
          return from!.degrees(people[0], people.slice(1));
        };
        assert.deepEqual(await ask(there), [strangers, strangers, strangers]);
        await chain(store, tenant, people);
        assert.deepEqual(await ask(there), ['DISTANCE_1', 'DISTANCE_2', 'DISTANCE_3']);
        await second.transact(tenant, async (tx) => tx.disconnect(people[1], people[2]));
        assert.deepEqual(await ask(there), ['DISTANCE_1', strangers, strangers]);
        assert.deepEqual(await ask(here), ['DISTANCE_1', strangers, strangers]);
        await second.transact(tenant, async (tx) => tx.connect(people[0], people[3]));
        await store.transact(tenant, (tx) => move(tx, people[3], ['users', 'leavers']));
        assert.deepEqual(await ask(there), ['DISTANCE_1', strangers, strangers]);
        await store.transact(tenant, (tx) => move(tx, people[3], ['leavers', 'users']));
        assert.deepEqual(await ask(there), ['DISTANCE_1', 'DISTANCE_2', 'DISTANCE_1']);
        await store.import(tenant, async (tx) => tx.connect(people[1], people[3]));
        await store.import(tenant, async (tx) => tx.connect(people[2], people[1]));
        assert.deepEqual(await ask(there), ['DISTANCE_1', 'DISTANCE_2', 'DISTANCE_1']);
        assert.equal(await there!.count(people[1]), 3);
        await store.import(tenant, async (tx) => tx.clear());
        await ask(there);
        assert.equal(await there!.count(people[1]), 0);
      } finally {
        await second.close();
      }
    });
  });
}
