import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import pg from 'pg';
import { Refusal } from '#errors.ts';
import type { Document } from '#plan/document.ts';
import type { Address, Writer } from '#plan/store.ts';
import type { OpenedStore } from '#store/open-store.ts';
import { StoreVersionError } from '#store/store-version-error.ts';
import { settledChanges } from './settled-changes.ts';
import { databases, laterLibraryModel, makeTenant } from './stores.ts';

const moby: Document = { id: 'moby', title: 'Moby-Dick', shelfmark: 'A1', pages: 635 };

function parse(text: string | undefined): Document {
  return JSON.parse(text ?? 'null') as Document;
}

async function addPage(tx: Writer): Promise<void> {
  const found = await tx.find('books', 'id', 'moby', 'doc');
  assert.ok(found);
  const address: Address = { set: 'books', owner: found.owner, path: '', key: '' };
  const members = parse(found.text);
  tx.write(address, { ...members, pages: Number(members.pages) + 1 }, found, ['pages']);
}

for (const { name, place } of databases) {
  describe(`the store on ${name}`, () => {
    const withStore = (title: string, body: (store: OpenedStore) => Promise<void>) =>
      test(title, async () => {
        await using home = await place();
        const store = await home.open();
        try {
          await body(store);
        } finally {
          await store.close();
        }
      });

    withStore('gives back canonical documents in model order with what is unset', async (store) => {
      const tenant = await makeTenant(store, 'one');
      await store.transact(tenant, (tx) => tx.insert('books', { pages: 3, id: 'b', title: 'T' }));
      const reader = store.reader(tenant);
      const whole = await reader.find('books', 'id', 'b', 'doc');
      assert.equal(
        whole?.text,
        '{"@odata.type":"#test.book","id":"b","title":"T","shelfmark":null,"printedAt":null,"pages":3,"languages":[]}',
      );
      const view = await reader.find('books', 'id', 'b', 'view');
      assert.equal(view?.text, '{"id":"b","title":"T"}');
      assert.equal((await reader.find('books', 'id', 'b', 'nothing'))?.text, '');
      const place = await reader.find('books', 'id', 'b', 'place');
      assert.deepEqual([place?.owner, place?.id, place?.text], [whole.owner, 'b', '']);
      assert.equal(await store.count(tenant, 'books'), 1);
    });

    withStore(
      'reads at once what is committed, and the next time what came since',
      async (store) => {
        const tenant = await makeTenant(store, 'one');
        await store.transact(tenant, (tx) => tx.insert('books', moby));
        const reader = store.reader(tenant);
        const readTwice = () => [1, 2].map(() => reader.find('books', 'id', 'moby', 'doc'));
        const pagesOf = async (found: ReturnType<typeof readTwice>) =>
          (await Promise.all(found)).map((each) => parse(each?.text).pages);
        assert.deepEqual(await pagesOf(store.atOnce(readTwice)), [635, 635]);
        await store.transact(tenant, addPage);
        assert.deepEqual(await pagesOf(store.atOnce(readTwice)), [636, 636]);
        const fails = () => {
          throw new RangeError('too far');
        };
        assert.throws(() => store.atOnce(fails), RangeError);
        await store.transact(tenant, addPage);
        assert.deepEqual(await pagesOf(readTwice()), [637, 637]);
      },
    );

    withStore('finds by an indexed property whatever its case and form', async (store) => {
      const tenant = await makeTenant(store, 'one');
      const titles = ['STRASSE', 'Ångström', 'Ὀδυσσεύς', 'naïve', 'nul\u0000l'];
      await store.transact(tenant, async (tx) => {
        for (const [index, title] of titles.entries())
          await tx.insert('books', { id: `${index}`, title });
      });
      const reader = store.reader(tenant);
      const asked = ['straße', 'A\u030aNGSTRO\u0308M', 'ὈΔΥΣΣΕΎΣ', 'NAÏVE', 'NUL\u0000L'];
      for (const [index, title] of asked.entries()) {
        const found = await reader.find('books', 'title', title, 'nothing');
        assert.equal(found?.id, `${index}`, title);
      }
      assert.equal(await reader.find('books', 'title', 'naive', 'nothing'), undefined);
    });

    withStore('keeps tenants apart', async (store) => {
      const [one, two] = [await makeTenant(store, 'one'), await makeTenant(store, 'two')];
      await store.transact(one, (tx) => tx.insert('books', moby));
      assert.equal(await store.reader(two).find('books', 'id', 'moby', 'doc'), undefined);
      await store.transact(two, (tx) => tx.insert('books', { ...moby, title: 'Another' }));
      const found = await store.reader(one).find('books', 'shelfmark', 'a1', 'doc');
      assert.equal(parse(found?.text).title, 'Moby-Dick');
      assert.equal((await store.findTenant('TWO.EXAMPLE'))?.id, two.id);
      assert.deepEqual((await settledChanges(store, two, undefined, 10)).length, 1);
      await store.transact(one, async (tx) => tx.clear());
      assert.equal(await store.reader(one).find('books', 'id', 'moby', 'doc'), undefined);
      assert.ok(await store.reader(two).find('books', 'id', 'moby', 'doc'));
      assert.deepEqual([await store.count(one, 'books'), await store.count(two, 'books')], [0, 1]);
    });

    withStore('refuses a second entity with a unique value, naming the property', async (store) => {
      const tenant = await makeTenant(store, 'one');
      await store.transact(tenant, (tx) => tx.insert('books', moby));
      const again = store.transact(tenant, async (tx) => {
        await tx.insert('books', { id: 'innocent', title: 'Innocent' });
        await tx.insert('books', { ...moby, id: 'other', shelfmark: 'a1' });
      });
      await assert.rejects(
        again,
        (error) => error instanceof Refusal && error.target === 'shelfmark',
      );
      assert.equal(await store.reader(tenant).find('books', 'id', 'innocent', 'doc'), undefined);
      const sameId = store.transact(tenant, (tx) => tx.insert('books', { id: 'moby' }));
      await assert.rejects(sameId, (error) => error instanceof Refusal && error.target === 'id');
    });

    withStore('writes nothing of a transaction that throws', async (store) => {
      const tenant = await makeTenant(store, 'one');
      const failing = store.transact(tenant, async (tx) => {
        await tx.insert('books', moby);
        throw new Error('on second thoughts');
      });
      await assert.rejects(failing, /second thoughts/);
      assert.equal(await store.reader(tenant).find('books', 'id', 'moby', 'doc'), undefined);
      assert.deepEqual(await settledChanges(store, tenant, undefined, 10), []);
    });

    withStore('loses none of many changes made at the same time', async (store) => {
      const tenant = await makeTenant(store, 'one');
      await store.transact(tenant, (tx) => tx.insert('books', { ...moby, pages: 0 }));
      await Promise.all(Array.from({ length: 60 }, () => store.transact(tenant, addPage)));
      const found = await store.reader(tenant).find('books', 'id', 'moby', 'doc');
      assert.equal(parse(found?.text).pages, 60);
      assert.equal(found?.version, 61);
      assert.equal((await settledChanges(store, tenant, undefined, 100)).length, 61);
    });

    withStore(
      'keeps what an entity contains beside it, with versions of its own',
      async (store) => {
        const tenant = await makeTenant(store, 'one');
        const owner = await store.transact(tenant, (tx) => tx.insert('books', moby));
        const cover: Address = { set: 'books', owner, path: 'cover', key: '' };
        await store.transact(tenant, async (tx) => {
          tx.write(cover, { id: 'c', colour: 'blue' }, undefined, ['colour']);
          for (const key of ['2', '1']) {
            tx.write({ set: 'books', owner, path: 'chapters', key }, { id: key }, undefined, []);
          }
        });
        await store.transact(tenant, async (tx) => {
          const before = await tx.read(cover);
          tx.write(cover, { ...parse(before?.text), colour: 'red' }, before, ['colour']);
        });
        const reader = store.reader(tenant);
        const record = await reader.read(cover);
        assert.deepEqual([record?.version, parse(record?.text).colour], [2, 'red']);
        const chapters = await reader.list('books', owner, 'chapters');
        assert.deepEqual(
          chapters.map(({ key }) => key),
          ['1', '2'],
        );
      },
    );

    withStore(
      'makes one of two transactions that create the same part run again',
      async (store) => {
        const tenant = await makeTenant(store, 'one');
        const owner = await store.transact(tenant, (tx) => tx.insert('books', moby));
        const cover: Address = { set: 'books', owner, path: 'cover', key: '' };
        let runs = 0;
        let release = () => {};
        const allHaveRead = new Promise<void>((resolve) => {
          release = resolve;
        });
        const paint = (colour: string) =>
          store.transact(tenant, async (tx) => {
            const before = await tx.read(cover);
            runs += 1;
            if (runs === 3) release();
            await allHaveRead;
            tx.write(cover, { id: 'c', colour }, before, ['colour']);
          });
        await Promise.all([paint('red'), paint('green'), paint('blue')]);
        assert.equal((await store.reader(tenant).read(cover))?.version, 3);
        assert.ok(runs > 3, `${runs} runs`);
      },
    );

    withStore('follows relations', async (store) => {
      const tenant = await makeTenant(store, 'one');
      const [a, b, c, d, e] = await store.transact(tenant, async (tx) => {
        const owners: number[] = [];
        for (const id of 'abcde') owners.push(await tx.insert('books', { id }));
        return owners as [number, number, number, number, number];
      });
      await store.transact(tenant, async (tx) => {
        for (const [from, to] of [
          [a, b],
          [b, c],
          [c, d],
          [d, e],
          [c, b],
        ] as const)
          tx.link('next', from, to);
        tx.link('next', a, b);
        tx.link('other', a, e);
      });
      const reader = store.reader(tenant);
      assert.deepEqual(
        [await reader.isLinked('next', a, b), await reader.isLinked('next', b, a)],
        [true, false],
      );
      assert.deepEqual(await reader.linked('next', c, 10), [b, d]);
      assert.equal(await reader.countLinked('next', c), 2);
      assert.deepEqual(
        (await reader.findMany('books', [d, 999_999, a], 'nothing')).map(({ id }) => id),
        ['d', 'a'],
      );
    });

    withStore(
      'records each change with its names, in commit order, to be read on',
      async (store) => {
        const tenant = await makeTenant(store, 'one');
        const owner = await store.transact(tenant, (tx) => tx.insert('books', moby));
        await store.transact(tenant, addPage);
        const [created, updated] = await settledChanges(store, tenant, undefined, 10);
        assert.deepEqual([created?.kind, created?.owner, created?.key], ['created', owner, 'moby']);
        assert.deepEqual([updated?.kind, updated?.names], ['updated', ['pages']]);
        assert.deepEqual(await settledChanges(store, tenant, created?.position, 10), [updated]);
        assert.deepEqual(await settledChanges(store, tenant, updated?.position, 10), []);
        await store.import(tenant, (tx) => tx.insert('books', { id: 'loaded' }));
        assert.deepEqual(await settledChanges(store, tenant, updated?.position, 10), []);
      },
    );

    withStore('keeps what all processes share, made once', async (store) => {
      let made = 0;
      const make = async () => `made ${++made}`;
      const kept = await store.keep('key', make);
      assert.equal(await store.keep('key', make), kept);
      assert.equal(made, 1);
    });

    test('renders its rows anew when the model has more to say', async () => {
      await using home = await place();
      const before = await home.open();
      const tenant = await makeTenant(before, 'one');
      await before.transact(tenant, (tx) => tx.insert('books', moby));
      await before.close();
      const after = await home.open(laterLibraryModel);
      const found = await after.reader(tenant).find('books', 'pages', '635', 'doc');
      await after.close();
      assert.equal(found?.id, 'moby', 'the new index holds what was there before');
      const again = await home.open(laterLibraryModel);
      const whole = await again.reader(tenant).find('books', 'shelfmark', 'A1', 'doc');
      await again.close();
      assert.equal(parse(whole?.text).binding, null);
      assert.equal(whole?.version, 1);
    });

    test('refuses a store that is newer than the program, and leaves it as it is', async () => {
      await using home = await place();
      const store = await home.open();
      const tenant = await makeTenant(store, 'one');
      await store.transact(tenant, (tx) => tx.insert('books', moby));
      await store.close();
      await home.execute('UPDATE kith_version SET version = version + 1');
      await assert.rejects(home.open(), (error) => error instanceof StoreVersionError);
      await home.execute('UPDATE kith_version SET version = version - 1');
      const again = await home.open();
      assert.ok(await again.reader(tenant).find('books', 'id', 'moby', 'doc'));
      await again.close();
    });
  });
}

test('PostgreSQL: a change that commits late is not skipped by who reads in between', async () => {
  await using home = await databases[1]!.place();
  const store = await home.open();
  const tenant = await makeTenant(store, 'one');
  const late = new pg.Client({ connectionString: home.url });
  await late.connect();
  await late.query('BEGIN');
  await late.query(
    `INSERT INTO kith_change (tenant, set_name, owner, path, key, kind, names, at)
      VALUES ($1, 'books', 7, '', 'late', 'created', '[]', 0)`,
    [tenant.num],
  );
  await store.transact(tenant, (tx) => tx.insert('books', moby));
  const early = await store.changes(tenant, undefined, 10);
  await late.query('COMMIT');
  await late.end();
  const rest = await settledChanges(store, tenant, early.at(-1)?.position, 10);
  await store.close();
  assert.deepEqual([...early, ...rest].map(({ key }) => key).sort(), ['late', 'moby']);
});
