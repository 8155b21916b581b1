import assert from 'node:assert/strict';
import { test } from 'node:test';
import { initialsOf } from './initials.ts';

const rows: readonly [given: string | null, surname: string | null, shown: string, string][] = [
  ['Mira', 'Oakley', 'Mira Oakley', 'MO'],
  ['élise', "d'Aubigny", "Élise d'Aubigny", 'ÉD'],
  ['あかり', '伊藤', '伊藤 あかり', '伊'],
  ['민준', '김', '김민준', '김'],
  ['Юлия', 'Ёлкина', 'Юлия Ёлкина', 'ЮЁ'],
  ['سارة', 'عمر', 'سارة عمر', 'س\u200cع'],
  [null, null, 'Ana Maria Sánchez', 'AS'],
  [null, null, 'Reception', 'R'],
  ['Ada', null, 'Ada Lovelace', 'AL'],
  ['n\u0303andu', 'x', 'x', 'ÑX'],
];

test('initials are the first characters of given name and surname, in their script', () => {
  for (const [givenName, surname, displayName, wanted] of rows) {
    assert.equal(initialsOf({ givenName, surname, displayName }), wanted, displayName);
  }
});

test('who is called by no letters has no initials', () => {
  assert.equal(initialsOf({ displayName: '1234' }), undefined);
  assert.equal(initialsOf({}), undefined);
});
