import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatDay, formatDuration, formatInstant, formatTime } from './format-moment.ts';
import { parseDay, parseDuration, parseInstant, parseTime } from './moment.ts';

test('days, times, instants and durations are written as they are read', () => {
  for (const text of ['0001-01-01', '1999-12-31', '2000-02-29', '9999-12-31']) {
    assert.equal(formatDay(parseDay(text)!), text);
  }
  for (const text of ['00:00:00', '23:59:59.9999999', '07:08:09.01']) {
    assert.equal(formatTime(parseTime(text)!), text);
  }
  for (const text of ['2026-03-01T05:06:07.5Z', '0001-01-01T00:00:00Z']) {
    assert.equal(formatInstant(parseInstant(text)!), text);
  }
  for (const text of ['PT0S', 'P1D', '-P2DT3H4M5.25S', 'PT1M', 'PT0.5S']) {
    assert.equal(formatDuration(parseDuration(text)!), text);
  }
});

test('an instant of another zone is written in UTC', () => {
  assert.equal(formatInstant(parseInstant('2026-01-01T01:00:00+02:00')!), '2025-12-31T23:00:00Z');
});
