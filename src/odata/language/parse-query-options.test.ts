import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseQuery, parseQueryOptions } from './parse-query-options.ts';
import { SyntaxRefusal } from './syntax-refusal.ts';

test('names have a $ or not, and any case', () => {
  const options = parseQuery('Top=5&$SKIP=10&$Count=TRUE&orderBy=a%20DESC&@p=1&ref=a%26b&');
  assert.equal(options.$top, 5);
  assert.equal(options.$skip, 10);
  assert.equal(options.$count, true);
  assert.equal(options.$orderby?.[0]?.direction, 'desc');
  assert.deepEqual([...options.aliases.keys()], ['p']);
  assert.deepEqual(options.custom, [{ name: 'custom', at: 49, custom: 'ref', value: 'a&b' }]);
});

test('values are decoded after they are split', () => {
  const { $filter, $search } = parseQuery("$filter=a+eq+'x%26y%3Dz%2B'&$search=%22mail:a+b%22");
  assert.ok($filter?.kind === 'binary' && $filter.right.kind === 'literal');
  assert.equal($filter.right.text, 'x&y=z+');
  assert.ok($search?.kind === 'phrase');
  assert.deepEqual($search.clause, { property: 'mail', text: 'a b' });
});

test('nested options belong to their items', () => {
  const { $expand, $select } = parseQuery(
    '$expand=manager($levels=max;$select=id,mail),members/microsoft.graph.user/$count($filter=a)' +
      ',*/$ref&$select=*,Model.*,address/city($top=1),@Core.Messages,Model.f(a,b)',
  );
  const [manager, members, all] = $expand ?? [];
  assert.equal(manager?.options?.$levels, 'max');
  assert.equal(manager?.options?.$select?.length, 2);
  assert.equal(members?.suffix, 'count');
  assert.equal(members?.steps.length, 2);
  assert.equal(members?.options?.$filter?.kind, 'path');
  assert.deepEqual([all?.ending, all?.suffix], ['all', 'ref']);
  const kinds = $select?.map((item) => item.kind);
  assert.deepEqual(kinds, ['all', 'operations', 'path', 'path', 'path']);
  const overload = $select?.[4];
  assert.ok(overload?.kind === 'path');
  assert.deepEqual(overload.parameters, ['a', 'b']);
});

test('the list keeps what stands twice, the record refuses it', () => {
  assert.equal(parseQueryOptions('$top=1&top=2').length, 2);
  assert.throws(() => parseQuery('$top=1&top=2'), /'\$top' was specified more than once/);
  assert.throws(() => parseQuery('@a=1&@a=2'), /'@a' was specified more than once/);
  assert.throws(() => parseQuery('$expand=a($top=1;$top=2)'), /more than once/);
});

/** Queries that are refused: the target, the position in its text, and in the query. */
const refused: readonly [string, string, number, number][] = [
  ['$foo=1', '$foo', 0, 0],
  ['a=1&$filter=b%20eq%20%27', '$filter', 6, 24],
  ['$top=-1', '$top', 0, 5],
  ['$top=5x', '$top', 1, 6],
  ['$count', '$count', 0, 6],
  ['$levels', '$levels', 0, 7],
  ['$expand=a($top=5,$skip=1)', '$expand', 8, 16],
  ['$expand=a($format=json)', '$expand', 2, 10],
  ['$expand=a/$ref($select=b)', '$expand', 7, 15],
  ['$select=a,', '$select', 2, 10],
  ['$filter=%FF', '$filter', 0, 8],
  ['$search=a;b', '$search', 1, 9],
  ['$filter=a eq #', '$filter', 5, 13],
  ['@1=2', '@1', 0, 0],
  ['=5', 'the query', 0, 0],
];

describe('a query is refused', () => {
  for (const [query, target, position, rawPosition] of refused) {
    test(query, () => {
      assert.throws(
        () => parseQueryOptions(query),
        (refusal) => {
          assert.ok(refusal instanceof SyntaxRefusal);
          const found = [refusal.target, refusal.position, refusal.rawPosition];
          assert.deepEqual(found, [target, position, rawPosition], refusal.message);
          return true;
        },
      );
    });
  }
});
