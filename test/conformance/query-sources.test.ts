import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Refusal } from '#errors.ts';
import type { EntityType } from '#model/model.ts';
import type { Document, Value } from '#plan/document.ts';
import type { Expression } from '#plan/expression.ts';
import type { CollectionQuery, Source } from '#plan/query.ts';
import type { World } from './query-data.ts';
import { queryModel } from './query-model.ts';
import { items, openQueried, type QueriedStore, queryOf, walk } from './query-stores.ts';
import { call, compare, literal, path } from './query-words.ts';

const part = (key: string, label: string): World['rows'][number]['parts'][number] => ({
  path: 'parts',
  key,
  members: { id: key, label, weight: Number(key.slice(1)) },
});
const label = (key: string, text: string) => ({
  path: 'parts/labels',
  key,
  members: { id: key.split('/')[1]!, text },
});
const item = (id: string, members: Document, parts: World['rows'][number]['parts'] = []) =>
  ({ set: 'items', members: { id, ...members }, parts }) as const;

const world: World = {
  rows: [
    item('a', { displayName: 'Anna', count: 1, tags: ['x', 'y'] }, [
      part('p1', 'One'),
      part('p2', 'Two'),
      part('p3', 'three'),
      label('p1/l1', 'inside one'),
      label('p2/l1', 'inside two'),
    ]),
    item('b', { displayName: 'Ben', count: 2, tags: [] }),
    item('c', { displayName: null, count: 3 }),
    item('d', { displayName: 'Dora', count: null }),
    { set: 'makers', members: { id: 'm', title: 'Maker', rank: 5, country: 'DE' }, parts: [] },
    { set: 'makers', members: { id: 'n', title: 'Another', rank: null, country: 'FR' }, parts: [] },
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

const typeOf = (name: string) => queryModel.types.get(`test.${name}`) as EntityType;

let stores: QueriedStore[] = [];
before(async () => {
  stores = await openQueried(world);
});
after(async () => {
  for (const store of stores) await store[Symbol.asyncDispose]();
});

/** Asks both stores, which have to answer with these keys in this order. */
async function expectKeys(
  sourceOf: (store: QueriedStore) => Source,
  given: Partial<CollectionQuery>,
  expected: readonly string[],
): Promise<void> {
  for (const store of stores) {
    for (const pageSize of [100, 1]) {
      const query = queryOf({ pageSize, ...given });
      const keys = await walk(store.reader, sourceOf(store), query);
      assert.deepEqual(keys, expected, `${store.name}, pages of ${pageSize}`);
    }
  }
}

const contained =
  (pathBelow: string, keys: readonly string[], type: string) =>
  ({ owners }: QueriedStore): Source => ({
    kind: 'contained',
    set: 'items',
    owner: owners[0]!,
    path: pathBelow,
    keys,
    type: typeOf(type),
  });

const linked =
  (relation: string, sets: readonly string[], row: number, inverse = false) =>
  ({ owners }: QueriedStore): Source => ({
    kind: 'linked',
    relation,
    inverse,
    owner: owners[row]!,
    sets,
    type: typeOf('thing'),
  });

const all = () => items;
const ascending = (expression: Expression) => ({ expression, descending: false });
const descending = (expression: Expression) => ({ expression, descending: true });
const text = (value: Value) => literal('Edm.String', value);
const whole = (value: Value) => literal('Edm.Int32', value);

describe('sources of queries', () => {
  test('what an entity contains, by its keys', async () => {
    await expectKeys(contained('parts', [], 'part'), {}, ['p1', 'p2', 'p3']);
    const heavy = compare(path('weight', '$it', 'test.part'), 'ge', whole(2));
    await expectKeys(contained('parts', [], 'part'), { filter: heavy }, ['p2', 'p3']);
    const byLabel = [descending(path('label', '$it', 'test.part'))];
    await expectKeys(contained('parts', [], 'part'), { orderBy: byLabel }, ['p2', 'p3', 'p1']);
  });

  test('what a contained entity contains, below its key alone', async () => {
    await expectKeys(contained('parts/labels', ['p1'], 'label'), {}, ['p1/l1']);
    await expectKeys(contained('parts/labels', ['p2'], 'label'), {}, ['p2/l1']);
    await expectKeys(contained('parts/labels', ['p'], 'label'), {}, []);
  });

  test('what a relation leads to, in either direction', async () => {
    await expectKeys(linked('friends', ['items'], 0), {}, ['b', 'd']);
    await expectKeys(linked('friends', ['items'], 0, true), {}, ['d']);
    await expectKeys(linked('maker', ['items'], 4, true), {}, ['a', 'c']);
    const isDora = compare(path('displayName'), 'eq', text('DORA'));
    await expectKeys(linked('friends', ['items'], 0), { filter: isDora }, ['d']);
  });

  test('a relation that leads into several sets, in one order', async () => {
    const sets = ['items', 'makers'];
    for (const store of stores) {
      const { owners, reader } = store;
      const page = await reader.query(linked('maker', sets, 0)(store), queryOf(), 'doc');
      assert.deepEqual(
        page.members.map(({ set, owner, key }) => [set, owner, key]),
        [['makers', owners[4], 'm']],
      );
    }
    await expectKeys(linked('maker', sets, 1), {}, ['a']);
    const title = ascending(path('title', '$it', 'test.thing'));
    await expectKeys(linked('friends', sets, 0), { orderBy: [title], count: true }, ['b', 'd']);
  });

  test('a set of derived entities holds none of another type', async () => {
    const source: Source = { kind: 'set', set: 'items', type: typeOf('maker') };
    await expectKeys(() => source, {}, []);
  });
});

describe('pages of queries', () => {
  test('null comes first, and last in descending order', async () => {
    const byName = path('displayName');
    await expectKeys(all, { orderBy: [ascending(byName)] }, ['c', 'a', 'b', 'd']);
    await expectKeys(all, { orderBy: [descending(byName)] }, ['d', 'b', 'a', 'c']);
    const both = [descending(call('length', byName)), ascending(path('count'))];
    await expectKeys(all, { orderBy: both }, ['d', 'a', 'b', 'c']);
  });

  test('top limits all pages together, skip goes before the first', async () => {
    await expectKeys(all, { top: 3 }, ['a', 'b', 'c']);
    await expectKeys(all, { top: 2, skip: 1 }, ['b', 'c']);
    await expectKeys(all, { top: 0 }, []);
    await expectKeys(all, { skip: 9 }, []);
    for (const { reader } of stores) {
      const page = await reader.query(items, queryOf({ top: 2, count: true }), 'nothing');
      assert.deepEqual([page.count, page.next, page.members.length], [4, undefined, 2]);
      const last = await reader.query(items, queryOf({ pageSize: 4 }), 'nothing');
      assert.equal(last.next, undefined, 'a full last page has no next one');
    }
  });

  test('a whole set is counted by its counter, the rest by the filter', async () => {
    const filter = compare(path('count'), 'ge', whole(2));
    for (const { reader } of stores) {
      const whole = await reader.query(items, queryOf({ count: true, pageSize: 1 }), 'nothing');
      const some = await reader.query(items, queryOf({ count: true, filter }), 'nothing');
      const none = await reader.query(items, queryOf({ filter }), 'nothing');
      assert.deepEqual([whole.count, some.count, none.count], [4, 2, undefined]);
    }
  });

  test('members carry what is wanted of them', async () => {
    for (const { reader } of stores) {
      const texts = await Promise.all(
        (['doc', 'view', 'nothing'] as const).map(async (wanted) => {
          const page = await reader.query(items, queryOf({ top: 1 }), wanted);
          return page.members[0]!.text;
        }),
      );
      assert.match(texts[0]!, /^\{"@odata.type":"#test.item","id":"a".*"tags":\["x","y"\]/);
      assert.deepEqual(texts.slice(1), ['{"id":"a","displayName":"Anna"}', '']);
    }
  });
});

describe('queries that are refused', () => {
  const refusals: readonly [title: string, filter: Expression, target: string, status: number][] = [
    [
      'a pattern that is no constant',
      call('matchespattern', path('code'), path('title')),
      'matchespattern',
      501,
    ],
    [
      'a back reference',
      call('matchespattern', path('code'), text('(a)\\1')),
      'matchespattern',
      501,
    ],
    ['a name that is none', compare(path("?a'b"), 'eq', text('')), "a'b", 400],
  ];
  for (const [title, filter, target, status] of refusals) {
    test(`${title}: ${status}`, async () => {
      for (const { reader } of stores) {
        await assert.rejects(
          async () => reader.query(items, queryOf({ filter }), 'nothing'),
          (error) => error instanceof Refusal && error.status === status && error.target === target,
        );
      }
    });
  }

  test('lambda expressions nested without end: 400', async () => {
    let filter: Expression = compare(path('count', 'f6'), 'eq', whole(1));
    for (let depth = 6; depth > 0; depth--) {
      const collection = path('friends', depth === 1 ? '$it' : `f${depth - 1}`);
      filter = { kind: 'any', collection, variable: `f${depth}`, predicate: filter };
    }
    for (const { reader } of stores) {
      const asking = async () => reader.query(items, queryOf({ filter }), 'nothing');
      await assert.rejects(asking, /at most 5 deep/);
    }
  });

  test('an order of structured values: 400', async () => {
    for (const { reader } of stores) {
      const query = queryOf({ orderBy: [ascending(path('place'))] });
      await assert.rejects(async () => reader.query(items, query, 'nothing'), /no order/);
    }
  });
});

describe('functions of collections and types', () => {
  const list = (...values: Value[]): Expression => ({
    kind: 'literal',
    result: { type: undefined, collection: true },
    value: values,
  });
  const cast = (operand: Expression, name: 'Edm.Guid' | 'Edm.Int16'): Expression => {
    const type = literal(name, null).result.type;
    return { kind: 'cast', result: { type, collection: false }, operand };
  };
  const guid = '0a1b2c3d-0000-4000-8000-00000000000a';

  test('a list takes the type of the collection beside it', async () => {
    await expectKeys(all, { filter: call('hassubset', path('tags'), list('Y', 'x')) }, ['a']);
    await expectKeys(all, { filter: call('hassubsequence', path('tags'), list('y', 'x')) }, []);
    await expectKeys(all, { filter: compare(call('length', path('tags')), 'eq', whole(2)) }, ['a']);
  });

  test('a cast that fails is null', async () => {
    const isNull = (operand: Expression) => compare(operand, 'eq', literal('Edm.String', null));
    await expectKeys(all, { filter: isNull(cast(text(guid), 'Edm.Guid')) }, []);
    await expectKeys(all, { filter: isNull(cast(text('no guid'), 'Edm.Guid')), top: 1 }, ['a']);
    await expectKeys(all, { filter: isNull(cast(whole(70_000), 'Edm.Int16')), top: 1 }, ['a']);
  });
});

describe('expressions at their limits', () => {
  const equals = (value: string) => compare(path('displayName'), 'eq', text(value));

  test('two thousand conditions are one statement', async () => {
    const operands = Array.from({ length: 2000 }, (_, at) => equals(`nobody ${at}`));
    const filter: Expression = { kind: 'or', operands: [...operands, equals('anna')] };
    await expectKeys(all, { filter }, ['a']);
  });

  test('a hundred levels nest', async () => {
    let filter: Expression = equals('anna');
    for (let level = 0; level < 100; level++) filter = { kind: 'not', operand: filter };
    await expectKeys(all, { filter }, ['a']);
    let sum: Expression = path('count');
    for (let level = 0; level < 100; level++) {
      const result = { type: undefined, collection: false };
      sum = { kind: 'arithmetic', operator: 'add', result, left: sum, right: whole(1) };
    }
    await expectKeys(all, { filter: compare(sum, 'eq', whole(102)) }, ['b']);
  });

  test('a product that outgrows every number is null, not an error', async () => {
    let product: Expression = literal('Edm.Decimal', '9'.repeat(900));
    const result = { type: undefined, collection: false };
    for (let level = 0; level < 30; level++) {
      product = { kind: 'arithmetic', operator: 'mul', result, left: product, right: product };
      if (level > 3) break;
    }
    const nothing = literal('Edm.String', null);
    await expectKeys(all, { filter: compare(product, 'eq', nothing), top: 1 }, ['a']);
  });
});
