import assert from 'node:assert/strict';
import { test } from 'node:test';
import { durationValue, partOf, rangeValue, textOf, typedValue } from './document-values.ts';

test('a typed value begins with its type, without #, and leaves out what has no value', () => {
  const value = typedValue('Position', { name: 'Corvid', logo: null, url: undefined, title: '' });
  const text = '{"@odata.type":"microsoft.graph.Position","name":"Corvid","title":""}';
  assert.equal(JSON.stringify(value), text);
});

test('a range without an end stays open, and one without both ends is none', () => {
  const start = { year: 2020, month: 3, day: 1 };
  assert.deepEqual(rangeValue({ start, end: undefined }), {
    '@odata.type': 'microsoft.graph.DateRange',
    start: { '@odata.type': 'microsoft.graph.Date', day: 1, month: 3, year: 2020 },
  });
  assert.equal(rangeValue({ start: undefined, end: undefined }), undefined);
});

test('a duration says its zeros', () => {
  assert.deepEqual(durationValue({ years: 2, months: 0, days: 0 }), {
    '@odata.type': 'microsoft.graph.Duration',
    numDays: 0,
    numMonths: 0,
    numYears: 2,
  });
});

test('an empty text says nothing, and neither does what is no text', () => {
  assert.deepEqual(['Mira', '', ' ', null, 7, undefined].map(textOf), [
    'Mira',
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test('what is no complex value has no members', () => {
  assert.deepEqual([{ a: 1 }, null, [1], 'text', undefined].map(partOf), [
    { a: 1 },
    {},
    {},
    {},
    {},
  ]);
});
