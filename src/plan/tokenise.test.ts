import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tokenise } from './tokenise.ts';

test('text is split at spaces, at a change of case, at symbols and at digits', () => {
  for (const [text, tokens] of [
    ['hello World', 'hello world'],
    ['HelloWorld helloWORLD', 'hello world hello world'],
    ['hello.world room-5', 'hello world room 5'],
    ['hello123world', 'hello 123 world'],
    ['HTTPServer', 'httpserver'],
    ["O'Neil & Söhne", 'o neil söhne'],
    ['Straße ﬁn', 'strasse fin'],
    ['李四(David Li)', '李四 david li'],
    ['e\u0301tude', 'étude'],
    ['ΟΔΥΣΣΕΥΣ', 'οδυσσευς'],
    [' \u0000🙂 ', ''],
  ] as const) {
    assert.equal(tokenise(text).join(' '), tokens, text);
  }
});

test('a long text is split in time linear in its length', () => {
  assert.equal(tokenise('aB'.repeat(100_000)).length, 100_001);
  assert.equal(tokenise('A'.repeat(100_000)).length, 1);
});
