import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseDate } from './calendar.ts';
import type { Span } from './document-values.ts';
import { compareSpans, overlapValue } from './overlap.ts';

const today = parseDate('2026-06-15')!;

function span(text: string): Span {
  const [start, end] = text.split('..').map(parseDate);
  return { start, end };
}

function describeOverlap(viewer: string, viewee: string) {
  const overlap = compareSpans({ viewer: span(viewer), viewee: span(viewee) }, today);
  return overlap && overlapValue(overlap);
}

function duration(numYears: number, numMonths: number, numDays = 0) {
  const members = { numDays, numMonths, numYears };
  return { duration: { '@odata.type': 'microsoft.graph.Duration', ...members } };
}

function dateRange(start: string, end?: string) {
  const date = (text: string) => ({ '@odata.type': 'microsoft.graph.Date', ...parseDate(text) });
  const range = { '@odata.type': 'microsoft.graph.DateRange', start: date(start) };
  return { dateRange: end === undefined ? range : { ...range, end: date(end) } };
}

describe('how two times lie to each other', () => {
  const rows = [
    {
      name: 'both are there and the viewer came first',
      viewer: '2012-05-01..',
      viewee: '2013-08-01..',
      type: 'BOTH_CURRENT_VIEWER_STARTED_FIRST',
      detail: duration(1, 3),
    },
    {
      name: 'both are there and the viewee came first, over the turn of a year',
      viewer: '2014-02-01..',
      viewee: '2011-11-01..',
      type: 'BOTH_CURRENT_VIEWEE_STARTED_FIRST',
      detail: duration(2, 3),
    },
    {
      name: 'both are there and came a day apart in two months',
      viewer: '2014-01-31..',
      viewee: '2014-02-01..',
      type: 'BOTH_CURRENT_VIEWER_STARTED_FIRST',
      detail: duration(0, 0, 1),
    },
    {
      name: 'both are there and came in the same month',
      viewer: '2014-02-20..',
      viewee: '2014-02-01..',
      type: 'BOTH_CURRENT_STARTED_IN_SAME_MONTH',
      detail: dateRange('2014-02-20'),
    },
    {
      name: 'an end that is still to come counts as being there',
      viewer: '2014-02-01..2026-06-16',
      viewee: '2014-03-01..',
      type: 'BOTH_CURRENT_VIEWER_STARTED_FIRST',
      detail: duration(0, 1),
    },
    {
      name: 'the viewer had left before the viewee came',
      viewer: '2010-01-01..2012-02-29',
      viewee: '2014-08-29..',
      type: 'NOT_BOTH_CURRENT_NO_OVERLAP_VIEWER_STARTED_FIRST',
      detail: duration(2, 6),
    },
    {
      name: 'the viewee had left before the viewer came',
      viewer: '2013-01-01..2014-01-01',
      viewee: '2009-01-01..2012-12-01',
      type: 'NOT_BOTH_CURRENT_NO_OVERLAP_VIEWEE_STARTED_FIRST',
      detail: duration(0, 1),
    },
    {
      name: 'one left on the day on which the other came, for an end is exclusive',
      viewer: '2010-01-01..2012-03-01',
      viewee: '2012-03-01..',
      type: 'NOT_BOTH_CURRENT_NO_OVERLAP_VIEWER_STARTED_FIRST',
      detail: duration(0, 0),
    },
    {
      name: 'both were there for a while',
      viewer: '2010-01-01..2014-06-01',
      viewee: '2012-05-01..2016-01-01',
      type: 'NOT_BOTH_CURRENT_OVERLAP',
      detail: dateRange('2012-05-01', '2014-06-01'),
    },
    {
      name: 'one is still there and was there with the other',
      viewer: '2012-05-01..',
      viewee: '2010-01-01..2012-06-01',
      type: 'NOT_BOTH_CURRENT_OVERLAP',
      detail: dateRange('2012-05-01', '2012-06-01'),
    },
    {
      name: 'both came on one day and one left first',
      viewer: '2012-05-01..2013-01-01',
      viewee: '2012-05-01..',
      type: 'NOT_BOTH_CURRENT_OVERLAP',
      detail: dateRange('2012-05-01', '2013-01-01'),
    },
  ];
  for (const { name, viewer, viewee, type, detail } of rows) {
    test(name, () => {
      assert.deepEqual(describeOverlap(viewer, viewee), {
        '@odata.type': 'microsoft.graph.OverlapInfo',
        detail: { '@odata.type': 'microsoft.graph.OverlapInfoDetail', ...detail },
        overlapType: type,
      });
    });
  }

  const unknown = [
    ['a start is unknown', '..2014-01-01', '2010-01-01..'],
    ['a time ends before it began', '2015-01-01..2014-01-01', '2010-01-01..'],
    ['a time has no length', '2010-01-01..', '2015-01-01..2015-01-01'],
  ] as const;
  for (const [name, viewer, viewee] of unknown) {
    test(`nothing is said where ${name}`, () => {
      assert.equal(describeOverlap(viewer, viewee), undefined);
    });
  }
});
