import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { Media } from '#plan/blobs.ts';
import type { Tenant } from '#plan/caller.ts';
import type { Store } from '#plan/store.ts';
import { root, storeTests } from './store-cases.ts';
import { shedModel } from './store-model.ts';
import { databases } from './stores.ts';

function makeTool(store: Store, tenant: Tenant): Promise<number> {
  return store.transact(tenant, (tx) => tx.insert('tools', { number: 1, displayName: 'Tool' }));
}

for (const { name, place } of databases) {
  describe(`media of an entity, on ${name}`, () => {
    const withStore = storeTests(place, shedModel);
    withStore('are all taken away together, and named where they are used', async (open) => {
      const { store, tenant } = open;
      const owner = await makeTool(store, tenant);
      const address = root('tools', owner);
      const [one, other] = ['C'.repeat(43), 'D'.repeat(43)];
      const media = (blob: string): Media => ({ blob, contentType: 'text/plain', length: 1 });
      await store.transact(tenant, async (tx) => {
        tx.writeMedia(address, 'plan', media(one));
        tx.writeMedia({ ...address, path: 'notes', key: '1' }, '', media(other));
      });
      const used = () => store.usedBlobs([one, other, 'E'.repeat(43)]);
      assert.deepEqual([...(await used())].sort(), [one, other]);
      await store.transact(tenant, async (tx) => tx.clearMedia(address));
      assert.equal(await store.reader(tenant).media(address, 'plan'), undefined);
      assert.deepEqual([...(await used())], [other]);
      assert.deepEqual([...(await store.usedBlobs([]))], []);
    });

    withStore('what is still to be made of an entity is known until it is', async (open) => {
      const { store, tenant } = open;
      const address = {
        ...root('tools', await makeTool(store, tenant)),
        path: 'notes',
        key: '1',
      };
      const set = (isOpen: boolean) =>
        store.transact(tenant, async (tx) => tx.setTask(address, isOpen));
      await set(true);
      await set(true);
      assert.deepEqual(await store.tasks(10), [{ tenant, address }]);
      assert.deepEqual(await store.tasks(0), []);
      await store.join(async (joined) => {
        await joined.transact(tenant, async (tx) => {
          tx.clearMedia(address);
          tx.setTask(address, false);
        });
      });
      assert.deepEqual(await store.tasks(10), []);
      await set(true);
      const { version } = (await store.reader(tenant).read(root('tools', address.owner)))!;
      const tool = root('tools', address.owner);
      await store.transact(tenant, async (tx) => tx.remove(tool, { version }));
      assert.deepEqual(await store.tasks(10), []);
    });
  });
}
