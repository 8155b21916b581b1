import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Expression } from '#plan/expression.ts';
import { layOut } from '#store/layout.ts';
import { compilePage } from '#store/query/compile-page.ts';
import { Compiler } from '#store/query/compiler.ts';
import { postgresWords } from '#store/query/databases/postgres-words.ts';
import { sqliteWords } from '#store/query/databases/sqlite-words.ts';
import type { QueryWords } from '#store/query/query-words.ts';
import type { World } from './query-data.ts';
import { queryModel } from './query-model.ts';
import { shapes } from './query-shapes.ts';
import { items, openQueried, type QueriedStore, queryOf, walk } from './query-stores.ts';

const part = (key: string, weight: number) => ({
  path: 'parts',
  key,
  members: { id: key, weight },
});
const world: World = {
  rows: [
    {
      set: 'items',
      members: {
        id: 'a',
        displayName: 'Anna',
        count: 1,
        price: '1.5',
        seen: '2020-01-01T00:00:00Z',
        tags: ['x', 'y'],
      },
      parts: [part('p1', 1), part('p2', 5)],
    },
    {
      set: 'items',
      members: { id: 'b', displayName: 'Ben', code: 'X', count: 2, price: 12.5, tags: ['z'] },
      parts: [part('p1', 2)],
    },
    {
      set: 'items',
      members: {
        id: 'c',
        count: 3,
        price: '99999999999999999999.1',
        seen: '2020-01-01T00:30:00+01:00',
      },
      parts: [],
    },
    { set: 'items', members: { id: 'd', displayName: 'Dora', price: 2 }, parts: [] },
    { set: 'makers', members: { id: 'm', country: 'DE' }, parts: [] },
  ],
  links: [
    ['maker', 0, 4],
    ['maker', 1, 0],
    ['maker', 2, 4],
    ['friends', 0, 1],
    ['friends', 0, 3],
    ['friends', 3, 0],
  ],
};

/** What stands between WHERE and ORDER BY, without what every statement says. */
function compileShape(words: QueryWords, filter: Expression): string {
  const layouts = layOut(queryModel);
  const compiler = new Compiler({ words, layouts, model: queryModel, tenant: 1, nowTicks: 0n });
  const query = queryOf({ filter });
  const { text } = compilePage(compiler, items, query, 'nothing').rows({ limit: 20, offset: 0 });
  return text
    .replace(/^.*? WHERE t0\.tenant = \?(::bigint)? AND \(/, '')
    .replace(/\) ORDER BY.*$/, '');
}

let stores: QueriedStore[] = [];
before(async () => {
  stores = await openQueried(world);
});
after(async () => {
  for (const store of stores) await store[Symbol.asyncDispose]();
});

describe('a condition in SQL', () => {
  for (const { title, filter, found, sqlite, postgres } of shapes) {
    test(title, async () => {
      assert.equal(compileShape(sqliteWords, filter), sqlite);
      assert.equal(compileShape(postgresWords, filter), postgres);
      for (const { name, reader } of stores) {
        const keys = await walk(reader, items, queryOf({ filter }));
        assert.equal(keys.sort().join(' '), found, name);
      }
    });
  }
});
