import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findJsonError } from './find-json-error.ts';

for (const [text, at] of [
  ['{"a": [1, true, "x\\n"], "b": {}}', 32],
  ['{"a": }', 6],
  ['{"a" 1}', 5],
  ['[1,]', 3],
  ['[1 2]', 3],
  ['{"a": 1,}', 8],
  ['{"a": [}', 7],
  ['["a\n"]', 1],
  ['[01]', 2],
  ['{"a"', 4],
  ['[] x', 3],
] as const) {
  test(`${JSON.stringify(text)} is read up to ${at}`, () => {
    assert.equal(findJsonError(text), at);
  });
}
