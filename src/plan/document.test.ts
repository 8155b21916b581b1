import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileModel } from '#model/compile.ts';
import type { EntityType } from '#model/model.ts';
import { complexType, entityType, many, one } from '#model/schema.ts';
import { renderDocument, selectMembers } from './document.ts';

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
  ],
  {},
  'store',
);
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

test('types are named only where the declared type does not say it', () => {
  const exact = { '@odata.type': 'microsoft.graph.zone', name: 'UTC' };
  const derived = { '@odata.type': 'microsoft.graph.customZone', name: 'X', bias: 60 };
  assert.deepEqual(selectMembers(place, { zone: exact }, ['zone']), { zone: { name: 'UTC' } });
  assert.deepEqual(selectMembers(place, { zone: derived }, ['zone', 'limit', 'unknown']), {
    zone: { '@odata.type': '#microsoft.graph.customZone', name: 'X', bias: 60 },
    limit: 5,
  });
});
