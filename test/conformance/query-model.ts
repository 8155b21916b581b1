import { compileModel } from '#model/compile.ts';
import type { Model } from '#model/model.ts';
import {
  complexType,
  entityType,
  enumType,
  many,
  one,
  type TypeDeclaration,
  toMany,
  toOne,
} from '#model/schema.ts';

const types: readonly TypeDeclaration[] = [
  enumType('colour', { red: 10, green: 2, blue: 30 }, { namespace: 'test' }),
  enumType('access', { read: 1, write: 2, share: 4 }, { namespace: 'test', flags: true }),
  complexType('inner', {
    namespace: 'test',
    properties: { depth: one('Edm.Int32'), note: one('Edm.String') },
  }),
  complexType('place', {
    namespace: 'test',
    properties: {
      city: one('Edm.String'),
      lat: one('Edm.Double'),
      since: one('Edm.DateTimeOffset'),
      marks: many('Edm.String'),
      inner: one('test.inner'),
    },
  }),
  complexType('farPlace', {
    namespace: 'test',
    base: 'test.place',
    properties: { distance: one('Edm.Int32') },
  }),
  complexType('bag', { namespace: 'test', open: true, properties: { size: one('Edm.Int32') } }),
  entityType('thing', {
    namespace: 'test',
    key: ['id'],
    abstract: true,
    properties: { id: one('Edm.String', { nullable: false }), title: one('Edm.String') },
  }),
  entityType('item', {
    namespace: 'test',
    base: 'test.thing',
    defaultSet: { 'v1.0': ['id', 'displayName'] },
    properties: {
      displayName: one('Edm.String', { index: 'ordered' }),
      description: one('Edm.String'),
      code: one('Edm.String'),
      flag: one('Edm.Boolean', { index: 'ordered' }),
      done: one('Edm.Boolean'),
      count: one('Edm.Int32', { index: 'ordered' }),
      small: one('Edm.Int16'),
      big: one('Edm.Int64'),
      price: one('Edm.Decimal'),
      rate: one('Edm.Double'),
      made: one('Edm.DateTimeOffset', { index: 'ordered' }),
      seen: one('Edm.DateTimeOffset'),
      day: one('Edm.Date'),
      clock: one('Edm.TimeOfDay'),
      span: one('Edm.Duration'),
      guid: one('Edm.Guid'),
      colour: one('test.colour', { index: 'ordered' }),
      access: one('test.access'),
      blob: one('Edm.Binary'),
      spot: one('Edm.GeographyPoint'),
      field: one('Edm.GeometryPolygon'),
      tags: many('Edm.String'),
      scores: many('Edm.Int32'),
      prices: many('Edm.Decimal'),
      place: one('test.place'),
      places: many('test.place'),
      extra: one('test.bag'),
    },
    navigation: {
      box: toOne('test.part', { contains: true }),
      parts: toMany('test.part', { contains: true }),
      maker: toOne('test.thing', { relation: 'maker' }),
      friends: toMany('test.item', { relation: 'friends' }),
      fans: toMany('test.item', { relation: 'friends', inverse: true }),
    },
  }),
  entityType('part', {
    namespace: 'test',
    key: ['id'],
    properties: {
      id: one('Edm.String', { nullable: false }),
      label: one('Edm.String'),
      weight: one('Edm.Int32'),
      heavy: one('Edm.Decimal'),
    },
    navigation: { labels: toMany('test.label', { contains: true }) },
  }),
  entityType('label', {
    namespace: 'test',
    key: ['id'],
    properties: { id: one('Edm.String', { nullable: false }), text: one('Edm.String') },
  }),
  entityType('maker', {
    namespace: 'test',
    base: 'test.thing',
    properties: {
      rank: one('Edm.Int32', { index: 'ordered' }),
      country: one('Edm.String', { index: 'ordered' }),
    },
  }),
];

/** Items with a property of every type, what they contain, and makers, in two sets. */
export const queryModel: Model = compileModel(
  types,
  {
    items: { type: 'test.item', collection: true, roots: [] },
    makers: { type: 'test.maker', collection: true, roots: [] },
  },
  'store',
);
