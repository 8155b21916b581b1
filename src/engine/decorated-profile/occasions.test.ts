import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseDate } from './calendar.ts';
import { dateValue, partOf } from './document-values.ts';
import { listPositions } from './experiences.ts';
import { listOccasions } from './occasions.ts';

/** Positions as `Company 2010-01-01..2012-01-01`, asked about on a day. */
function occasionsOf(today: string, lines: readonly string[], birthday?: string) {
  const facets = lines.map((line) => {
    const [, displayName, start, end] = /^(.*) (\S*)\.\.(\S*)$/.exec(line)!;
    const company = { displayName: displayName! };
    return { detail: { company, startMonthYear: start!, endMonthYear: end! } };
  });
  return listOccasions({
    positions: listPositions(facets),
    birthday: parseDate(birthday),
    today: parseDate(today)!,
  });
}

describe('work anniversaries', () => {
  const rows = [
    ['today', '2026-06-15', ['Wren 2016-06-15..'], [10, '2016-06-15']],
    ['in seven days', '2026-06-15', ['Wren 2025-06-22..'], [1, '2025-06-22']],
    ['over the turn of a year', '2026-12-30', ['Wren 2020-01-05..'], [7, '2020-01-05']],
    ['of the 29th of February', '2026-02-25', ['Wren 2016-02-29..'], [10, '2016-02-29']],
    [
      'of the day on which the member came, not of a promotion',
      '2026-06-15',
      ['Wren 2020-06-20..', 'Wren 2011-06-20..2020-06-20'],
      [15, '2011-06-20'],
    ],
  ] as const;
  for (const [name, today, positions, [numberOfYears, startedOn]] of rows) {
    test(`one is ${name}`, () => {
      const workAnniversary = {
        '@odata.type': 'microsoft.graph.WorkAnniversary',
        name: 'Wren',
        startedOn: dateValue(parseDate(startedOn)!),
        numberOfYears,
      };
      assert.deepEqual(occasionsOf(today, positions), [{ workAnniversary }]);
    });
  }

  const none = [
    ['in eight days', '2026-06-15', ['Wren 2016-06-23..']],
    ['yesterday', '2026-06-15', ['Wren 2016-06-14..']],
    ['at a former employer', '2026-06-15', ['Wren 2016-06-15..2020-01-01']],
    ['before the first year is over', '2026-06-15', ['Wren 2026-06-20..']],
    ['of an unknown day', '2026-06-15', ['Wren ..']],
  ] as const;
  for (const [name, today, positions] of none) {
    test(`none is ${name}`, () => assert.deepEqual(occasionsOf(today, positions), []));
  }
});

describe('birthdays', () => {
  const rows = [
    ['1990-06-15', '2026-06-15', '2026-06-15'],
    ['1990-06-22', '2026-06-15', '2026-06-22'],
    ['1990-01-01', '2026-12-26', '2027-01-01'],
    ['2000-02-29', '2027-02-28', '2027-02-28'],
    ['1990-06-23', '2026-06-15', undefined],
    ['1990-06-14', '2026-06-15', undefined],
  ] as const;
  for (const [born, today, celebrated] of rows) {
    test(`one of ${born} is celebrated on ${celebrated ?? 'no day soon'} as of ${today}`, () => {
      const expected = celebrated && {
        birthday: {
          '@odata.type': 'microsoft.graph.Birthday',
          celebratedOn: dateValue(parseDate(celebrated)!),
        },
      };
      assert.deepEqual(occasionsOf(today, [], born), expected ? [expected] : []);
    });
  }
});

describe('new positions', () => {
  /** Each occasion as its name, with the type of a change. */
  function namesOf(lines: readonly string[]): string[] {
    return occasionsOf('2026-06-15', lines).flatMap((occasion) =>
      Object.entries(occasion).map(([name, value]) =>
        [name, partOf(value).positionChangeType].filter(Boolean).join(' '),
      ),
    );
  }

  const rows = [
    ['a first position is a new hire', ['Wren 2026-05-01..'], ['meetNewHire']],
    ['a post is new for 90 days', ['Wren 2026-03-17..'], ['meetNewHire']],
    ['a post is not new after 91 days', ['Wren 2026-03-16..'], []],
    ['a post that is still to come is not new', ['Wren 2026-06-16..'], []],
    ['a new post that is over already is not new', ['Wren 2026-05-01..2026-06-01'], []],
    [
      'a post at another company is a hire and a change',
      ['Wren 2026-05-01..', 'Corvid 2016-01-01..2026-05-01'],
      ['meetNewHire', 'positionChange COMPANY_CHANGE'],
    ],
    [
      'a post at the same company is a promotion',
      ['Wren 2026-05-01..', 'WREN 2016-01-01..2026-05-01'],
      ['positionChange PROMOTION'],
    ],
    [
      'a return is a change of company and no new hire',
      ['Wren 2026-05-01..', 'Corvid 2016-01-01..2026-05-01', 'Wren 2010-01-01..2016-01-01'],
      ['positionChange COMPANY_CHANGE'],
    ],
    [
      'a post beside one that goes on is an additional one',
      ['Wren 2026-05-01..', 'Corvid 2016-01-01..'],
      ['meetNewHire', 'positionChange ADDITIONAL_POSITION'],
    ],
    [
      'of two posts that begin on one day neither comes before the other',
      ['Wren 2026-05-01..', 'Corvid 2026-05-01..2026-06-01'],
      ['meetNewHire'],
    ],
    [
      'a post at a company without a name is a change and no hire',
      [' 2026-05-01..', 'Corvid 2016-01-01..2026-05-01'],
      ['positionChange COMPANY_CHANGE'],
    ],
  ] as const;
  for (const [name, positions, occasions] of rows) {
    test(name, () => assert.deepEqual(namesOf(positions), occasions));
  }

  test('a change shows the new post and the last one before it', () => {
    const [, occasion] = occasionsOf('2026-06-15', [
      'Wren 2026-05-01..',
      'Sideline 2001-01-01..',
      'Corvid 2016-01-01..2026-05-01',
      'Galehaven 2014-01-01..2016-01-01',
    ]);
    const change = partOf(occasion!.positionChange);
    const names = [change.newPosition, change.oldPosition].map((each) => partOf(each).name);
    assert.deepEqual(names, ['Wren', 'Corvid']);
  });

  test('a new hire shows the day', () => {
    assert.deepEqual(occasionsOf('2026-06-15', ['Wren 2026-05-04..']), [
      {
        meetNewHire: {
          '@odata.type': 'microsoft.graph.MeetNewHire',
          name: 'Wren',
          hiredOn: { '@odata.type': 'microsoft.graph.Date', day: 4, month: 5, year: 2026 },
        },
      },
    ]);
  });
});
