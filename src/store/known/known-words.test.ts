import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileModel } from '#model/compile.ts';
import { declarations } from '#model/declarations.ts';
import { facetHomes } from '#model/profile/facet-homes.ts';
import { resources } from '#model/resources.ts';
import type { Document } from '#plan/document.ts';
import { derivedId } from '#plan/facet-id.ts';
import { type KnownWord, wordsOfContact, wordsOfFacet, wordsOfUser } from './known-words.ts';

const model = compileModel(declarations, resources, 'store');
const personId = '7796b019-391a-4afc-899e-5474ed2c8d5b';
const key = '0f8fad5b-d9cb-469f-a165-70867728950e';

function wordsIn(facet: string, members: Document, of = key): readonly KnownWord[] {
  const profile = model.types.get('microsoft.graph.profile');
  assert.ok(profile?.kind === 'entity');
  const type = profile.navigation.get(facet)!.target;
  return wordsOfFacet(facet, type, { key: of, members });
}

function rankOf(words: readonly KnownWord[], word: string): number {
  const found = words.find((each) => each.word === word);
  assert.ok(found, `${word} among ${words.map((each) => each.word).join()}`);
  return found.rank;
}

test('what a facet is called ranks before what is said of it, and experts before beginners', () => {
  const expert = wordsIn('skills', { displayName: 'Rust', proficiency: 'expert' });
  const beginner = wordsIn('skills', { displayName: 'Rust', proficiency: 'elementary' });
  const more = wordsIn('skills', { displayName: 'Rust and Go', proficiency: 'expert' });
  const aside = wordsIn('skills', { displayName: 'Go', categories: ['Rust'] });
  const ranks = [expert, beginner, more, aside].map((words) => rankOf(words, 'skills·rust'));
  assert.deepEqual(
    ranks.toSorted((one, other) => one - other),
    ranks,
  );
  assert.equal(new Set(ranks).size, ranks.length);
});

test('a word that is put together is found by its parts, behind what is called so', () => {
  const words = wordsIn('skills', { displayName: 'JavaScript' });
  assert.ok(rankOf(words, 'skills·java') > rankOf(words, 'skills·javascript'));
});

test('audiences are summed up; a facet without one is for the organization', () => {
  const cases: readonly [audience: string | null, sum: number][] = [
    [null, 8],
    ['me', 0],
    ['family, contacts', 3],
    ['everyone', 32],
    ['unknownFutureValue', 0],
  ];
  for (const [allowedAudiences, sum] of cases) {
    const [word] = wordsIn('skills', { displayName: 'Rust', allowedAudiences });
    assert.equal(word?.audience, sum, String(allowedAudiences));
  }
});

test('an unsearched facet has no words, and hides the same value of the user', () => {
  const members = { displayName: 'Rust', isSearchable: false };
  assert.deepEqual(wordsIn('awards', members), []);
  const [mark, ...more] = wordsIn('skills', members);
  const started = wordsOfUser({ id: personId, skills: ['Rust'] });
  assert.deepEqual([mark?.word, mark?.part, more], ['', started[0]?.part, []]);
});

test('links, tags and ids are no words', () => {
  const words = wordsIn('languages', {
    displayName: 'Welsh',
    tag: 'cy',
    thumbnailUrl: 'https://x',
  });
  assert.deepEqual(
    words.map(({ word }) => word),
    ['languages·welsh'],
  );
});

test('what starts from the user names the property, and is one with what is added to it', () => {
  const home = facetHomes.find(({ slot }) => slot === 'jobTitle')!;
  const started = wordsOfUser({ id: personId, jobTitle: 'Ferry Pilot', skills: ['Rust'] });
  const pilot = started.find(({ word }) => word === 'positions·pilot');
  assert.equal(pilot?.home, 'jobTitle');
  assert.equal(started.find(({ word }) => word === 'skills·rust')?.home, 'skills');
  const added = wordsIn(
    'positions',
    { allowedAudiences: 'me', detail: { jobTitle: 'Old', summary: 'Steers' } },
    derivedId(personId, home),
  );
  assert.ok(added.every(({ part }) => part === pilot?.part));
  const marks = added.filter(({ word }) => word === '');
  assert.deepEqual(
    marks.map(({ audience }) => audience),
    [0],
  );
  // The title is the user's: what was kept of it says nothing.
  assert.ok(!added.some(({ word }) => word === 'positions·old'));
  rankOf(added, 'positions·steers');
});

test('a contact is found by addresses alone', () => {
  const members: Document = {
    displayName: 'Ann',
    emailAddresses: [{ address: 'Ann@Fernhollow.example', name: 'Ann' }, { address: null }],
  };
  const [word, ...more] = wordsOfContact('contacts', 'c1', members);
  assert.equal(word?.word, 'contact·ann@fernhollow.example');
  assert.deepEqual([word?.home, more], ['/c1', []]);
});
