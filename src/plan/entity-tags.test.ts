import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAmong } from './entity-tags.ts';

test('a tag is among others by what it says, weak or strong', () => {
  assert.ok(isAmong(['"1"', 'W/"2"'], '"2"'));
  assert.ok(isAmong(['"2"'], 'W/"2"'));
  assert.ok(!isAmong(['W/"21"', '"W/2"'], '"2"'));
});

test('whichever there is will do for an asterisk, and none for an empty list', () => {
  assert.ok(isAmong('*', '"2"'));
  assert.ok(!isAmong([], '"2"'));
});
