import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instantTicks } from '#plan/compare.ts';
import {
  civilPart,
  parseDay,
  parseDuration,
  parseInstant,
  parseLocal,
  parseOffset,
  parseTime,
} from './moment.ts';

test('days count from 0001-01-01 and give their parts back', () => {
  assert.equal(parseDay('0001-01-01'), 0n);
  assert.equal(parseDay('1970-01-01'), 719_162n);
  for (const text of ['2000-02-29', '1999-12-31', '2100-03-01', '-0044-03-15', '0000-01-01']) {
    const day = parseDay(text)!;
    const parts = (['year', 'month', 'day'] as const).map((part) => civilPart(day, part));
    const [year, month, date] = [text.slice(0, -6), text.slice(-5, -3), text.slice(-2)];
    assert.deepEqual(parts, [BigInt(year), BigInt(month), BigInt(date)]);
  }
  for (const text of ['2100-02-29', '2020-13-01', '2020-00-10', '2020-1-1', 'x']) {
    assert.equal(parseDay(text), null, text);
  }
});

test('instants are those of the index, with the parts of their own zone', () => {
  for (const text of [
    '2020-02-29T13:30:00+01:30',
    '0001-01-01T00:00Z',
    '9999-12-31T23:59:59.9999999Z',
    '2020-01-01T00:00:00.123456789-08:00',
    '0001-01-01T00:00:00+01:00',
  ]) {
    assert.equal(parseInstant(text), instantTicks(text), text);
  }
  assert.equal(parseLocal('2020-02-29T13:30:00+01:30'), parseInstant('2020-02-29T13:30:00Z'));
  assert.equal(parseOffset('2020-02-29T13:30:00-01:30'), -90);
  assert.equal(parseInstant('2020-02-30T00:00:00Z'), null);
  assert.equal(parseInstant('2020-02-29'), null);
});

test('times and durations are ticks of 100 ns', () => {
  assert.equal(parseTime('23:59:59.9999999'), 863_999_999_999n);
  assert.equal(parseTime('24:00'), null);
  assert.equal(parseDuration('-P1DT2H3M4.5S'), -937_845_000_000n);
  for (const text of ['P', 'PT', 'P1DT', '1D', 'P1Y'])
    assert.equal(parseDuration(text), null, text);
});
