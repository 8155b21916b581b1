import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { databases, makeTenant } from './stores.ts';

const DROP = 'DROP INDEX "set_books_title"';
const book = (id: string) => ({ id, title: `Title ${id}`, shelfmark: `mark ${id}` });

for (const { name, place: makePlace } of databases) {
  describe(name, () => {
    test('indexes are taken away and made again, and uniqueness stays meanwhile', async () => {
      await using place = await makePlace();
      const store = await place.open();
      const tenant = await makeTenant(store, 'one');
      await store.indexes.drop();
      await store.import(tenant, (tx) => tx.insert('books', book('a')));
      const twice = store.import(tenant, (tx) =>
        tx.insert('books', { ...book('b'), shelfmark: 'MARK A' }),
      );
      await assert.rejects(twice, { target: 'shelfmark' });
      await store.import(tenant, (tx) => tx.insert('books', book('b')));
      await store.indexes.make();
      await store.indexes.make();
      await store.close();
      await place.execute(DROP);
    });

    test('what a crash has left without indexes gets them at the next start', async () => {
      await using place = await makePlace();
      const cut = await place.open();
      const tenant = await makeTenant(cut, 'one');
      await cut.indexes.drop();
      await cut.import(tenant, (tx) => tx.insert('books', book('a')));
      await cut.close();
      await assert.rejects(place.execute(DROP), /set_books_title/);
      const next = await place.open();
      const found = await next.reader(tenant).find('books', 'title', 'Title a', 'doc');
      assert.equal(found?.version, 1);
      await next.close();
      await place.execute(DROP);
    });
  });
}

test('two processes may open an empty store on PostgreSQL at once', async () => {
  await using place = await databases.find(({ name }) => name === 'PostgreSQL')!.place();
  const [one, other] = await Promise.all([place.open(), place.open()]);
  const tenant = await makeTenant(one, 'one');
  assert.equal((await other.findTenant(tenant.id))?.num, tenant.num);
  await Promise.all([one.close(), other.close()]);
});
