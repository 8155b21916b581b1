import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDate } from './calendar.ts';
import { type Experience, listPositions } from './experiences.ts';
import { findSharedOrganizations, sharedOrganizationValue } from './shared-organizations.ts';

const today = parseDate('2026-06-15')!;

/** Positions as `Company 2010-01-01..2012-01-01`. */
function positions(...lines: readonly string[]): Experience[] {
  const facets = lines.map((line) => {
    const [, displayName, start, end] = /^(.*) (\S*)\.\.(\S*)$/.exec(line)!;
    const company = { displayName: displayName! };
    return { detail: { company, startMonthYear: start!, endMonthYear: end! } };
  });
  return listPositions(facets);
}

function overlapsOf(viewer: Experience[], viewee: Experience[]) {
  const shared = findSharedOrganizations(viewer, viewee, today);
  return shared.map(({ organization, overlap }) => [organization.name, overlap?.type]);
}

test('organisations meet by their folded names and are spelled as the viewee spells them', () => {
  const viewer = positions('STRASSE AG 2010-01-01..2011-01-01', 'Wren 2012-01-01..');
  const viewee = positions('Straße AG 2010-06-01..2012-01-01', 'Corvid 2012-01-01..');
  assert.deepEqual(overlapsOf(viewer, viewee), [['Straße AG', 'NOT_BOTH_CURRENT_OVERLAP']]);
});

test('organisations without a name are not the same organisation', () => {
  assert.deepEqual(overlapsOf(positions(' 2010-01-01..'), positions(' 2010-01-01..')), []);
});

test("each organisation stands once, the viewee's most recent first", () => {
  const viewer = positions('Wren 2001-01-01..2005-01-01', 'Corvid 2005-01-01..2009-01-01');
  const viewee = positions(
    'Corvid 2014-01-01..',
    'Wren 2006-01-01..2010-01-01',
    'Corvid 2000-01-01..2001-01-01',
  );
  assert.deepEqual(overlapsOf(viewer, viewee), [
    ['Corvid', 'NOT_BOTH_CURRENT_NO_OVERLAP_VIEWER_STARTED_FIRST'],
    ['Wren', 'NOT_BOTH_CURRENT_NO_OVERLAP_VIEWER_STARTED_FIRST'],
  ]);
});

test('an earlier time together counts more than later times apart', () => {
  const viewer = positions('Wren 2000-01-01..2004-01-01');
  const viewee = positions('Wren 2010-01-01..2012-01-01', 'Wren 2003-01-01..2005-01-01');
  assert.deepEqual(overlapsOf(viewer, viewee), [['Wren', 'NOT_BOTH_CURRENT_OVERLAP']]);
});

test('being there together now counts more than an earlier time together', () => {
  const viewer = positions('Wren 2000-01-01..2004-01-01', 'Wren 2020-01-01..');
  const viewee = positions('Wren 2001-01-01..2005-01-01', 'Wren 2021-01-01..');
  assert.deepEqual(overlapsOf(viewer, viewee), [['Wren', 'BOTH_CURRENT_VIEWER_STARTED_FIRST']]);
});

test('a promotion does not move the start', () => {
  const viewer = positions('Wren 2024-01-01..', 'Wren 2012-01-01..2024-01-01');
  const viewee = positions('Wren 2015-01-01..');
  assert.deepEqual(overlapsOf(viewer, viewee), [['Wren', 'BOTH_CURRENT_VIEWER_STARTED_FIRST']]);
});

test('unknown times leave the organisation without an overlap', () => {
  const [shared] = findSharedOrganizations(positions('Wren ..'), positions('Wren ..'), today);
  assert.deepEqual(sharedOrganizationValue('SharedEducation', shared!), {
    '@odata.type': 'microsoft.graph.SharedEducation',
    name: 'Wren',
  });
});
