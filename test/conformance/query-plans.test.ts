import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import type { CollectionQuery } from '#plan/query.ts';
import { layOut } from '#store/layout.ts';
import { compilePage } from '#store/query/compile-page.ts';
import { Compiler } from '#store/query/compiler.ts';
import { postgresWords } from '#store/query/databases/postgres-words.ts';
import { sqliteWords } from '#store/query/databases/sqlite-words.ts';
import type { Fragment } from '#store/query/fragment.ts';
import type { QueryWords } from '#store/query/query-words.ts';
import { SqliteConnection } from '#store/sqlite-connection.ts';
import { makeWorld } from './query-data.ts';
import { queryModel } from './query-model.ts';
import { items, openQueried, type QueriedStore, queryOf } from './query-stores.ts';
import { call, compare, literal, path } from './query-words.ts';

const name = path('displayName');
const text = (value: string) => literal('Edm.String', value);
const byName = [{ expression: name, descending: false }];
const behind = { keys: ['naïve'], last: 5, shown: 20 };

/** What every page of a large directory has to find through an index, without a sort. */
const cases: readonly [title: string, query: Partial<CollectionQuery>, index: string][] = [
  ['a whole set', {}, 'set_items_(num|pkey)'],
  [
    'a later page of a whole set',
    { after: { keys: [], last: 5, shown: 20 } },
    'set_items_(num|pkey)',
  ],
  ['equality', { filter: compare(name, 'eq', text('zz')) }, 'set_items_displayName'],
  ['a prefix', { filter: call('startswith', name, text('z')) }, 'set_items_displayName'],
  [
    'a range',
    { filter: compare(path('count'), 'gt', literal('Edm.Int32', 99)) },
    'set_items_count',
  ],
  ['an order', { orderBy: byName }, 'set_items_displayName'],
  [
    'a descending order',
    { orderBy: [{ expression: name, descending: true }] },
    'set_items_displayName',
  ],
  ['a later page of an order', { orderBy: byName, after: behind }, 'set_items_displayName'],
];

let stores: QueriedStore[] = [];
let sqlite: SqliteConnection;
let postgres: pg.Client;
before(async () => {
  stores = await openQueried(makeWorld(1500));
  sqlite = new SqliteConnection(join(stores[0]!.place.dataDir, 'kith.sqlite'));
  postgres = new pg.Client({ connectionString: stores[1]!.place.url });
  await postgres.connect();
});
after(async () => {
  sqlite.close();
  await postgres.end();
  for (const store of stores) await store[Symbol.asyncDispose]();
});

function compile(words: QueryWords, tenant: number, query: Partial<CollectionQuery>): Fragment {
  const layouts = layOut(queryModel);
  const compiler = new Compiler({ words, layouts, model: queryModel, tenant, nowTicks: 0n });
  const page = compilePage(compiler, items, queryOf(query), 'view');
  assert.equal(page.scans, false);
  return page.rows({ limit: 20, offset: 0 });
}

/** How SQLite answers a query of the first store, step by step. */
function explain(query: Partial<CollectionQuery>): string {
  const { text: sql, params } = compile(sqliteWords, stores[0]!.tenant.num, query);
  const plan = sqlite.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...(params as string[]));
  return plan.map(({ detail }) => String(detail)).join('\n');
}

describe('queries use their indexes', () => {
  test('SQLite: a later page of an order begins where the one before ended', () => {
    const steps = explain({ orderBy: byName, after: behind });
    const place = /INDEX set_items_displayName \(tenant=\? AND k_displayName=\? AND num>\?\)/;
    assert.match(steps, place);
  });

  for (const [title, query, index] of cases) {
    test(`SQLite: ${title}`, () => {
      const steps = explain(query);
      assert.match(steps, new RegExp(`SEARCH .* USING (COVERING )?INDEX ${index} \\(tenant=`));
      assert.doesNotMatch(steps, /TEMP B-TREE|SCAN (?!segment)/);
    });

    test(`PostgreSQL: ${title}`, async () => {
      const { text: sql, params } = compile(postgresWords, stores[1]!.tenant.num, query);
      let count = 0;
      const numbered = sql.replaceAll('?', () => `$${++count}`);
      const { rows } = await postgres.query(`EXPLAIN ${numbered}`, [...params]);
      const steps = rows.map((row) => String(row['QUERY PLAN'])).join('\n');
      assert.match(steps, new RegExp(`Index Scan (Backward )?using "?${index}"?`));
      assert.doesNotMatch(steps, /Sort|Seq Scan/);
    });
  }
});
