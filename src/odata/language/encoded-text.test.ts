import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodePathPart, decodeQueryPart } from './encoded-text.ts';
import { SyntaxRefusal } from './syntax-refusal.ts';

test('a plus is a space in a query and stays in a path', () => {
  assert.equal(decodeQueryPart('a+b%2Bc', '$filter').text, 'a b+c');
  assert.equal(decodePathPart('a+b', 'the path').text, 'a+b');
});

test('positions of the text lead back to the raw part', () => {
  const { text, rawAt } = decodeQueryPart("a%20%C3%A9'%F0%9F%98%80'b", '$filter');
  assert.equal(text, "a é'😀'b");
  assert.deepEqual([0, 1, 2, 3, 4, 6, 7, 8].map(rawAt), [0, 1, 4, 10, 11, 23, 24, 25]);
});

test('only an escaped semicolon is marked', () => {
  assert.deepEqual([...decodeQueryPart('a;b%3bc%3Bd', '$search').escaped], [3, 5]);
});

test('what is no UTF-8 and a raw # are refused where they stand', () => {
  for (const [raw, position] of [
    ['ab%', 2],
    ['ab%zz', 2],
    ['ab%C3', 2],
    ['%41%FF', 0],
    ['a%20b#c', 5],
  ] as const) {
    assert.throws(
      () => decodeQueryPart(raw, '$filter'),
      (refusal) => refusal instanceof SyntaxRefusal && refusal.rawPosition === position,
      raw,
    );
  }
});
