import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findCapabilities } from '#model/compile-capabilities.ts';
import type { EntityType } from '#model/model.ts';
import { models } from './metadata-models.ts';

const model = models.get('journeys')!;

function entity(name: string): EntityType {
  const type = model.types.get(name);
  assert(type?.kind === 'entity', name);
  return type;
}

function property(type: string, name: string) {
  return entity(`example.people.${type}`).properties.get(name)!;
}

test('types inherit across schemas, whatever their order', () => {
  const manager = entity('example.people.Manager');
  assert.deepEqual(manager.key, ['UserName']);
  assert.equal(manager.base?.base?.name, 'example.people.Person');
  assert.equal(entity('example.journeys.PublicEvent').open, true);
  assert.equal(entity('example.people.Portrait').hasStream, true);
});

test('keys may be composite, nested and alternate', () => {
  assert.deepEqual(entity('example.people.Price').key, ['Currency', 'Date']);
  assert.deepEqual(entity('example.people.Airport').keyParts, [
    { name: 'Icao', path: ['Code', 'Icao'] },
  ]);
  const person = entity('example.people.Person');
  assert.deepEqual(person.alternateKeys, ['Serial']);
  assert.deepEqual(person.alternateKeyParts[1], [
    { name: 'First', path: ['FirstName'] },
    { name: 'Address', path: ['Home', 'Address'] },
  ]);
});

test('facets have the defaults of CSDL XML where it says nothing', () => {
  const price = property('Price', 'Value');
  assert.deepEqual([price.precision, price.scale], [undefined, 0]);
  const weight = property('Price', 'Weight');
  assert.deepEqual([weight.type.name, weight.precision, weight.scale], ['Edm.Decimal', 7, 3]);
  assert.equal(property('PlanItem', 'Starts').precision, 0);
  assert.equal(property('Person', 'Seen').precision, 12);
  assert.equal(property('Trip', 'Stops').srid, 'variable');
  assert.equal(property('Manager', 'Budget').initial, '9007199254740993');
  assert.equal(property('Person', 'Active').initial, true);
});

test('what Core says is known of properties', () => {
  assert.equal(property('Person', 'UserName').immutable, true);
  assert.equal(property('Person', 'Serial').computed, true);
  assert.equal(property('Person', 'Secret').permissions, 'Write');
});

test('annotations elsewhere in the document reach what they name', () => {
  const { annotations } = property('Person', 'FirstName');
  const description = 'The "given" name,\nas one is <called> & written';
  assert.equal(annotations['Org.OData.Core.V1.Description'], description);
  const [involved] = model.operations.get('example.journeys.GetInvolvedPeople') ?? [];
  assert.ok('Org.OData.Core.V1.Description' in (involved?.returns?.annotations ?? {}));
  // Employee inherits the property, so that the annotation has no element of its own.
  const people = model.schemas.find(({ namespace }) => namespace === 'example.people');
  assert.deepEqual(Object.keys(people?.external ?? {}), ['example.people.Employee/FirstName']);
});

test('capabilities hold wherever they are written', () => {
  const people = model.resources.get('People')!;
  const companies = model.resources.get('Companies')!.capabilities;
  assert.deepEqual([...people.capabilities.filter.nonFilterable], ['Photo', 'Home/Location']);
  assert.deepEqual([...people.capabilities.search.unsupported], ['phrase', 'group']);
  assert.equal(findCapabilities(model, people, 'Trips').insertable, false);
  assert.equal(
    findCapabilities(model, people, 'Company').deletable,
    false,
    'the set it is bound to',
  );
  assert.deepEqual(
    [companies.insertable, companies.updatable, companies.deletable, companies.topSupported],
    [false, true, false, false],
  );
  assert.deepEqual([companies.expand.levelsMax, ...companies.nonUpdatable], [2, 'Name']);
  const prices = model.resources.get('Prices')!;
  assert.deepEqual(
    [prices.capabilities.readable, prices.capabilities.readableByKey],
    [false, true],
  );
  assert.equal(prices.inServiceDocument, false);
});

test('navigations know their constraints and where they lead back', () => {
  const company = entity('example.people.Person').navigation.get('Company')!;
  const staff = entity('example.people.Company').navigation.get('Staff')!;
  assert.deepEqual([...company.constraints], [['CompanyCode', 'Code']]);
  assert.equal(company.onDelete, 'SetNull');
  assert.deepEqual([staff.relation, staff.inverse], [company.relation, true]);
  const { relation, storedAs } = entity('example.people.Trip').navigation.get('Owner')!;
  assert.deepEqual([relation, storedAs], [undefined, '..']);
  assert.equal(
    entity('example.people.Person').navigation.get('Favourite')?.target.name,
    'Edm.EntityType',
  );
});

test('imports offer the unbound overloads', () => {
  const nearest = model.imports.get('GetNearestAirport')!;
  assert.deepEqual([nearest.operations.length, nearest.entitySet], [2, 'Airports']);
  const [involved] = model.operations.get('example.journeys.GetInvolvedPeople') ?? [];
  assert.deepEqual(
    involved?.parameters.map(({ optional }) => optional),
    [false, true],
  );
});
