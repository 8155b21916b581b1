import { compileModel } from '#model/compile.ts';
import type { Model } from '#model/model.ts';
import type { TypeDeclaration } from '#model/schema.ts';
import { complexType, entityType, many, one, toMany, toOne } from '#model/schema.ts';

const id = one('Edm.String', { nullable: false });

const types: readonly TypeDeclaration[] = [
  complexType('part', { namespace: 'test', open: true, properties: { size: one('Edm.Int32') } }),
  entityType('tool', {
    namespace: 'test',
    key: ['number'],
    open: true,
    defaultSet: { 'v1.0': ['number', 'displayName'] },
    properties: {
      number: one('Edm.Int32', { nullable: false }),
      displayName: one('Edm.String', { index: 'ordered' }),
      serial: one('Edm.String', { index: 'unique' }),
      seen: one('Edm.Int32', { computed: true }),
    },
    navigation: {
      manual: toOne('test.manual', { contains: true }),
      notes: toMany('test.note', { contains: true }),
      fits: toMany('test.tool', { relation: 'fits' }),
    },
  }),
  entityType('drill', {
    namespace: 'test',
    base: 'test.tool',
    properties: { watts: one('Edm.Int32'), parts: many('test.part') },
  }),
  entityType('hammerDrill', {
    namespace: 'test',
    base: 'test.drill',
    defaultSet: { 'v1.0': ['number', 'blows'] },
    properties: { blows: one('Edm.Int32', { initial: 40 }) },
  }),
  entityType('manual', { namespace: 'test', key: ['id'], properties: { id } }),
  entityType('note', {
    namespace: 'test',
    key: ['id'],
    properties: { id, text: one('Edm.String') },
    navigation: {
      answers: toMany('test.note', { contains: true }),
      picture: toOne('test.manual', { contains: true }),
    },
  }),
  entityType('longNote', {
    namespace: 'test',
    base: 'test.note',
    properties: { chapters: one('Edm.Int32') },
  }),
  entityType('drawer', {
    namespace: 'test',
    key: ['row', 'column'],
    properties: {
      row: one('Edm.String', { nullable: false }),
      column: one('Edm.Int32', { nullable: false }),
      label: one('Edm.String'),
    },
  }),
  entityType('shed', {
    namespace: 'test',
    key: ['id'],
    properties: { id, colour: one('Edm.String') },
  }),
];

/** A model with keys of every kind, derived and open types, and what they contain: a tool shed. */
export const shedModel: Model = compileModel(
  types,
  {
    tools: { type: 'test.tool', collection: true, roots: [] },
    drawers: { type: 'test.drawer', collection: true, roots: [] },
    shed: { type: 'test.shed', collection: false, roots: [] },
  },
  'store',
);

/** The shed as a later program declares it: hammer drills have a case. */
export const laterShedModel: Model = compileModel(
  types.map((type) =>
    type.kind === 'entity' && type.name === 'hammerDrill'
      ? { ...type, properties: { ...type.properties, case: one('Edm.String') } }
      : type,
  ),
  {
    tools: { type: 'test.tool', collection: true, roots: [] },
    drawers: { type: 'test.drawer', collection: true, roots: [] },
    shed: { type: 'test.shed', collection: false, roots: [] },
  },
  'store',
);
