import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Document } from '#plan/document.ts';
import { parseDate } from './calendar.ts';
import { listEducations, listPositions } from './experiences.ts';
import { describeHighlights, type HighlightFacts } from './highlights.ts';

const nobody = { positions: [], educations: [] };
const today = parseDate('2026-06-15')!;

const nothing: HighlightFacts = {
  viewer: nobody,
  viewee: nobody,
  name: 'Mary',
  shared: { top: [], count: 0, page: 'https://page.example/' },
  birthday: undefined,
  today,
  language: 'en',
};

function acquaintance(fullName: string) {
  const [firstName, lastName] = fullName.split(' ');
  const person = { owner: 9, id: fullName, picture: null };
  return { ...person, firstName: firstName!, lastName, fullName };
}

function positionsOf(displayName: string, webUrl: string | null, start: string) {
  return listPositions([{ detail: { company: { displayName, webUrl }, startMonthYear: start } }]);
}

function describeAll(facts: Partial<HighlightFacts>) {
  const { simpleProfileHighlights, profileHighlights } = describeHighlights({
    ...nothing,
    ...facts,
  });
  return { simple: simpleProfileHighlights as Document[], data: profileHighlights as Document[] };
}

describe('highlights', () => {
  test('people who have nothing in common have none', () => {
    assert.deepEqual(describeAll({}), { simple: [], data: [] });
  });

  test('whom both know is one sentence and one value', () => {
    const top = ['Peter Pan', 'Thomas Lee', 'Ann Poe'].map(acquaintance);
    const shared = { top, count: 75, page: 'https://page.example/' };
    const { simple, data } = describeAll({ shared });
    assert.deepEqual(simple, [
      {
        '@odata.type': 'microsoft.graph.SimpleProfileHighlight',
        title: '75 Mutual Connections',
        detail: 'You and Mary both know Peter Pan, Thomas Lee, and 73 others.',
        type: 'SharedConnections',
        link: 'https://page.example/',
      },
    ]);
    const person = { '@odata.type': 'microsoft.graph.SharedConnection' };
    assert.deepEqual(data, [
      {
        '@odata.type': 'microsoft.graph.DecoratedProfileProfileHighlights',
        sharedConnections: {
          '@odata.type': 'microsoft.graph.SharedConnections',
          topSharedConnections: [
            { ...person, firstName: 'Peter', lastName: 'Pan' },
            { ...person, firstName: 'Thomas', lastName: 'Lee' },
            { ...person, firstName: 'Ann', lastName: 'Poe' },
          ],
          totalCount: 75,
          sharedConnectionPage: 'https://page.example/',
        },
      },
    ]);
  });

  test('three people are all named', () => {
    const top = ['Peter Pan', 'Thomas Lee', 'Ann Poe'].map(acquaintance);
    const { simple } = describeAll({ shared: { top, count: 3, page: '' } });
    const detail = 'You and Mary both know Peter Pan, Thomas Lee, and Ann Poe.';
    assert.equal(simple[0]!.detail, detail);
  });

  test('each shared company and school is a sentence, all of a kind are one value', () => {
    const educations = listEducations([
      { institution: { displayName: 'Duke' }, startMonthYear: '2010-09-01' },
    ]);
    const viewer = { positions: positionsOf('WREN', null, '2019-03-01'), educations };
    const viewee = {
      positions: positionsOf('Wren', 'https://wren.example', '2020-03-01'),
      educations,
    };
    const { simple, data } = describeAll({ viewer, viewee, language: 'de' });
    assert.deepEqual(simple, [
      {
        '@odata.type': 'microsoft.graph.SimpleProfileHighlight',
        title: 'Gemeinsamer Arbeitgeber: Wren',
        detail: 'Sie haben 1 Jahr vor Mary bei Wren angefangen.',
        type: 'SharedExperiences',
        link: 'https://wren.example',
      },
      {
        '@odata.type': 'microsoft.graph.SimpleProfileHighlight',
        title: 'Gemeinsame Bildungsstätte: Duke',
        detail: 'Sie und Mary haben im selben Monat an Duke angefangen.',
        type: 'SharedEducations',
      },
    ]);
    const members = data.map(({ '@odata.type': _, ...rest }) => Object.keys(rest));
    assert.deepEqual(members, [['sharedExperiences'], ['sharedEducations']]);
  });

  test('each value has one member, in a fixed order', () => {
    const positions = positionsOf('Wren', null, '2026-05-01');
    const { data } = describeAll({
      viewer: { positions, educations: [] },
      viewee: { positions, educations: [] },
      birthday: { month: 6, day: 20 },
      shared: { top: [acquaintance('Ann Poe')], count: 1, page: '' },
    });
    const members = data.map(({ '@odata.type': _, ...rest }) => Object.keys(rest));
    const expected = [['sharedConnections'], ['sharedExperiences'], ['birthday'], ['meetNewHire']];
    assert.deepEqual(members, expected);
  });
});
