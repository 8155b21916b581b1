import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Tenant } from '#plan/caller.ts';
import type { Store } from '#plan/store.ts';
import { databases, makeTenant } from './stores.ts';

/** Adds a book unless there is one of that title; whatever index there is does not forbid a second. */
async function addOnce(store: Store, tenant: Tenant, id: string): Promise<boolean> {
  return store.transact(tenant, async (tx) => {
    await tx.takeTurn('title');
    if (await tx.find('books', 'title', 'Twice', 'nothing')) return false;
    await tx.insert('books', { id, title: 'Twice', shelfmark: id });
    return true;
  });
}

for (const { name, place: makePlace } of databases) {
  describe(name, () => {
    test('of those who take turns, one after another sees what the others have done', async () => {
      await using place = await makePlace();
      const store = await place.open();
      const tenant = await makeTenant(store, 'one');
      for (const round of ['a', 'b']) {
        const ids = Array.from({ length: 8 }, (_, at) => `${round}${at}`);
        const added = await Promise.all(ids.map((id) => addOnce(store, tenant, id)));
        assert.equal(added.filter(Boolean).length, round === 'a' ? 1 : 0);
      }
      const other = await makeTenant(store, 'two');
      assert.ok(await addOnce(store, other, 'c'));
      await store.close();
    });

    test('those that commit together have one turn', async () => {
      await using place = await makePlace();
      const store = await place.open();
      const tenant = await makeTenant(store, 'one');
      const added = await store.join(async (joined) => {
        const first = await addOnce(joined, tenant, 'a');
        return [first, await addOnce(joined, tenant, 'b')];
      });
      assert.deepEqual(added, [true, false]);
      await store.close();
    });
  });
}
