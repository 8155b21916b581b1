import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dateOf, dayOf, firstOfMonth, formatDate, formatMoment, today } from './calendar.ts';

test('day numbers agree with the Gregorian calendar, leap years included', () => {
  assert.equal(dayOf(1970, 1, 1), 0);
  assert.equal(dayOf(2000, 2, 29), 11_016);
  assert.equal(dayOf(2000, 3, 1), 11_017);
  assert.equal(dayOf(1900, 3, 1) - dayOf(1900, 2, 28), 1);
  assert.equal(today, 20_758);
});

test('every day of two centuries is found again from its number', () => {
  for (let day = dayOf(1900, 1, 1); day < dayOf(2101, 1, 1); day++) {
    const { year, month, day: dayOfMonth } = dateOf(day);
    assert.equal(dayOf(year, month, dayOfMonth), day);
    assert.ok(month >= 1 && month <= 12 && dayOfMonth >= 1 && dayOfMonth <= 31);
  }
});

test('days and moments are written as Edm.Date and Edm.DateTimeOffset', () => {
  assert.equal(formatDate(dayOf(2026, 3, 7)), '2026-03-07');
  assert.equal(formatMoment(dayOf(1984, 5, 17)), '1984-05-17T00:00:00Z');
  assert.equal(formatMoment(dayOf(2026, 11, 1), 86_399), '2026-11-01T23:59:59Z');
  assert.equal(formatDate(firstOfMonth(dayOf(2024, 2, 29))), '2024-02-01');
});
