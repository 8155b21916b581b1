import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Refusal } from '#errors.ts';
import type { Document } from '#plan/document.ts';
import { checkFacet } from './check-facet.ts';

function refusedOf(facet: string, members: Document): string | undefined {
  try {
    checkFacet({ facet, resource: 'x', before: 'in/' }, members);
    return undefined;
  } catch (error) {
    return (error as Refusal).target;
  }
}

const cases: readonly (readonly [facet: string, members: Document, refused?: string])[] = [
  ['skills', { displayName: 'Rust' }],
  ['skills', { displayName: '  ' }, 'displayName'],
  ['skills', { displayName: 'x'.repeat(257) }, 'displayName'],
  ['skills', { displayName: 'x', categories: Array(101).fill('y') }, 'categories'],
  ['skills', { displayName: 'x', collaborationTags: ['askMeAbout'] }],
  ['skills', { displayName: 'x', allowedAudiences: 'me,unknownFutureValue' }, 'allowedAudiences'],
  [
    'skills',
    { displayName: 'x', inference: { confidenceScore: 1.1 } },
    'inference/confidenceScore',
  ],
  ['addresses', { detail: { street: null } }, 'displayName'],
  ['addresses', { detail: { street: 'Mill Row' } }],
  ['addresses', { geoCoordinates: { latitude: 0, longitude: -181 } }, 'geoCoordinates/longitude'],
  ['account', {}],
  ['languages', { tag: 'en-US' }],
  ['positions', { detail: { startMonthYear: '2020-01-01', endMonthYear: '2020-01-01' } }],
  [
    'educationalActivities',
    {
      program: { displayName: 'x' },
      startMonthYear: '2020-01-01',
      completionMonthYear: '2019-12-31',
    },
    'completionMonthYear',
  ],
  ['projects', { displayName: 'x', client: { webUrl: 'data:x' } }, 'client/webUrl'],
  ['projects', { displayName: 'x', client: { address: { street: 'not@an@address' } } }],
];

for (const [facet, members, refused] of cases) {
  const text = JSON.stringify(members).slice(0, 50);
  test(`${facet} ${text} ${refused === undefined ? 'is kept' : 'is refused by name'}`, () => {
    assert.equal(refusedOf(facet, members), refused === undefined ? undefined : `in/${refused}`);
  });
}
