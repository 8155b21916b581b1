import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseDate } from './calendar.ts';
import { listPositions } from './experiences.ts';
import { isCurrent, listStints } from './stints.ts';

type Row = readonly [company: string | null, start: string | null, end: string | null];

function stintsOf(rows: readonly Row[]): string[] {
  const facets = rows.map(([displayName, startMonthYear, endMonthYear]) => {
    return { detail: { company: { displayName }, startMonthYear, endMonthYear } };
  });
  return listStints(listPositions(facets)).map(({ organization, span }) => {
    const [start, end] = [span.start, span.end].map((date) => date && `${date.year}-${date.month}`);
    return `${organization.name} ${start ?? '?'}..${end ?? ''}`;
  });
}

describe('stints', () => {
  const rows: readonly { name: string; posts: readonly Row[]; stints: readonly string[] }[] = [
    {
      name: 'posts that follow each other are one, whatever the case of the name',
      posts: [
        ['Corvid', '2018-01-01', null],
        ['CORVID ', '2015-01-01', '2018-01-01'],
      ],
      stints: ['Corvid 2015-1..'],
    },
    {
      name: 'a post that ends in one month is followed by one that begins in the next',
      posts: [
        ['Corvid', '2018-02-01', '2019-01-01'],
        ['Corvid', '2015-01-01', '2018-01-01'],
      ],
      stints: ['Corvid 2015-1..2019-1'],
    },
    {
      name: 'a break makes two, the later first',
      posts: [
        ['Corvid', '2018-03-01', null],
        ['Corvid', '2015-01-01', '2018-01-01'],
      ],
      stints: ['Corvid 2018-3..', 'Corvid 2015-1..2018-1'],
    },
    {
      name: 'a post within another does not shorten it',
      posts: [
        ['Corvid', '2010-01-01', '2020-01-01'],
        ['Corvid', '2012-01-01', '2013-01-01'],
      ],
      stints: ['Corvid 2010-1..2020-1'],
    },
    {
      name: 'a post without a start stays alone',
      posts: [
        ['Corvid', null, '2014-01-01'],
        ['Corvid', '2010-01-01', '2012-01-01'],
      ],
      stints: ['Corvid 2010-1..2012-1', 'Corvid ?..2014-1'],
    },
    {
      name: 'other organisations keep apart, and one without a name is left out',
      posts: [
        [null, '2021-01-01', null],
        ['Wren', '2015-01-01', '2018-01-01'],
        ['Corvid', '2018-01-01', '2020-01-01'],
      ],
      stints: ['Corvid 2018-1..2020-1', 'Wren 2015-1..2018-1'],
    },
  ];
  for (const { name, posts, stints } of rows) {
    test(name, () => assert.deepEqual(stintsOf(posts), stints));
  }
});

test('a time is over on the day that it names as its end', () => {
  const today = parseDate('2026-06-15')!;
  const ends = ['2026-06-14', '2026-06-15', '2026-06-16', undefined].map(parseDate);
  const current = ends.map((end) => isCurrent({ start: undefined, end }, today));
  assert.deepEqual(current, [false, false, true, true]);
});
