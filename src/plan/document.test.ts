import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileModel } from '#model/compile.ts';
import type { EntityType } from '#model/model.ts';
import { complexType, entityType, many, one } from '#model/schema.ts';
import { namedType, renderDocument, writtenTypeOf } from './document.ts';

const model = compileModel(
  [
    complexType('zone', { properties: { name: one('Edm.String') } }),
    complexType('customZone', { base: 'zone', properties: { bias: one('Edm.Int32') } }),
    entityType('place', {
      key: ['id'],
      defaultSet: { 'v1.0': ['name'] },
      properties: {
        id: one('Edm.String', { nullable: false }),
        name: one('Edm.String'),
        limit: one('Edm.Int32', { nullable: false, initial: 5 }),
        tags: many('Edm.String'),
        zone: one('zone'),
        seen: one('Edm.Int32', { computed: true }),
      },
    }),
    entityType('square', {
      base: 'place',
      open: true,
      properties: { fountains: one('Edm.Int32') },
    }),
    entityType('other', { key: ['id'], properties: { id: one('Edm.String') } }),
  ],
  {},
  'store',
);
const square = model.types.get('microsoft.graph.square') as EntityType;
const place = model.types.get('microsoft.graph.place') as EntityType;

test('a document holds every declared property in model order, and its type', () => {
  const { doc, view } = renderDocument(place, { tags: ['a'], id: '1' });
  assert.equal(
    doc,
    '{"@odata.type":"#microsoft.graph.place","id":"1","name":null,"limit":5,"tags":["a"],"zone":null}',
  );
  assert.equal(view, '{"name":null}');
});

test('what the server has set for all readers is kept, what is computed per reader is not', () => {
  assert.match(renderDocument(place, { id: '1', seen: 3 }).doc, /"seen":3/);
  assert.doesNotMatch(renderDocument(place, { id: '1' }).doc, /seen/);
});

test('an open type keeps what it does not declare behind what it does, and no nulls', () => {
  const members = { odd: { '"': [1] }, id: '1', nothing: null, even: true, fountains: 2 };
  assert.equal(
    renderDocument(square, members).doc,
    '{"@odata.type":"#microsoft.graph.square","id":"1","name":null,"limit":5,"tags":[],' +
      '"zone":null,"fountains":2,"odd":{"\\"":[1]},"even":true}',
  );
  assert.doesNotMatch(renderDocument(place, members).doc, /odd|even/);
});

test('an entity is of the type that it names, if that is of the declared kind', () => {
  for (const written of ['microsoft.graph.square', '#microsoft.graph.square']) {
    assert.equal(namedType(model, place, written), square);
  }
  for (const written of [undefined, null, 'microsoft.graph.other', 'microsoft.graph.zone', 'x']) {
    assert.equal(namedType(model, place, written), place);
  }
  assert.equal(namedType(model, square, '#microsoft.graph.place'), square);
});

test('a value says its type with or without #, or not at all', () => {
  assert.equal(writtenTypeOf({ '@odata.type': '#microsoft.graph.zone' }), 'microsoft.graph.zone');
  assert.equal(writtenTypeOf({ '@odata.type': 'microsoft.graph.zone' }), 'microsoft.graph.zone');
  assert.equal(writtenTypeOf({ name: 'x' }), '');
  assert.equal(writtenTypeOf(undefined), '');
});
