import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { Refusal } from '#errors.ts';
import type { Media } from '#plan/blobs.ts';
import type { Tenant } from '#plan/caller.ts';
import type { Address, Reader, Store } from '#plan/store.ts';
import { queryOf } from './query-stores.ts';
import { settledChanges } from './settled-changes.ts';
import { gate, parse, removeAt, root, storeTests } from './store-cases.ts';
import { shedModel } from './store-model.ts';
import { databases } from './stores.ts';

const image: Media = { blob: 'A'.repeat(43), contentType: 'image/png', length: 7 };

/** A tool with a manual, two notes with answers and pictures, media and a secret. */
async function makeTool(store: Store, tenant: Tenant, number: number): Promise<number> {
  return store.transact(tenant, async (tx) => {
    const owner = await tx.insert('tools', { number, displayName: `Tool ${number}` });
    for (const [path, key] of belongings) {
      tx.write({ set: 'tools', owner, path, key }, { id: key || 'm' }, undefined, []);
    }
    tx.writeMedia(root('tools', owner), '', image);
    for (const key of ['1', '10']) {
      tx.writeMedia({ set: 'tools', owner, path: 'notes/picture', key }, '', image);
    }
    tx.writeSecret(owner, 'pin', 'hash');
    return owner;
  });
}

/** Keys of which one begins with the other, and characters on either side of the slash. */
const belongings: readonly (readonly [path: string, key: string])[] = [
  ['manual', ''],
  ['notes', '1'],
  ['notes', '10'],
  ['notes', '1.'],
  ['notes', '10'.padEnd(4, '0')],
  ['notes/picture', '1'],
  ['notes/picture', '10'],
  ['notes/answers', '1/a'],
  ['notes/answers', '10/a'],
  ['notes/answers', '1./a'],
];

async function belongingsOf(reader: Reader, owner: number): Promise<string[]> {
  const paths = [...new Set(belongings.map(([path]) => path))];
  const all = await Promise.all(
    paths.map(async (path) => {
      const parts = await reader.list('tools', owner, path);
      return parts.map(({ key }) => `${path} ${key}`);
    }),
  );
  return all.flat().sort();
}

async function eventsOf(store: Store, tenant: Tenant, after?: string): Promise<string[]> {
  const events = await settledChanges(store, tenant, after, 1000);
  return events.map(({ kind, set, owner, path, key, names }) =>
    [kind, set, owner, path, key, ...names].join(' '),
  );
}

async function lastPosition(store: Store, tenant: Tenant): Promise<string | undefined> {
  return (await settledChanges(store, tenant, undefined, 1000)).at(-1)?.position;
}

for (const { name, place } of databases) {
  describe(`removing, on ${name}`, () => {
    const withStore = storeTests(place, shedModel);
    withStore('takes a root entity away with all that belongs to it', async ({ store, tenant }) => {
      const [one, other] = [await makeTool(store, tenant, 1), await makeTool(store, tenant, 2)];
      await store.transact(tenant, async (tx) => {
        tx.link('fits', one, other);
        tx.link('fits', other, one);
        tx.link('likes', other, one);
        tx.link('likes', other, other);
        tx.link('likes', one, one);
      });
      const before = await lastPosition(store, tenant);
      await store.transact(tenant, (tx) => removeAt(tx, root('tools', one)));
      const reader = store.reader(tenant);
      assert.equal(await reader.find('tools', 'id', '1', 'doc'), undefined);
      assert.equal(await reader.read(root('tools', one)), undefined);
      assert.deepEqual(await belongingsOf(reader, one), []);
      assert.equal(await reader.media(root('tools', one), ''), undefined);
      assert.equal(
        await reader.media({ set: 'tools', owner: one, path: 'notes/picture', key: '1' }, ''),
        undefined,
      );
      assert.deepEqual(await reader.linked('likes', other, 10), [other]);
      assert.equal(await reader.countLinked('fits', one), 0);
      assert.equal(await reader.countLinked('fits', other), 0);
      assert.equal(await store.count(tenant, 'tools'), 1);
      assert.equal((await belongingsOf(reader, other)).length, belongings.length);
      assert.deepEqual(await reader.media(root('tools', other), ''), image);
      assert.deepEqual((await eventsOf(store, tenant, before)).sort(), [
        `deleted tools ${one}  1`,
        `unlinked  ${one}  ${one} likes`,
        `unlinked  ${one}  ${other} fits`,
        `unlinked  ${other}  ${one} fits`,
        `unlinked  ${other}  ${one} likes`,
      ]);
    });

    withStore('forgets the words by which an entity was found', async ({ store, tenant }) => {
      const owner = await makeTool(store, tenant, 1);
      const type = shedModel.resources.get('tools')!.type;
      const search = () =>
        store
          .reader(tenant)
          .query(
            { kind: 'set', set: 'tools', type },
            queryOf({ search: { kind: 'phrase', text: 'tool' } as never, count: true }),
            'nothing',
          );
      assert.equal((await search()).members.length, 1);
      await store.transact(tenant, (tx) => removeAt(tx, root('tools', owner)));
      const page = await search();
      assert.deepEqual([page.members.length, page.count], [0, 0]);
      await makeTool(store, tenant, 1);
      assert.equal((await search()).members.length, 1, 'its key is free again');
    });

    withStore('takes a contained entity away with what lies below it alone', async (open) => {
      const { store, tenant } = open;
      const owner = await makeTool(store, tenant, 1);
      const before = await lastPosition(store, tenant);
      const note: Address = { set: 'tools', owner, path: 'notes', key: '1' };
      await store.transact(tenant, (tx) => removeAt(tx, note));
      const reader = store.reader(tenant);
      const gone = ['notes 1', 'notes/answers 1/a', 'notes/picture 1'];
      const left = belongings.map((each) => each.join(' ')).filter((each) => !gone.includes(each));
      assert.deepEqual(await belongingsOf(reader, owner), left.sort());
      const picture = { ...note, path: 'notes/picture' };
      assert.equal(await reader.media(picture, ''), undefined);
      assert.deepEqual(await reader.media({ ...picture, key: '10' }, ''), image);
      assert.deepEqual(await reader.media(root('tools', owner), ''), image);
      await store.transact(tenant, (tx) => removeAt(tx, { ...note, path: 'manual', key: '' }));
      assert.equal(await reader.read({ ...note, path: 'manual', key: '' }), undefined);
      assert.deepEqual(await eventsOf(store, tenant, before), [
        `deleted tools ${owner} notes 1`,
        `deleted tools ${owner} manual `,
      ]);
      assert.equal(await store.count(tenant, 'tools'), 1);
    });

    withStore('records nothing while data is loaded', async ({ store, tenant }) => {
      const [one, other] = [await makeTool(store, tenant, 1), await makeTool(store, tenant, 2)];
      const before = await lastPosition(store, tenant);
      await store.import(tenant, async (tx) => {
        tx.link('fits', one, other);
        tx.unlink('fits', one, other);
        tx.link('fits', other, one);
      });
      await store.import(tenant, async (tx) => {
        await removeAt(tx, root('tools', one));
        await removeAt(tx, { set: 'tools', owner: other, path: 'manual', key: '' });
      });
      assert.deepEqual(await eventsOf(store, tenant, before), []);
      assert.equal(await store.reader(tenant).isLinked('fits', other, one), false);
    });

    withStore('and clearing a tenant leaves another as it is', async ({ store, tenant }) => {
      const two = await store.createTenant({
        id: '00000000-0000-4000-8000-000000000002',
        displayName: 'two',
        domains: [],
      });
      const [mine, theirs] = [await makeTool(store, tenant, 1), await makeTool(store, two, 1)];
      await store.transact(tenant, async (tx) => tx.clear());
      assert.equal(await store.reader(tenant).media(root('tools', mine), ''), undefined);
      assert.deepEqual(await store.reader(two).media(root('tools', theirs), ''), image);
      assert.equal((await belongingsOf(store.reader(two), theirs)).length, belongings.length);
    });
  });
}

for (const { name, place } of databases) {
  describe(`links, on ${name}`, () => {
    const withStore = storeTests(place, shedModel);
    withStore('are made and undone, each with one event', async ({ store, tenant }) => {
      const [one, other] = [await makeTool(store, tenant, 1), await makeTool(store, tenant, 2)];
      const before = await lastPosition(store, tenant);
      for (const kind of ['link', 'link', 'unlink', 'unlink'] as const) {
        await store.transact(tenant, async (tx) => tx[kind]('fits', one, other));
        assert.equal(await store.reader(tenant).isLinked('fits', one, other), kind === 'link');
      }
      assert.deepEqual(await eventsOf(store, tenant, before), [
        `linked  ${one}  ${other} fits`,
        `unlinked  ${one}  ${other} fits`,
      ]);
    });

    withStore('end as the last word of a transaction says', async ({ store, tenant }) => {
      const [one, other] = [await makeTool(store, tenant, 1), await makeTool(store, tenant, 2)];
      const end = async (...kinds: ('link' | 'unlink')[]) => {
        await store.transact(tenant, async (tx) => {
          for (const kind of kinds) tx[kind]('fits', one, other);
        });
        return store.reader(tenant).isLinked('fits', one, other);
      };
      assert.equal(await end('link', 'unlink'), false);
      assert.equal(await end('unlink', 'link'), true);
      assert.equal(await end('unlink', 'link'), true);
      assert.equal(await end('link', 'unlink'), false);
    });
  });
}

for (const { name, place } of databases) {
  describe(`media and secrets, on ${name}`, () => {
    const withStore = storeTests(place, shedModel);
    withStore('are set, replaced and taken away by name', async ({ store, tenant }) => {
      const owner = await makeTool(store, tenant, 1);
      const address = root('tools', owner);
      const reader = store.reader(tenant);
      const other: Media = {
        blob: 'B'.repeat(43),
        contentType: 'text/plain;charset=utf-8',
        length: 0,
      };
      await store.transact(tenant, async (tx) => {
        tx.writeMedia(address, 'plan', other);
        tx.writeMedia({ ...address, key: '1' }, '', other);
      });
      assert.deepEqual(await reader.media(address, ''), other, 'a root entity has no key there');
      assert.deepEqual(await reader.media(address, 'plan'), other);
      await store.transact(tenant, async (tx) => tx.writeMedia(address, '', undefined));
      await store.transact(tenant, async (tx) => tx.writeMedia(address, 'none', undefined));
      assert.equal(await reader.media(address, ''), undefined);
      assert.deepEqual(await reader.media(address, 'plan'), other);
    });

    withStore('a secret is set, replaced and taken away, also with its owner', async (open) => {
      const { store, tenant, place } = open;
      const [one, other] = [await makeTool(store, tenant, 1), await makeTool(store, tenant, 2)];
      await store.transact(tenant, async (tx) => {
        tx.writeSecret(one, 'pin', undefined);
        tx.writeSecret(one, 'none', undefined);
        tx.writeSecret(one, 'word', 'first');
        tx.writeSecret(other, 'gone', 'too');
      });
      await store.transact(tenant, async (tx) => tx.writeSecret(one, 'word', 'second'));
      await store.transact(tenant, (tx) => removeAt(tx, root('tools', other)));
      // Nothing reads a secret yet; what is kept for the processes of a store can be read.
      await place.execute(
        'INSERT INTO kith_kept (name, value) SELECT name, value FROM kith_secret',
      );
      const read = (name: string) => store.keep(name, async () => 'nothing');
      assert.deepEqual(await Promise.all(['word', 'pin', 'gone'].map(read)), [
        'second',
        'nothing',
        'nothing',
      ]);
    });

    withStore('make a transaction run again that has read them', async ({ store, tenant }) => {
      const owner = await makeTool(store, tenant, 1);
      const address = root('tools', owner);
      const replaced = { ...image, blob: 'C'.repeat(43) };
      let runs = 0;
      await store.transact(tenant, async (tx) => {
        runs += 1;
        const media = await tx.media(address, '');
        if (runs === 1) {
          await store.transact(tenant, async (other) => other.writeMedia(address, '', replaced));
        }
        tx.writeMedia(address, 'copy', media);
      });
      assert.equal(runs, 2);
      assert.deepEqual(await store.reader(tenant).media(address, 'copy'), replaced);
    });
  });
}

for (const { name, place } of databases) {
  describe(`at the same time, on ${name}`, () => {
    const withStore = storeTests(place, shedModel);
    withStore('one of many removals removes', async ({ store, tenant, place }) => {
      const owner = await makeTool(store, tenant, 1);
      await using second = await openAgain(place);
      const removed = await Promise.all(
        Array.from({ length: 12 }, (_, at) =>
          (at % 2 ? store : second.store).transact(tenant, (tx) =>
            removeAt(tx, root('tools', owner)),
          ),
        ),
      );
      assert.equal(removed.filter(Boolean).length, 1);
      assert.equal(await store.count(tenant, 'tools'), 0);
      const events = await eventsOf(store, tenant);
      assert.equal(events.filter((each) => each.startsWith('deleted')).length, 1);
    });

    withStore('an entity is removed and written, and nothing is left', async (open) => {
      const { store, tenant, place } = open;
      await using second = await openAgain(place);
      const other = await makeTool(store, tenant, 0);
      for (let round = 1; round <= 8; round++) {
        const owner = await makeTool(store, tenant, round);
        const address = root('tools', owner);
        const meet = gate(3);
        const write = store.transact(tenant, async (tx) => {
          const record = await tx.read(address);
          await meet();
          if (!record) return 'gone';
          tx.write(address, { ...parse(record), displayName: 'New' }, record, ['displayName']);
          return record.version;
        });
        const attach = store.transact(tenant, async (tx) => {
          const found = await tx.find('tools', 'id', String(round), 'nothing');
          await meet();
          if (!found) return;
          tx.link('fits', other, owner);
          tx.link('fits', owner, other);
          tx.write({ ...address, path: 'notes', key: 'late' }, { id: 'late' }, undefined, []);
          tx.writeMedia(address, 'late', image);
        });
        const remove = second.store.transact(tenant, async (tx) => {
          const record = await tx.read(address);
          await meet();
          tx.remove(address, record!);
        });
        await Promise.all([write, attach, remove]);
        const reader = store.reader(tenant);
        assert.equal(await reader.read(address), undefined);
        assert.deepEqual(await reader.list('tools', owner, 'notes'), []);
        assert.equal(await reader.media(address, 'late'), undefined);
        assert.deepEqual(await reader.linked('fits', other, 10), []);
        assert.deepEqual(await reader.linked('fits', owner, 10), []);
      }
      assert.equal(await store.count(tenant, 'tools'), 1);
    });

    withStore(
      'a contained entity is removed and written, and is one or the other',
      async (open) => {
        const { store, tenant } = open;
        const owner = await makeTool(store, tenant, 1);
        const note: Address = { set: 'tools', owner, path: 'notes', key: '1' };
        const meet = gate(2);
        let runs = 0;
        const work = (removes: boolean) =>
          store.transact(tenant, async (tx) => {
            runs += 1;
            const record = await tx.read(note);
            await meet();
            if (!record) return undefined;
            if (removes) tx.remove(note, record);
            else tx.write(note, { ...parse(record), text: 'New' }, record, ['text']);
            return record.version;
          });
        const [removed, written] = await Promise.all([work(true), work(false)]);
        assert.equal(runs, 3, 'one of them has run again');
        assert.ok((removed === 1 && written === undefined) || (removed === 2 && written === 1));
        assert.equal(await store.reader(tenant).read(note), undefined);
      },
    );

    withStore('an entity with one key is added once', async ({ store, tenant, place }) => {
      await using second = await openAgain(place);
      const add = (each: Store) => each.transact(tenant, (tx) => tx.insert('tools', { number: 5 }));
      const results = await Promise.allSettled([store, second.store, store, second.store].map(add));
      const failures = results.flatMap((each) => (each.status === 'rejected' ? each.reason : []));
      assert.equal(failures.length, 3);
      for (const failure of failures) assert.equal((failure as Refusal).refusal, 'conflict');
      assert.equal(await store.count(tenant, 'tools'), 1);
    });

    withStore('what is added unless it is there is added once and then written', async (open) => {
      const { store, tenant } = open;
      const meet = gate(4);
      const upsert = (displayName: string) =>
        store.transact(tenant, async (tx) => {
          const found = await tx.find('tools', 'id', '5', 'doc');
          await meet();
          if (!found) return tx.insert('tools', { number: 5, displayName });
          tx.write(root('tools', found.owner), { ...parse(found), displayName }, found, [
            'displayName',
          ]);
          return found.owner;
        });
      const owners = await Promise.all(['a', 'b', 'c', 'd'].map(upsert));
      assert.equal(new Set(owners).size, 1);
      assert.equal((await store.reader(tenant).find('tools', 'id', '5', 'nothing'))?.version, 4);
    });
  });
}

async function openAgain(place: {
  open(model: typeof shedModel): Promise<Store>;
}): Promise<AsyncDisposable & { readonly store: Store }> {
  const store = await place.open(shedModel);
  return { store, [Symbol.asyncDispose]: () => store.close() };
}
