import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileModel } from '#model/compile.ts';
import { declarations } from '#model/declarations.ts';
import type { EntityType, Model } from '#model/model.ts';
import { resources } from '#model/resources.ts';
import { complexType, entityType, enumType, many, one, toMany, toOne } from '#model/schema.ts';
import { functionOf } from '#model/schema-operations.ts';

const app = { namespace: 'app' } as const;

const declared = [
  entityType('thing', { ...app, key: ['id'], properties: { id: one('Edm.String') } }),
  entityType('person', {
    ...app,
    base: 'thing',
    properties: {
      name: one('Edm.String'),
      age: one('Edm.Int32'),
      big: one('Edm.Int64'),
      price: one('Edm.Decimal'),
      score: one('Edm.Double'),
      ratio: one('Edm.Single'),
      level: one('Edm.Byte'),
      born: one('Edm.Date'),
      seen: one('Edm.DateTimeOffset'),
      wakes: one('Edm.TimeOfDay'),
      shift: one('Edm.Duration'),
      serial: one('Edm.Guid'),
      active: one('Edm.Boolean'),
      print: one('Edm.Binary'),
      color: one('color'),
      likes: one('flags'),
      emails: many('Edm.String'),
      numbers: many('Edm.Int32'),
      colors: many('color'),
      home: one('place'),
      homes: many('place'),
      photo: one('Edm.Stream'),
      spot: one('Edm.GeographyPoint'),
      track: one('Edm.GeographyLineString'),
      area: one('Edm.GeographyPolygon'),
      anything: one('Edm.Untyped'),
      secret: one('Edm.String', { secret: true }),
      made: one('Edm.String', { computed: true }),
    },
    navigation: {
      boss: toOne('person'),
      friends: toMany('person'),
      trips: toMany('trip', { contains: true }),
      things: toMany('thing'),
      rates: toMany('rate'),
    },
  }),
  entityType('employee', {
    ...app,
    base: 'person',
    properties: { badge: one('Edm.String') },
    navigation: { team: toOne('note') },
  }),
  entityType('trip', {
    ...app,
    key: ['number'],
    properties: { number: one('Edm.Int32'), name: one('Edm.String'), cost: one('Edm.Decimal') },
    navigation: { stops: toMany('thing') },
  }),
  entityType('rate', {
    ...app,
    key: ['from', 'to'],
    properties: { from: one('Edm.String'), to: one('Edm.String') },
  }),
  entityType('note', {
    ...app,
    base: 'thing',
    open: true,
    properties: { text: one('Edm.String') },
  }),
  complexType('place', {
    ...app,
    properties: { street: one('Edm.String'), city: one('Edm.String'), pass: one('pass') },
    navigation: { landlord: toOne('person') },
  }),
  complexType('townhouse', { ...app, base: 'place', properties: { floors: one('Edm.Int32') } }),
  complexType('pass', {
    ...app,
    properties: { code: one('Edm.String', { secret: true }), valid: one('Edm.Boolean') },
  }),
  enumType('color', ['red', 'green', 'blue'], app),
  enumType('flags', { none: 0, read: 1, write: 2, run: 4 }, { ...app, flags: true }),
];

const text = { type: 'Edm.String', collection: false };
const rank = functionOf('rank', text, {
  ...app,
  bound: true,
  parameters: [{ name: 'of', type: 'person', collection: false }],
});

/** A model with a property of every type, and with everything that paths can lead through. */
export const sample: Model = compileModel(declared, {}, 'v1.0', {
  schemas: [{ namespace: 'app', alias: 'a' }],
  container: { namespace: 'app', name: 'Container' },
  operations: [rank],
});

/** Kith's own model of the root `/v1.0`. */
export const graph: Model = compileModel(declarations, resources, 'v1.0');

/** An entity type of the sample. */
export function sampleType(name: string): EntityType {
  return sample.types.get(`app.${name}`) as EntityType;
}

test('the sample compiles', () => assert.equal(sampleType('employee').base?.name, 'app.person'));
