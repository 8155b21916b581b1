import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comparisonKey, foldText, instantTicks } from './compare.ts';

test('texts that differ only in case or form have one key', () => {
  for (const [one, other] of [
    ['Straße', 'STRASSE'],
    ['ﬁn', 'FIN'],
    ['Å', 'A\u030a'],
    ['ΟΔΥΣΣΕΥΣ', 'οδυσσευς'],
    ['Łukasz', 'ŁUKASZ'],
  ] as const) {
    assert.equal(foldText(one), foldText(other));
  }
  assert.notEqual(foldText('a'), foldText('á'));
  assert.equal(foldText('a\0b').includes('\0'), false);
});

test('instants compare as ticks of 100 ns, whatever their zone', () => {
  const noon = instantTicks('2026-11-01T12:00:00Z');
  assert.equal(instantTicks('2026-11-01T13:30:00+01:30'), noon);
  assert.equal(instantTicks('2026-11-01T12:00:00.0000001Z'), noon! + 1n);
  assert.equal(instantTicks('0001-01-01T00:00:00Z'), 0n);
  assert.equal(instantTicks('yesterday'), null);
});

test('booleans, numbers and nothing have keys of their own kind', () => {
  const text = { kind: 'primitive', name: 'Edm.String' } as const;
  const instant = { kind: 'primitive', name: 'Edm.DateTimeOffset' } as const;
  assert.deepEqual(
    [true, false, 5, null, undefined, 'A'].map((value) => comparisonKey(text, value)),
    [1, 0, 5, null, null, 'a'],
  );
  assert.equal(comparisonKey(instant, '1970-01-01T00:00:00Z'), 621_355_968_000_000_000n);
});
