import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { listEducations, listPositions, showRecent } from './experiences.ts';

/** A position of this name, from one month to another; null leaves a date out. */
function position(displayName: string, start: string | null, end: string | null) {
  const detail = { company: { displayName }, startMonthYear: start, endMonthYear: end };
  return { detail };
}

function namesOf(experiences: ReturnType<typeof listPositions>): string[] {
  return experiences.map(({ organization }) => organization.name);
}

describe('positions', () => {
  test('what still goes on comes first, then by end, then by start', () => {
    const sorted = listPositions([
      position('ended early', '2001-01-01', '2005-01-01'),
      position('current since 2015', '2015-01-01', null),
      position('ended late, short', '2009-01-01', '2010-01-01'),
      position('current, start unknown', null, null),
      position('ended late, long', '2002-01-01', '2010-01-01'),
      position('current since 2018', '2018-01-01', null),
    ]);
    assert.deepEqual(namesOf(sorted), [
      'current since 2018',
      'current since 2015',
      'current, start unknown',
      'ended late, short',
      'ended late, long',
      'ended early',
    ]);
  });

  test('equal dates keep the order of the store', () => {
    const sorted = listPositions([position('a', null, null), position('b', null, null)]);
    assert.deepEqual(namesOf(sorted), ['a', 'b']);
  });

  test('the profile shows three of four', () => {
    const facets = ['2001', '2002', '2003', '2004'].map((year) =>
      position(year, `${year}-01-01`, `${year}-12-01`),
    );
    const shown = showRecent(listPositions(facets)).map(({ name }) => name);
    assert.deepEqual(shown, ['2004', '2003', '2002']);
  });

  test('a position shows its company, title, dates and description', () => {
    const company = {
      displayName: 'Corvid Systems',
      webUrl: 'https://corvid.example',
      officeLocation: 'Hamburg',
      address: { city: 'Kiel' },
    };
    const detail = {
      ...{ company, jobTitle: 'Engineer', description: 'Built things.', summary: 'Not this.' },
      ...{ startMonthYear: '2012-05-01', endMonthYear: '2014-06-01' },
    };
    assert.deepEqual(listPositions([{ detail }])[0]!.value, {
      '@odata.type': 'microsoft.graph.Position',
      name: 'Corvid Systems',
      url: 'https://corvid.example',
      location: 'Hamburg',
      title: 'Engineer',
      startEndDate: {
        '@odata.type': 'microsoft.graph.DateRange',
        start: { '@odata.type': 'microsoft.graph.Date', day: 1, month: 5, year: 2012 },
        end: { '@odata.type': 'microsoft.graph.Date', day: 1, month: 6, year: 2014 },
      },
      description: 'Built things.',
    });
  });

  test('a position without any detail has an empty name and nothing else', () => {
    const expected = { '@odata.type': 'microsoft.graph.Position', name: '' };
    assert.deepEqual(listPositions([{ detail: null }])[0]!.value, expected);
  });
});

describe('educations', () => {
  test('an education shows its school, degree, fields and dates', () => {
    const facet = {
      institution: { displayName: 'Tallinnova College', location: { city: 'Tallinn' } },
      program: { displayName: 'MSc', fieldsOfStudy: ['Physics', 'Law'], description: 'Optics.' },
      completionMonthYear: '2009-07-01',
      startMonthYear: '2005-09-01',
      endMonthYear: null,
    };
    assert.deepEqual(listEducations([facet])[0]!.value, {
      '@odata.type': 'microsoft.graph.Education',
      name: 'Tallinnova College',
      location: 'Tallinn',
      degreeName: 'MSc',
      startEndDate: {
        '@odata.type': 'microsoft.graph.DateRange',
        start: { '@odata.type': 'microsoft.graph.Date', day: 1, month: 9, year: 2005 },
        end: { '@odata.type': 'microsoft.graph.Date', day: 1, month: 7, year: 2009 },
      },
      fieldOfStudy: 'Physics, Law',
      description: 'Optics.',
    });
  });

  test('no fields of study are not an empty field', () => {
    const [education] = listEducations([{ program: { fieldsOfStudy: [] } }]);
    assert.equal('fieldOfStudy' in education!.value, false);
  });
});

describe('the post that the directory knows', () => {
  test('is none of its own beside a current one at the same company', () => {
    const told = [position('Wren', '2020-01-01', null), position('Corvid', null, '2019-01-01')];
    const known = [position('wren ', null, null)];
    assert.deepEqual(namesOf(listPositions(told, known)), ['Wren', 'Corvid']);
  });

  test('is one where the person tells of none there now', () => {
    const told = [position('Wren', '2012-01-01', '2020-01-01')];
    assert.deepEqual(namesOf(listPositions(told, [position('Wren', null, null)])), [
      'Wren',
      'Wren',
    ]);
  });
});
