import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partsIn, wordsIn } from './search-words.ts';

test('words are folded, without accents, and keep what tells C++ from C', () => {
  const cases: readonly [text: string, words: readonly string[]][] = [
    ['Zoë Groß-Weber', ['zoe', 'gross', 'weber']],
    ['C++, C# and F#', ['c++', 'c#', 'and', 'f#']],
    ['node.js 22', ['node', 'js', '22']],
    ['データ分析', ['データ分析'.normalize('NFD').replace(/\p{M}/gu, '')]],
    [' — ', []],
  ];
  for (const [text, words] of cases) assert.deepEqual(wordsIn(text), words, text);
});

test('a word that is put together has parts', () => {
  assert.deepEqual(partsIn('JavaScript and GraphQL2'), ['java', 'script', 'graph', 'ql', '2']);
  assert.deepEqual(partsIn('rust Rust'), []);
});
