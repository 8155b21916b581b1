import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import pg from 'pg';
import type { Tenant } from '#plan/caller.ts';
import type { Store } from '#plan/store.ts';
import { createDatabase } from '../postgres.ts';
import { settledChanges } from './settled-changes.ts';
import { storeTests } from './store-cases.ts';
import { clock, databases, libraryModel, makeTenant } from './stores.ts';

const HOUR = 3_600_000;

async function addBooks(store: Store, tenant: Tenant, ...ids: readonly string[]): Promise<void> {
  for (const id of ids) await store.transact(tenant, (tx) => tx.insert('books', { id }));
}

async function keysAfter(store: Store, tenant: Tenant, after?: string): Promise<string[]> {
  const events = await settledChanges(store, tenant, after, 5000);
  return events.map(({ kind, key }) => (kind === 'created' ? key : kind));
}

for (const { name, place } of databases) {
  describe(`changes, on ${name}`, () => {
    const withStore = storeTests(place, libraryModel);

    withStore('have a last position, behind which there is nothing', async ({ store, tenant }) => {
      const first = await store.latestChange(tenant);
      assert.deepEqual(await keysAfter(store, tenant, first), []);
      await addBooks(store, tenant, 'a', 'b');
      assert.deepEqual(await keysAfter(store, tenant, first), ['a', 'b']);
      const second = await store.latestChange(tenant);
      assert.deepEqual(await keysAfter(store, tenant, second), []);
      const other = await makeTenant(store, 'another');
      await addBooks(store, other, 'c');
      assert.equal(await store.latestChange(tenant), second);
    });

    withStore('that are old are forgotten, which readers learn', async ({ store, tenant }) => {
      await addBooks(store, tenant, 'a', 'b');
      const [a] = await settledChanges(store, tenant, undefined, 1);
      const last = await store.latestChange(tenant);
      await store.forgetChanges(clock.now() - HOUR);
      assert.deepEqual(await keysAfter(store, tenant), ['a', 'b'], 'they are not that old');
      await store.forgetChanges(clock.now() + HOUR);
      await addBooks(store, tenant, 'c');
      assert.deepEqual(await keysAfter(store, tenant), ['forgotten', 'c']);
      assert.deepEqual(await keysAfter(store, tenant, a!.position), ['forgotten', 'c']);
      assert.deepEqual(await keysAfter(store, tenant, last), ['c']);
      await store.forgetChanges(clock.now() + HOUR);
      await store.forgetChanges(clock.now() + HOUR);
      assert.deepEqual(await keysAfter(store, tenant), ['forgotten']);
    });

    withStore('are forgotten however many they are', async ({ store, tenant }) => {
      const ids = Array.from({ length: 2500 }, (_, index) => `${index}`);
      await store.transact(tenant, async (tx) => {
        for (const id of ids) await tx.insert('books', { id });
      });
      await store.forgetChanges(clock.now() + HOUR);
      assert.deepEqual(await keysAfter(store, tenant), ['forgotten']);
    });

    withStore('end where a tenant is cleared', async ({ store, tenant }) => {
      await addBooks(store, tenant, 'a');
      const before = await store.latestChange(tenant);
      await store.import(tenant, async (tx) => tx.clear());
      assert.deepEqual(await keysAfter(store, tenant, before), ['forgotten']);
      await addBooks(store, tenant, 'b');
      assert.deepEqual(await keysAfter(store, tenant, before), ['forgotten', 'b']);
    });
  });
}

test('PostgreSQL: transactions of other databases hold no changes back', async () => {
  await using home = await databases[1]!.place();
  const other = await createDatabase();
  const store = await home.open();
  const tenant = await makeTenant(store, 'one');
  const elsewhere = new pg.Client({ connectionString: other.url });
  await elsewhere.connect();
  await elsewhere.query('BEGIN');
  await elsewhere.query('SELECT pg_current_xact_id()');
  await addBooks(store, tenant, 'a');
  const position = await positionOnceThere(store, tenant);
  await elsewhere.query('ROLLBACK');
  await elsewhere.end();
  await store.close();
  await other.drop();
  assert.notEqual(position, '0');
});

test('PostgreSQL: of several processes one is alone, and the next one after it', async () => {
  await using home = await databases[1]!.place();
  const [one, two] = [await home.open(), await home.open()];
  const order: string[] = [];
  const isFirst = await one.whileAlone('delivery', async () => {
    assert.equal(await two.whileAlone('delivery', async () => void order.push('both')), false);
    assert.equal(await two.whileAlone('other', async () => void order.push('other')), true);
  });
  assert.equal(isFirst, true);
  assert.equal(await two.whileAlone('delivery', async () => void order.push('next')), true);
  await Promise.all([one.close(), two.close()]);
  assert.deepEqual(order, ['other', 'next']);
});

/** The last position, asked for again while it is the first: statistics are gathered at times. */
async function positionOnceThere(store: Store, tenant: Tenant): Promise<string> {
  const late = AbortSignal.timeout(5000);
  for (;;) {
    const position = await store.latestChange(tenant);
    if (position !== '0' || late.aborted) return position;
  }
}

test('SQLite: events of an earlier format keep their positions before later ones', async () => {
  await using home = await databases[0]!.place();
  const store = await home.open();
  const tenant = await makeTenant(store, 'one');
  await addBooks(store, tenant, 'a', 'b');
  const events = await settledChanges(store, tenant, undefined, 10);
  await store.close();
  await home.execute(`CREATE TABLE earlier (
      num INTEGER PRIMARY KEY AUTOINCREMENT, tenant INTEGER NOT NULL, set_name TEXT NOT NULL,
      owner INTEGER NOT NULL, path TEXT NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL,
      names TEXT NOT NULL, at INTEGER NOT NULL);
    INSERT INTO earlier (num, tenant, set_name, owner, path, key, kind, names, at)
      SELECT num, tenant, set_name, owner, path, key, kind, names, at FROM kith_change;
    DROP TABLE kith_change; ALTER TABLE earlier RENAME TO kith_change;
    CREATE INDEX kith_change_order ON kith_change (tenant, num);
    UPDATE kith_version SET version = version - 1;`);
  const again = await home.open();
  assert.deepEqual(await settledChanges(again, tenant, undefined, 10), events);
  await addBooks(again, tenant, 'c');
  assert.deepEqual(await keysAfter(again, tenant, events.at(-1)!.position), ['c']);
  await again.close();
});
