import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { Refusal } from '#errors.ts';
import type { Tenant } from '#plan/caller.ts';
import type { Document } from '#plan/document.ts';
import type { Address, Store, Writer } from '#plan/store.ts';
import { queryOf } from './query-stores.ts';
import { settledChanges } from './settled-changes.ts';
import { parse, removeAt, root, storeTests } from './store-cases.ts';
import { shedModel } from './store-model.ts';
import { databases } from './stores.ts';

const tool = shedModel.resources.get('tools')!.type;
const tools = { kind: 'set', set: 'tools', type: tool } as const;

function add(store: Store, tenant: Tenant, members: Document, set = 'tools'): Promise<number> {
  return store.transact(tenant, (tx) => tx.insert(set, members));
}

function rename(store: Store, tenant: Tenant, owner: number, displayName: string): Promise<void> {
  return store.transact(tenant, async (tx) => {
    const record = (await tx.read(root('tools', owner)))!;
    tx.write(root('tools', owner), { ...parse(record), displayName }, record, ['displayName']);
  });
}

function isConflict(target: string): (error: unknown) => boolean {
  return (error) => error instanceof Refusal && error.target === target;
}

for (const { name, place } of databases) {
  describe(`a join, on ${name}`, () => {
    const withStore = storeTests(place, shedModel);
    withStore('shows what is removed as gone', async ({ store, tenant }) => {
      const [one, other] = [
        await add(store, tenant, { number: 1, serial: 'A', displayName: 'One' }),
        await add(store, tenant, { number: 2, displayName: 'Two' }),
      ];
      const note: Address = { set: 'tools', owner: other, path: 'notes', key: '1' };
      const answer = { ...note, path: 'notes/answers', key: '1/a' };
      const media = { blob: 'A'.repeat(43), contentType: 'text/plain', length: 1 };
      await store.transact(tenant, async (tx) => {
        for (const each of [note, { ...note, key: '2' }, answer, { ...note, owner: one }]) {
          tx.write(each, { id: each.key }, undefined, []);
        }
        tx.writeMedia(root('tools', one), '', media);
        tx.link('fits', other, one);
        tx.link('fits', one, other);
      });
      await store.join(async (joined) => {
        await joined.transact(tenant, async (tx) => {
          await removeAt(tx, root('tools', one));
          assert.ok(await tx.read(root('tools', one)), 'a transaction sees what it began with');
          await removeAt(tx, note);
        });
        const check = async (reader: ReturnType<Store['reader']>) => {
          assert.equal(await reader.find('tools', 'id', '1', 'doc'), undefined);
          assert.equal(await reader.find('tools', 'displayName', 'one', 'doc'), undefined);
          assert.equal(await reader.read(root('tools', one)), undefined);
          const both = await reader.findMany('tools', [one, other], 'doc');
          assert.deepEqual(
            both.map(({ id }) => id),
            ['2'],
          );
          assert.deepEqual(await reader.list('tools', one, 'notes'), []);
          assert.equal(await reader.media(root('tools', one), ''), undefined);
          assert.equal(await reader.isLinked('fits', other, one), false);
          assert.deepEqual(await reader.linked('fits', other, 10), []);
          assert.deepEqual(await reader.linked('fits', one, 10), []);
          assert.equal(await reader.countLinked('fits', other), 0);
          assert.equal(await reader.countLinked('fits', one), 0);
          assert.equal(await reader.read(note), undefined);
          assert.equal(await reader.read(answer), undefined);
          const notes = await reader.list('tools', other, 'notes');
          assert.deepEqual(
            notes.map(({ key }) => key),
            ['2'],
          );
          const page = await reader.query(tools, queryOf(), 'doc');
          assert.deepEqual(
            page.members.map(({ key }) => key),
            ['2'],
          );
        };
        await check(joined.reader(tenant));
        await joined.transact(tenant, check);
        assert.equal(await joined.count(tenant, 'tools'), 1);
        const again = await add(joined, tenant, { number: 1, serial: 'a' });
        assert.equal((await joined.reader(tenant).find('tools', 'id', '1', 'doc'))?.owner, again);
        await joined.transact(tenant, async (tx) => tx.write(note, { id: '1' }, undefined, []));
        assert.equal((await joined.reader(tenant).read(note))?.version, 1);
        assert.equal(await joined.reader(tenant).read(answer), undefined);
      });
      assert.equal(await store.count(tenant, 'tools'), 2);
      assert.equal((await store.reader(tenant).find('tools', 'serial', 'A', 'doc'))?.version, 1);
      assert.deepEqual((await store.reader(tenant).list('tools', other, 'notes')).length, 2);
    });

    withStore('takes back what it has made itself', async ({ store, tenant }) => {
      await store.join(async (joined) => {
        const owner = await add(joined, tenant, { number: 1 });
        await rename(joined, tenant, owner, 'Renamed');
        const found = await joined
          .reader(tenant)
          .find('tools', 'displayName', 'RENAMED', 'nothing');
        assert.deepEqual([found?.owner, found?.id, found?.version], [owner, '1', 2]);
        await joined.transact(tenant, (tx) => removeAt(tx, root('tools', owner)));
        assert.equal(await joined.reader(tenant).find('tools', 'id', '1', 'doc'), undefined);
        await joined.transact(tenant, async (tx) => {
          assert.equal(await removeAt(tx, root('tools', owner)), undefined);
        });
      });
      assert.equal(await store.count(tenant, 'tools'), 0);
      const kinds = (await settledChanges(store, tenant, undefined, 10)).map(({ kind }) => kind);
      assert.deepEqual(kinds, ['created', 'updated', 'deleted']);
    });

    withStore('shows links and media as they are by then', async ({ store, tenant }) => {
      const owners: number[] = [];
      for (const number of [1, 2, 3, 4]) owners.push(await add(store, tenant, { number }));
      const [a, b, c, d] = owners as [number, number, number, number];
      await store.transact(tenant, async (tx) => {
        for (const target of [b, c]) tx.link('fits', a, target);
      });
      const media = { blob: 'A'.repeat(43), contentType: 'text/plain', length: 1 };
      await store.join(async (joined) => {
        await joined.transact(tenant, async (tx) => {
          tx.unlink('fits', a, b);
          tx.link('fits', a, c);
          tx.link('fits', a, d);
          tx.writeMedia(root('tools', a), 'plan', media);
        });
        await joined.transact(tenant, async (tx) => {
          assert.deepEqual(await tx.linked('fits', a, 10), [c, d]);
          assert.deepEqual(await tx.linked('fits', a, 1), [c]);
          assert.equal(await tx.countLinked('fits', a), 2);
          assert.deepEqual(await Promise.all([b, c, d].map((to) => tx.isLinked('fits', a, to))), [
            false,
            true,
            true,
          ]);
          assert.deepEqual(await tx.media(root('tools', a), 'plan'), media);
          tx.link('fits', a, b);
          tx.writeMedia(root('tools', a), 'plan', undefined);
        });
        assert.equal(await joined.reader(tenant).countLinked('fits', a), 3);
        assert.equal(await joined.reader(tenant).media(root('tools', a), 'plan'), undefined);
      });
      assert.deepEqual(await store.reader(tenant).linked('fits', a, 10), [b, c, d]);
      assert.equal(await store.reader(tenant).media(root('tools', a), 'plan'), undefined);
    });

    withStore('queries in a later transaction show what an earlier one wrote', async (open) => {
      const { store, tenant } = open;
      const owner = await add(store, tenant, { number: 1, displayName: 'One' });
      await add(store, tenant, { number: 2, displayName: 'Two' });
      await store.join(async (joined) => {
        await rename(joined, tenant, owner, 'Changed');
        await joined.transact(tenant, async (tx) => {
          const { members } = await tx.query(tools, queryOf(), 'doc');
          assert.deepEqual(
            members.map((each) => [parse(each).displayName, each.version]),
            [
              ['Changed', 2],
              ['Two', 1],
            ],
          );
          for (const each of members) {
            tx.write(root('tools', each.owner), { ...parse(each), serial: each.key }, each, [
              'serial',
            ]);
          }
        });
      });
      const found = await store.reader(tenant).find('tools', 'serial', '1', 'doc');
      assert.deepEqual([found?.version, parse(found).displayName], [3, 'Changed']);
    });

    withStore('refuses a duplicate in the transaction that brings it', async (open) => {
      const { store, tenant } = open;
      await add(store, tenant, { number: 1, serial: 'A' });
      await store.join(async (joined) => {
        const two = await add(joined, tenant, { number: 2, serial: 'B' });
        await assert.rejects(add(joined, tenant, { number: 1 }), isConflict('number'));
        await assert.rejects(add(joined, tenant, { number: 2 }), isConflict('number'));
        await assert.rejects(add(joined, tenant, { number: 3, serial: 'a' }), isConflict('serial'));
        await assert.rejects(add(joined, tenant, { number: 3, serial: 'b' }), isConflict('serial'));
        const change = joined.transact(tenant, async (tx) => {
          const record = (await tx.read(root('tools', two)))!;
          tx.write(root('tools', two), { ...parse(record), serial: 'A' }, record, ['serial']);
        });
        await assert.rejects(change, isConflict('serial'));
        await rename(joined, tenant, two, 'Its own serial is no duplicate');
        await add(joined, tenant, { id: '1' }, 'shed');
        await assert.rejects(add(joined, tenant, { id: '2' }, 'shed'), isConflict('id'));
      });
      assert.deepEqual(
        [await store.count(tenant, 'tools'), await store.count(tenant, 'shed')],
        [2, 1],
      );
    });

    withStore('lets values move between entities within a transaction', async (open) => {
      const { store, tenant } = open;
      const owner = await add(store, tenant, { number: 1, serial: 'A' });
      await store.join((joined) =>
        joined.transact(tenant, async (tx) => {
          await removeAt(tx, root('tools', owner));
          await tx.insert('tools', { number: 1, serial: 'A', displayName: 'New' });
        }),
      );
      const found = await store.reader(tenant).find('tools', 'serial', 'A', 'doc');
      assert.equal(parse(found).displayName, 'New');
      assert.equal(await store.count(tenant, 'tools'), 1);
    });

    withStore('runs again when what it removes has been written meanwhile', async (open) => {
      const { store, tenant } = open;
      const owner = await add(store, tenant, { number: 1 });
      let runs = 0;
      await store.join(async (joined) => {
        runs += 1;
        await joined.transact(tenant, (tx) => removeAt(tx, root('tools', owner)));
        if (runs === 1) await rename(store, tenant, owner, 'Meanwhile');
        await add(joined, tenant, { number: 1, displayName: `Run ${runs}` });
      });
      assert.equal(runs, 2);
      const found = await store.reader(tenant).find('tools', 'id', '1', 'doc');
      assert.equal(parse(found).displayName, 'Run 2');
    });

    withStore('runs again when what it found missing is there before it is moved', async (open) => {
      const { store, tenant } = open;
      for (const isJoined of [false, true]) {
        const owner = await add(store, tenant, { number: isJoined ? 2 : 1 });
        const manual: Address = { set: 'tools', owner, path: 'manual', key: '' };
        const versions: (number | undefined)[] = [];
        const work = async (tx: Writer) => {
          versions.push((await tx.read(manual))?.version);
          if (versions.length === 1) {
            await store.transact(tenant, (other) => other.touch(manual, { id: 'm' }));
          }
          await tx.touch(manual, { id: 'm' });
        };
        if (isJoined) await store.join((joined) => joined.transact(tenant, work));
        else await store.transact(tenant, work);
        assert.deepEqual(versions, [undefined, 1]);
        assert.equal((await store.reader(tenant).read(manual))?.version, 2);
      }
    });

    withStore('leaves nothing behind when it fails', async ({ store, tenant }) => {
      const owner = await add(store, tenant, { number: 1 });
      const failing = store.join(async (joined) => {
        await joined.transact(tenant, (tx) => removeAt(tx, root('tools', owner)));
        throw new Error('on second thoughts');
      });
      await assert.rejects(failing, /second thoughts/);
      assert.ok(await store.reader(tenant).read(root('tools', owner)));
      assert.equal(await store.count(tenant, 'tools'), 1);
    });
  });
}
