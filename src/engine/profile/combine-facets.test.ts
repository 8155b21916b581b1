import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Document } from '#plan/document.ts';
import { derivedId } from '#plan/facet-id.ts';
import { combineFacets } from './combine-facets.ts';
import { homesOf } from './derive-facets.ts';

const id = '7796b019-391a-4afc-899e-5474ed2c8d5b';

function combine(facet: string, user: Document, stored: readonly Document[] = []) {
  const rows = stored.map((each) => ({
    key: String(each.id),
    version: 7,
    text: JSON.stringify(each),
  }));
  return combineFacets(facet, { members: { id, ...user }, version: 3 }, { stored: rows });
}

function tell(facet: string, user: Document, stored?: readonly Document[]) {
  return combine(facet, user, stored).map(({ members }) => members.displayName);
}

test('a name starts from the user, and its id stays when the name changes', () => {
  const [before] = combine('names', { displayName: 'Ada', givenName: 'Ada' });
  const [after] = combine('names', { displayName: 'Ada King', surname: 'King' });
  assert.equal(before!.members.first, 'Ada');
  assert.equal(after!.members.last, 'King');
  assert.equal(before!.key, after!.key);
  assert.equal(before!.version, 3);
  assert.match(before!.key, /^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});

test('what the user does not have starts no facet', () => {
  const nothing = { displayName: null, birthday: '0001-01-01T00:00:00Z', businessPhones: [] };
  for (const facet of ['names', 'anniversaries', 'phones', 'positions', 'skills', 'awards']) {
    assert.deepEqual(combine(facet, nothing), [], facet);
  }
});

test('an anniversary has the day of a time', () => {
  const [birthday] = combine('anniversaries', { birthday: '1990-05-06T22:00:00Z' });
  assert.equal(birthday!.members.date, '1990-05-06');
  assert.equal(birthday!.members.type, 'birthday');
});

test('complex values of a facet name their types', () => {
  const [position] = combine('positions', { jobTitle: 'Engineer', city: 'Bern' });
  const detail = position!.members.detail as Document;
  const company = detail.company as Document;
  assert.equal(detail['@odata.type'], 'microsoft.graph.positionDetail');
  assert.equal(company['@odata.type'], 'microsoft.graph.companyDetail');
  assert.equal((company.address as Document).city, 'Bern');
});

test('each value of a collection is a facet, unless one that all may see tells it', () => {
  const user = { skills: ['Rust', 'Tea', 'Rust'] };
  const hidden = { id: 'h', displayName: 'Tea', allowedAudiences: 'me' };
  const shown = { id: 's', displayName: 'Rust', allowedAudiences: 'organization' };
  assert.deepEqual(tell('skills', user), ['Rust', 'Tea']);
  assert.deepEqual(tell('skills', user, [hidden, shown]), ['Tea', 'Rust', 'Tea']);
});

test('what a person has added stands in the facet that starts from the user', () => {
  const [home] = homesOf('phones').filter(({ slot }) => slot === 'mobilePhone');
  const added = { id: derivedId(id, home!), number: 'old', displayName: 'Best at noon' };
  const [phone, ...others] = combine('phones', { mobilePhone: 'new' }, [added]);
  assert.deepEqual(others, []);
  assert.deepEqual([phone!.members.number, phone!.members.displayName], ['new', 'Best at noon']);
  assert.equal(phone!.version, 7);
  assert.deepEqual(combine('phones', { mobilePhone: null }, [added]), []);
});

test('the own facets of a person come by their age', () => {
  const stored = [
    { id: 'b', displayName: 'younger', createdDateTime: '2026-02-01T00:00:00Z' },
    { id: 'a', displayName: 'older', createdDateTime: '2026-01-01T00:00:00Z' },
  ];
  assert.deepEqual(tell('awards', {}, stored), ['older', 'younger']);
});
