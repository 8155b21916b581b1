import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findPrimitive } from '#model/model-primitives.ts';
import type { Value } from './document.ts';
import { canonicalKeyValue, formatKeyText, joinKeys, splitKeys } from './key-text.ts';

const canonical: readonly (readonly [type: string, value: Value, kept: Value])[] = [
  ['Edm.Guid', '0F8FAD5B-D9CB-469F-A165-70867728950E', '0f8fad5b-d9cb-469f-a165-70867728950e'],
  ['Edm.String', 'AbC', 'AbC'],
  ['Edm.Int32', 7, 7],
  ['Edm.DateTimeOffset', '2026-01-02t03:04:05.120+00:00', '2026-01-02T03:04:05.12Z'],
  ['Edm.DateTimeOffset', '2026-01-02T03:04:05.000Z', '2026-01-02T03:04:05Z'],
  ['Edm.DateTimeOffset', '2026-01-02T03:04Z', '2026-01-02T03:04:00Z'],
  ['Edm.DateTimeOffset', '2026-01-02T03:04:05.102+01:30', '2026-01-02T03:04:05.102+01:30'],
  ['Edm.DateTimeOffset', '2026-01-02T03:04:10Z', '2026-01-02T03:04:10Z'],
];

describe('the text of a key', () => {
  for (const [type, value, kept] of canonical) {
    test(`is the same for each spelling of ${type} ${value}`, () => {
      assert.equal(canonicalKeyValue(findPrimitive(type), value), kept);
    });
  }

  test('joins several parts, whatever characters they have', () => {
    assert.equal(formatKeyText(['a,b/c', 1, '%']), 'a%2Cb%2Fc,1,%25');
    assert.equal(formatKeyText(['a,b/c']), 'a,b/c');
  });

  test('is missing where a part is', () => {
    assert.equal(formatKeyText(['a', null]), undefined);
    assert.equal(formatKeyText([]), undefined);
  });

  test('stands among others behind a slash and comes back as it was', () => {
    const keys = ['a/b', '%2F', 'c'];
    assert.deepEqual(splitKeys(joinKeys(keys)), keys);
  });
});
