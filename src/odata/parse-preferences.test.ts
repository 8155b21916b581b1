import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Preferences, parsePreferences } from './parse-preferences.ts';

const nothing: Preferences = {
  ...{ return: undefined, maxPageSize: undefined, omitValues: undefined },
  ...{ isAsync: false, waitSeconds: undefined, trackChanges: false },
};

const cases: readonly (readonly [string | undefined, Partial<Preferences>])[] = [
  [undefined, {}],
  ['', {}],
  ['return=minimal', { return: 'minimal' }],
  ['return="representation"', { return: 'representation' }],
  ['return=everything', {}],
  ['return=minimal, return=representation', { return: 'minimal' }],
  ['odata.maxpagesize=5', { maxPageSize: 5 }],
  ['MaxPageSize = 5; foo=bar', { maxPageSize: 5 }],
  ['maxpagesize=0', {}],
  ['maxpagesize=five, return=minimal', { return: 'minimal' }],
  ['maxpagesize=99999999999999999999', { maxPageSize: 2 ** 31 - 1 }],
  ['omit-values=nulls', { omitValues: 'nulls' }],
  ['odata.omit-values=Defaults', { omitValues: 'defaults' }],
  ['omit-values=all', {}],
  ['foo="a,return=minimal", respond-async', { isAsync: true }],
  ['odata.Respond-Async, wait=10', { isAsync: true, waitSeconds: 10 }],
  ['respond-async=1, wait=soon', {}],
  ['odata.track-changes', { trackChanges: true }],
  ['return=minimal, Track-Changes', { return: 'minimal', trackChanges: true }],
  ['foo="a\\",return=minimal", return=representation', { return: 'representation' }],
  ['=, ;, "', {}],
];

for (const [header, expected] of cases) {
  test(`Prefer: ${header} asks for ${JSON.stringify(expected)}`, () => {
    assert.deepEqual(parsePreferences(header), { ...nothing, ...expected });
  });
}
