import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Refusal } from '#errors.ts';
import type { CollectionQuery } from '#plan/query.ts';
import { layOut } from '#store/layout.ts';
import { compilePage } from '#store/query/compile-page.ts';
import { Compiler } from '#store/query/compiler.ts';
import { sqliteWords } from '#store/query/databases/sqlite-words.ts';
import { SqliteConnection } from '#store/sqlite-connection.ts';
import { SqliteLongReads } from '#store/sqlite-long-reads.ts';
import { makeScratchFolder } from '../server/scratch-folder.ts';
import { queryModel } from './query-model.ts';
import { items, queryOf } from './query-stores.ts';
import { call, compare, literal, path } from './query-words.ts';

const name = path('displayName');
const text = (value: string) => literal('Edm.String', value);
const isZz = compare(name, 'eq', text('zz'));

/** What no one index both finds and orders. */
const scanning: readonly [title: string, query: Partial<CollectionQuery>][] = [
  ['a part of a text', { filter: call('contains', name, text('z')) }],
  ['inequality', { filter: compare(name, 'ne', text('zz')) }],
  ['a property against another', { filter: compare(name, 'eq', path('id')) }],
  [
    'two conditions',
    { filter: { kind: 'and', operands: [isZz, call('contains', name, text('z'))] } },
  ],
  [
    'equality in another order',
    { filter: isZz, orderBy: [{ expression: path('count'), descending: false }] },
  ],
  [
    'an order by two properties',
    { orderBy: [name, path('count')].map((expression) => ({ expression, descending: false })) },
  ],
  ['a page behind many others by number', { skip: 5000 }],
];

describe('what may look at a whole set is told apart', () => {
  for (const [title, query] of scanning) {
    test(title, () => {
      const layouts = layOut(queryModel);
      const parts = { words: sqliteWords, layouts, model: queryModel, tenant: 1, nowTicks: 0n };
      const page = compilePage(new Compiler(parts), items, queryOf(query), 'view');
      assert.equal(page.scans, true);
    });
  }
});

const COUNT = `WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < ?)
  SELECT max(x) FROM n`;
const SOON = 1000;
const LONG = 3_000_000;

describe('long queries have a thread of their own', () => {
  let folder: Awaited<ReturnType<typeof makeScratchFolder>>;
  let file: string;
  before(async () => {
    folder = await makeScratchFolder();
    file = join(folder.path, 'kith.sqlite');
    new SqliteConnection(file).close();
  });
  after(() => folder[Symbol.asyncDispose]());

  async function using(
    limits: { waitingMax: number; patienceMs: number; idleMs: number },
    work: (reads: SqliteLongReads) => Promise<void>,
  ): Promise<void> {
    const reads = new SqliteLongReads(file, limits);
    try {
      await work(reads);
    } finally {
      await reads.close();
    }
  }

  test('they are answered in turn, and timers go on meanwhile', () =>
    using({ waitingMax: 8, patienceMs: 30_000, idleMs: 30_000 }, async (reads) => {
      let ticks = 0;
      const timer = setInterval(() => {
        ticks += 1;
      }, 5);
      const answers = await Promise.all([reads.list(COUNT, [LONG]), reads.list(COUNT, [SOON])]);
      clearInterval(timer);
      assert.deepEqual(answers, [[[LONG]], [[SOON]]]);
      assert.ok(ticks > 3, `${ticks} ticks of 5 ms while ${LONG} rows were counted`);
    }));

  test('what fails says why, and the next is answered', () =>
    using({ waitingMax: 8, patienceMs: 30_000, idleMs: 30_000 }, async (reads) => {
      await assert.rejects(reads.list('SELECT * FROM nowhere', []), /no such table: nowhere/);
      assert.deepEqual(await reads.list(COUNT, [SOON]), [[SOON]]);
    }));

  test('what takes too long is refused with 503, and the next is answered', () =>
    using({ waitingMax: 8, patienceMs: 100, idleMs: 30_000 }, async (reads) => {
      await assert.rejects(reads.list(COUNT, [LONG * 3]), isRefusal('queryTimeout'));
      let answer: unknown;
      // The thread may still be at the first for a while.
      for (let attempt = 0; attempt < 100 && answer === undefined; attempt++) {
        answer = await reads.list(COUNT, [SOON]).catch(() => undefined);
      }
      assert.deepEqual(answer, [[SOON]]);
    }));

  test('what has to wait behind too many is refused with 503', () =>
    using({ waitingMax: 1, patienceMs: 30_000, idleMs: 30_000 }, async (reads) => {
      const taken = [reads.list(COUNT, [LONG]), reads.list(COUNT, [SOON])];
      await assert.rejects(reads.list(COUNT, [SOON]), isRefusal('unavailable'));
      await Promise.all(taken);
    }));

  test('a thread that has rested comes back', () =>
    using({ waitingMax: 1, patienceMs: 30_000, idleMs: 1 }, async (reads) => {
      for (const rows of [1, 2, 3]) {
        assert.deepEqual(await reads.list(COUNT, [rows]), [[rows]]);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }));
});

function isRefusal(name: string): (error: unknown) => boolean {
  return (error) => error instanceof Refusal && error.refusal === name && error.status === 503;
}
