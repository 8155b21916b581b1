import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Document } from '#plan/document.ts';
import type { Address, Store, Writer } from '#plan/store.ts';
import { settledChanges } from '../conformance/settled-changes.ts';
import { databases, makeTenant } from '../conformance/stores.ts';

const book = (id: string, more: Document = {}): Document => ({ id, title: `T-${id}`, ...more });

async function retitle(tx: Writer, id: string, title: string): Promise<void> {
  const found = await tx.find('books', 'id', id, 'doc');
  assert.ok(found, `${id} is not there`);
  const address: Address = { set: 'books', owner: found.owner, path: '', key: '' };
  tx.write(address, { ...JSON.parse(found.text), title }, found, ['title']);
}

for (const { name, place } of databases) {
  describe(`joined transactions on ${name}`, () => {
    const withStore = (title: string, body: (store: Store) => Promise<void>) =>
      test(title, async () => {
        await using home = await place();
        const store = await home.open();
        try {
          await body(store);
        } finally {
          await store.close();
        }
      });

    withStore('commit together, and until then nobody else sees them', async (store) => {
      const tenant = await makeTenant(store, '1');
      const outside = () => store.reader(tenant).find('books', 'title', 'new', 'doc');
      await store.join(async (joined) => {
        await joined.transact(tenant, (tx) => tx.insert('books', book('a')));
        await joined.transact(tenant, (tx) => retitle(tx, 'a', 'new'));
        await joined.transact(tenant, (tx) => tx.insert('books', book('b')));
        assert.equal(
          (await joined.reader(tenant).find('books', 'title', 'NEW', 'view'))?.version,
          2,
        );
        assert.equal(await joined.reader(tenant).find('books', 'title', 'T-a', 'doc'), undefined);
        assert.equal(await outside(), undefined);
      });
      assert.equal((await outside())?.version, 2);
      assert.equal(await store.count(tenant, 'books'), 2);
      const kinds = (await settledChanges(store, tenant, undefined, 10)).map(({ kind }) => kind);
      assert.deepEqual(kinds, ['created', 'updated', 'created']);
    });

    withStore('leave nothing behind when the work throws', async (store) => {
      const tenant = await makeTenant(store, '1');
      const work = store.join(async (joined) => {
        await joined.transact(tenant, (tx) => tx.insert('books', book('a')));
        throw new Error('enough');
      });
      await assert.rejects(work, /enough/);
      assert.equal(await store.count(tenant, 'books'), 0);
      assert.deepEqual(await settledChanges(store, tenant, undefined, 10), []);
    });

    withStore('do not show what a transaction wrote that threw', async (store) => {
      const tenant = await makeTenant(store, '1');
      await store.join(async (joined) => {
        const failing = joined.transact(tenant, async (tx) => {
          await tx.insert('books', book('a'));
          throw new Error('no');
        });
        await assert.rejects(failing, /no/);
        assert.equal(await joined.reader(tenant).find('books', 'id', 'a', 'doc'), undefined);
        await joined.transact(tenant, (tx) => tx.insert('books', book('a', { pages: 1 })));
      });
      assert.equal(await store.count(tenant, 'books'), 1);
    });

    withStore('run again when somebody else was faster', async (store) => {
      const tenant = await makeTenant(store, '1');
      await store.transact(tenant, (tx) => tx.insert('books', book('a')));
      let runs = 0;
      await store.join(async (joined) => {
        await joined.transact(tenant, async (tx) => {
          await tx.find('books', 'id', 'a', 'doc');
          await tx.insert('books', book(`b${runs}`));
        });
        if (runs++ === 0) await store.transact(tenant, (tx) => retitle(tx, 'a', 'faster'));
        await joined.transact(tenant, (tx) => retitle(tx, 'a', 'slower'));
      });
      assert.equal(runs, 2);
      const found = await store.reader(tenant).find('books', 'id', 'a', 'doc');
      assert.equal(JSON.parse(found!.text).title, 'slower');
      assert.equal(found!.version, 3);
      assert.equal(await store.reader(tenant).find('books', 'id', 'b0', 'doc'), undefined);
    });

    withStore('show parts, links and entities by their surrogates', async (store) => {
      const tenant = await makeTenant(store, '1');
      const owner = await store.transact(tenant, (tx) => tx.insert('books', book('a')));
      const chapter = (key: string): Address => ({ set: 'books', owner, path: 'chapters', key });
      await store.transact(tenant, async (tx) => {
        tx.write(chapter('2'), { id: '2', heading: 'Two' }, undefined, []);
        tx.link('cites', owner, 7);
      });
      await store.join(async (joined) => {
        const reader = joined.reader(tenant);
        await joined.transact(tenant, async (tx) => {
          tx.write(chapter('1'), { id: '1', heading: 'One' }, undefined, []);
          const two = await tx.read(chapter('2'));
          tx.write(chapter('2'), { id: '2', heading: 'Deux' }, two, ['heading']);
          tx.link('cites', owner, 5);
          tx.link('cites', owner, 7);
        });
        const heading = async (key: string) =>
          JSON.parse((await reader.read(chapter(key)))!.text).heading;
        assert.deepEqual([await heading('1'), await heading('2')], ['One', 'Deux']);
        const chapters = await reader.list('books', owner, 'chapters');
        assert.deepEqual(
          chapters.map(({ key, version }) => [key, version]),
          [
            ['1', 1],
            ['2', 2],
          ],
        );
        assert.deepEqual(await reader.linked('cites', owner, 10), [5, 7]);
        assert.deepEqual(await reader.linked('cites', owner, 1), [5]);
        assert.equal(await reader.countLinked('cites', owner), 2);
        assert.equal(await reader.isLinked('cites', owner, 5), true);
        const other = await joined.transact(tenant, (tx) => tx.insert('books', book('b')));
        const found = await reader.findMany('books', [other, owner], 'doc');
        assert.deepEqual(
          found.map(({ id }) => id),
          ['b', 'a'],
        );
      });
      assert.equal((await store.reader(tenant).list('books', owner, 'chapters')).length, 2);
      assert.equal(await store.reader(tenant).countLinked('cites', owner), 2);
    });

    withStore('refuse what is unique and given twice, as a whole', async (store) => {
      const tenant = await makeTenant(store, '1');
      const work = store.join(async (joined) => {
        for (const id of ['a', 'b']) {
          await joined.transact(tenant, (tx) => tx.insert('books', book(id, { shelfmark: 'S' })));
        }
      });
      await assert.rejects(work, { status: 400, target: 'shelfmark' });
      assert.equal(await store.count(tenant, 'books'), 0);
    });

    withStore('keep tenants apart, and may be in several', async (store) => {
      const [one, two] = [await makeTenant(store, '1'), await makeTenant(store, '2')];
      await store.join(async (joined) => {
        await joined.transact(one, (tx) => tx.insert('books', book('a')));
        assert.equal(await joined.reader(two).find('books', 'id', 'a', 'doc'), undefined);
        await joined.join((same) => same.transact(two, (tx) => tx.insert('books', book('a'))));
      });
      for (const tenant of [one, two]) assert.equal(await store.count(tenant, 'books'), 1);
    });

    withStore('of which nothing is written commit nothing', async (store) => {
      const tenant = await makeTenant(store, '1');
      assert.equal(await store.join(async () => 7), 7);
      assert.deepEqual(await settledChanges(store, tenant, undefined, 10), []);
    });
  });
}
