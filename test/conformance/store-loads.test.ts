import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { Document } from '#plan/document.ts';
import { queryOf } from './query-stores.ts';
import { root, storeTests } from './store-cases.ts';
import { shedModel } from './store-model.ts';
import { databases } from './stores.ts';

/** Names of which UTF-8 takes one to four bytes a character, and JSON escapes a part. */
const names = [
  'Adze',
  'Häckchen',
  '鑿 のみ',
  '🪚 "saw"\\\u0001',
  'x'.repeat(1_100_000),
  '钻'.repeat(9),
];

const tools: readonly Document[] = names.map((displayName, number) => ({ number, displayName }));

for (const { name, place } of databases) {
  describe(`what is made ready and loaded, on ${name}`, () => {
    const withStore = storeTests(place, shedModel);

    withStore('is kept as what is inserted, in bytes', async ({ store, tenant }) => {
      const ready = tools.map((tool) => store.makeReady('tools', '', tool));
      const parts = names.map((text) => store.makeReady('tools', 'notes', { id: '1', text }));
      const loaded = await store.import(tenant, async (tx) => {
        const owners: number[] = [];
        for (const [at, each] of ready.entries()) {
          const owner = await tx.addRoot(each);
          tx.addPart(parts[at]!, owner, '1');
          owners.push(owner);
        }
        return owners;
      });
      const other = await store.createTenant({ id: 'two', displayName: '', domains: [] });
      const reader = store.reader(tenant);
      for (const [at, tool] of tools.entries()) {
        const inserted = await store.transact(other, async (tx) => {
          const owner = await tx.insert('tools', tool);
          const note = { id: '1', text: names[at]! };
          tx.write({ set: 'tools', owner, path: 'notes', key: '1' }, note, undefined, []);
          return owner;
        });
        const there = store.reader(other);
        for (const [path, key] of [
          ['', ''],
          ['notes', '1'],
        ] as const) {
          const read = await reader.read({ set: 'tools', owner: loaded[at]!, path, key });
          const expected = await there.read({ set: 'tools', owner: inserted, path, key });
          assert.deepEqual(read, expected, `${at} ${path}`);
        }
        const wanted = await there.find('tools', 'id', String(tool.number), 'bytes');
        const found = await reader.find('tools', 'id', String(tool.number), 'bytes');
        assert.deepEqual(found, { ...wanted, owner: loaded[at] });
      }
      assert.equal(await store.count(tenant, 'tools'), tools.length);
      assert.equal((await reader.read(root('tools', loaded[3]!)))?.version, 1);
    });

    withStore('is found by its words', async ({ store, tenant }) => {
      const ready = tools.map((tool) => store.makeReady('tools', '', tool));
      await store.import(tenant, async (tx) => {
        for (const each of ready) await tx.addRoot(each);
      });
      const type = shedModel.resources.get('tools')!.type;
      const search = { kind: 'phrase', text: 'häckchen' } as const;
      const query = queryOf({ search: search as never, count: true });
      const page = await store
        .reader(tenant)
        .query({ kind: 'set', set: 'tools', type }, query, 'doc');
      assert.deepEqual(
        page.members.map(({ text }) => JSON.parse(text).displayName),
        ['Häckchen'],
      );
    });

    withStore('conflicts with what has its key', async ({ store, tenant }) => {
      const load = () => {
        const ready = store.makeReady('tools', '', tools[0]!);
        return store.import(tenant, (tx) => tx.addRoot(ready));
      };
      await load();
      const message = 'Another object with the same number already exists.';
      await assert.rejects(load, { message });
    });

    withStore('is loaded as what it was made for', async ({ store, tenant }) => {
      const [tool, note] = [
        store.makeReady('tools', '', tools[0]!),
        store.makeReady('tools', 'notes', { id: '1' }),
      ];
      await assert.rejects(
        store.import(tenant, async (tx) => tx.addRoot(note)),
        /made ready/,
      );
      await assert.rejects(
        store.import(tenant, async (tx) => tx.addPart(tool, 1, '1')),
        /made ready/,
      );
    });
  });
}
