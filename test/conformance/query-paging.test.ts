import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Document } from '#plan/document.ts';
import type { FoundPage, MemberStart, OrderItem } from '#plan/query.ts';
import { makeWorld } from './query-data.ts';
import { items, openQueried, type QueriedStore, queryOf, walk } from './query-stores.ts';
import { call, literal, path } from './query-words.ts';

const world = makeWorld(150);
const all = world.rows.filter(({ set }) => set === 'items').map(({ members }) => members.id);

const orders: Readonly<Record<string, readonly OrderItem[]>> = {
  'no order': [],
  'an index': [{ expression: path('displayName'), descending: false }],
  'an index, descending': [{ expression: path('displayName'), descending: true }],
  'floats, infinite ones too': [{ expression: path('rate'), descending: true }],
  'exact decimals': [{ expression: path('price'), descending: false }],
  instants: [{ expression: path('seen'), descending: true }],
  conditions: [
    { expression: call('contains', path('code'), literal('Edm.String', 'a')), descending: true },
  ],
  'several keys in both directions': [
    { expression: path('flag'), descending: true },
    { expression: path('colour'), descending: false },
    { expression: path('count'), descending: true },
  ],
};

let stores: QueriedStore[] = [];
before(async () => {
  stores = await openQueried(world);
});
after(async () => {
  for (const store of stores) await store[Symbol.asyncDispose]();
});

describe('a walk through pages shows everything once', () => {
  for (const [title, orderBy] of Object.entries(orders)) {
    test(`by ${title}`, async () => {
      for (const { name, reader } of stores) {
        const whole = await walk(reader, items, queryOf({ orderBy }));
        assert.deepEqual([...whole].sort(), all, name);
        for (const pageSize of [1, 7, 50, 149, 150]) {
          const paged = await walk(reader, items, queryOf({ orderBy, pageSize }));
          assert.deepEqual(paged, whole, `${name}, pages of ${pageSize}`);
        }
      }
    });
  }

  test('by the range of an index that is filtered, without a sort', async () => {
    const filter = call('startswith', path('displayName'), literal('Edm.String', 'S'));
    for (const { name, reader } of stores) {
      const whole = await walk(reader, items, queryOf({ filter }));
      const paged = await walk(reader, items, queryOf({ filter, pageSize: 2 }));
      assert.ok(whole.length > 4);
      assert.deepEqual(paged, whole, name);
    }
  });

  test('while others are written in between', async () => {
    const orderBy = [{ expression: path('displayName'), descending: false }];
    for (const { name, store, tenant, reader, owners } of stores) {
      let written = 0;
      // What is there all the while is shown once, wherever new rows and other changes go.
      const disturb = async () => {
        const number = written++;
        await store.transact(tenant, async (tx) => {
          const address = { set: 'items', owner: owners[number]!, path: '', key: '' };
          const before = await tx.read(address);
          const members = JSON.parse(before!.text) as Document;
          tx.write(address, { ...members, code: `changed ${number}` }, before, ['code']);
          const displayName = ['', 'zz', 'm', null][number % 4]!;
          await tx.insert('items', { id: `new${number}`, displayName });
        });
      };
      const query = queryOf({ orderBy, pageSize: 10 });
      const shown = await walk(reader, items, query, disturb);
      const old = shown.filter((key) => key.startsWith('item'));
      assert.equal(new Set(shown).size, shown.length, `${name} shows one twice`);
      assert.deepEqual([...old].sort(), all, `${name} leaves one out`);
      assert.ok(written > 10);
    }
  });
});

describe('a page as one text', () => {
  const tagged: MemberStart = { before: '{"v":"', behind: '",' };
  const starts: readonly MemberStart[] = ['bare', tagged];

  /** The members of a page as their text should be. */
  function textOf({ members }: FoundPage, start: MemberStart): string {
    const head = (version: number) =>
      start === 'bare' ? '{' : `${start.before}${version}${start.behind}`;
    return members.map(({ version, text }) => `${head(version)}${text.slice(1)}`).join(',');
  }

  for (const [title, orderBy] of Object.entries(orders)) {
    test(`has the same members and is followed by the same, by ${title}`, async () => {
      for (const { name, reader } of stores) {
        for (const start of starts) {
          let query = queryOf({ orderBy, pageSize: 40, count: true });
          let texts = 0;
          for (;;) {
            const page = await reader.query(items, query, 'doc');
            const { text, count, next, members } = await reader.query(items, query, 'doc', start);
            assert.equal(count, page.count);
            assert.deepEqual(next, page.next);
            if (text) assert.equal(Buffer.from(text).toString(), textOf(page, start), name);
            assert.equal(members.length, text ? 0 : page.members.length);
            texts += text ? 1 : 0;
            if (!page.next) break;
            query = { ...query, after: page.next };
          }
          assert.equal(texts > 0, name.startsWith('SQLite'), name);
        }
      }
    });
  }

  test('ends where $top does, begins where $skip does, and may have no members', async () => {
    const none = call('startswith', path('displayName'), literal('Edm.String', 'nobody'));
    const windows = [{ top: 10 }, { top: 3, skip: 148 }, { skip: 150 }, { filter: none }];
    for (const { name, reader } of stores) {
      for (const window of windows) {
        const query = queryOf({ pageSize: 10, ...window });
        const page = await reader.query(items, query, 'view');
        const { text, next } = await reader.query(items, query, 'view', tagged);
        assert.deepEqual(next, page.next, name);
        if (text) assert.equal(Buffer.from(text).toString(), textOf(page, tagged), name);
      }
    }
  });
});
