import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type CalendarDate,
  checkedDate,
  countDays,
  dateAt,
  findNextAnniversary,
  measureGap,
  parseDate,
} from './calendar.ts';

function date(text: string): CalendarDate {
  const parsed = parseDate(text);
  assert.ok(parsed, text);
  return parsed;
}

describe('dates', () => {
  const accepted = [
    ['2024-02-29', { year: 2024, month: 2, day: 29 }],
    ['1990-07-04T00:00:00Z', { year: 1990, month: 7, day: 4 }],
    ['-0044-03-15', { year: -44, month: 3, day: 15 }],
    ['12024-12-31', { year: 12024, month: 12, day: 31 }],
  ] as const;
  for (const [text, expected] of accepted) {
    test(`${text} is a date`, () => assert.deepEqual(parseDate(text), expected));
  }

  for (const value of [
    '2023-02-29',
    '1900-02-29',
    '2024-13-01',
    '2024-04-31',
    '24-1-1',
    '',
    null,
  ]) {
    test(`${JSON.stringify(value)} is no date`, () => assert.equal(parseDate(value), undefined));
  }

  test('a part that is no whole number makes no date', () => {
    assert.equal(checkedDate({ year: 2000, month: Number.NaN, day: 1 }), undefined);
    assert.equal(checkedDate({ year: 2000, month: 1, day: 1.5 }), undefined);
  });

  test('the day of an instant is the day in UTC, before 1970 too', () => {
    assert.deepEqual(dateAt(-1), date('1969-12-31'));
    assert.deepEqual(dateAt(Date.UTC(2024, 11, 31, 23, 59, 59)), date('2024-12-31'));
  });
});

describe('counting days', () => {
  const rows = [
    ['2023-12-31', '2024-01-01', 1],
    ['2024-02-28', '2024-03-01', 2],
    ['2023-02-28', '2023-03-01', 1],
    ['2024-03-01', '2024-02-28', -2],
    // A two-digit year is itself, not one of the twentieth century.
    ['0099-12-31', '0100-01-01', 1],
  ] as const;
  for (const [from, to, days] of rows) {
    test(`from ${from} to ${to} it is ${days}`, () => {
      assert.equal(countDays(date(from), date(to)), days);
    });
  }
});

describe('the next anniversary', () => {
  const rows = [
    ['2010-06-15', '2025-06-15', '2025-06-15'],
    ['2010-06-14', '2025-06-15', '2026-06-14'],
    ['2010-01-02', '2025-12-30', '2026-01-02'],
    ['2016-02-29', '2025-02-01', '2025-02-28'],
    ['2016-02-29', '2024-02-01', '2024-02-29'],
    ['2016-02-29', '2025-03-01', '2026-02-28'],
    ['2016-02-29', '2023-03-01', '2024-02-29'],
  ] as const;
  for (const [start, today, expected] of rows) {
    test(`of ${start}, asked on ${today}, is ${expected}`, () => {
      assert.deepEqual(findNextAnniversary(date(start), date(today)), date(expected));
    });
  }
});

describe('the time between two dates', () => {
  const rows = [
    ['2012-05-01', '2012-05-01', [0, 0, 0]],
    ['2012-11-01', '2013-02-01', [0, 3, 0]],
    ['2012-12-31', '2013-01-01', [0, 0, 1]],
    ['2012-05-01', '2013-08-01', [1, 3, 0]],
    ['2024-01-31', '2024-02-29', [0, 1, 0]],
    ['2023-01-31', '2023-03-01', [0, 1, 1]],
    ['2024-02-29', '2025-02-28', [1, 0, 0]],
    ['2024-02-29', '2025-03-01', [1, 0, 1]],
    ['2024-05-31', '2024-06-29', [0, 0, 29]],
  ] as const;
  for (const [from, to, [years, months, days]] of rows) {
    test(`from ${from} to ${to} is ${years} years, ${months} months and ${days} days`, () => {
      assert.deepEqual(measureGap(date(from), date(to)), { years, months, days });
    });
  }
});
