import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refusal } from '#errors.ts';
import { compileModel } from '#model/compile.ts';
import type { EntityType } from '#model/model.ts';
import { complexType, entityType, enumType, many, one, toOne } from '#model/schema.ts';
import { completeChange, decodeChange, decodeLoaded } from './decode-change.ts';

const model = compileModel(
  [
    enumType('mood', { calm: 0, glad: 1, tired: 2 }, { flags: true }),
    complexType('zone', {
      properties: { name: one('Edm.String'), rank: one('Edm.Int32', { nullable: false }) },
    }),
    complexType('customZone', { base: 'zone', properties: { bias: one('Edm.Int32') } }),
    entityType('place', {
      key: ['id'],
      properties: {
        id: one('Edm.String', { nullable: false }),
        name: one('Edm.String', { maxLength: 5 }),
        size: one('Edm.Int32', { allowed: [5, 1000], nullable: false }),
        zone: one('zone'),
        zones: many('zone'),
        mood: one('mood'),
        seen: one('Edm.Int32', { computed: true }),
      },
      navigation: { next: toOne('place', { relation: 'next' }) },
    }),
  ],
  {},
  'v1.0',
);
const place = model.types.get('microsoft.graph.place') as EntityType;
const decode = (body: unknown) => completeChange(decodeChange(model, place, body));

const accepted: readonly [string, unknown, unknown][] = [
  ['a type with or without #', { '@odata.type': 'microsoft.graph.place' }, {}],
  ['annotations that are not known', { '@a.b': 1, 'name@c.d': 2, '@odata.etag': 'x' }, {}],
  ['computed members, unchecked', { seen: 'anything' }, {}],
  ['enum members by name, by number and together', { mood: 'glad, 2' }, { mood: 'glad,tired' }],
  [
    'complex values in model order with the type they name',
    { zone: { bias: 1, '@odata.type': '#microsoft.graph.customZone', name: 'x' } },
    { zone: { '@odata.type': 'microsoft.graph.customZone', name: 'x', bias: 1 } },
  ],
  ['null where null may be', { name: null, zone: null }, { name: null, zone: null }],
];

for (const [title, body, expected] of accepted) {
  test(`a body may hold ${title}`, () => {
    const type = { '@odata.type': 'microsoft.graph.place' };
    assert.deepEqual(decode(body), { ...type, ...(expected as object) });
  });
}

const refused: readonly [string, unknown, string | undefined][] = [
  ['what is not an object', [], undefined],
  [
    'a type that is not the declared one',
    { '@odata.type': '#microsoft.graph.zone' },
    '@odata.type',
  ],
  ['a type that does not exist', { '@odata.type': '#x' }, '@odata.type'],
  ['an undeclared member', { nmae: 'x' }, 'nmae'],
  ['an undeclared member further in', { zone: { x: 1 } }, 'zone/x'],
  ['a member of a derived type on its base', { zone: { bias: 1 } }, 'zone/bias'],
  ['null where it is not allowed', { size: null }, 'size'],
  ['null where it is not allowed, further in', { zone: { rank: null } }, 'zone/rank'],
  ['a value that is too long', { name: 'abcdef' }, 'name'],
  ['a value that is not in the list', { size: 6 }, 'size'],
  ['a single value for a collection', { zones: { name: 'x' } }, 'zones'],
  ['a collection for a single value', { name: ['x'] }, 'name'],
  ['null inside a collection', { zones: [null] }, 'zones'],
  ['a misfit inside a collection', { zones: [{ name: 5 }] }, 'zones/name'],
  ['an enum member that does not exist', { mood: 'sad' }, 'mood'],
  ['what is no entity for a navigation', { next: 1 }, 'next'],
  ['a binding', { 'next@odata.bind': 'places(1)' }, 'next@odata.bind'],
];

for (const [title, body, target] of refused) {
  test(`a body is refused with ${title}, naming it`, () => {
    assert.throws(
      () => decode(body),
      (error) => error instanceof Refusal && error.target === target,
    );
  });
}

test('entities may be nested, and what is loaded says what the server sets', () => {
  const change = decodeChange(model, place, { next: { name: 'x', next: null } });
  const [entry] = change.related.get('next')!.entries;
  assert.equal(entry?.kind, 'entity');
  assert.deepEqual(entry.change.members.get('name')?.property.name, 'name');
  assert.deepEqual(entry.change.related.get('next')?.entries, []);
  assert.equal(completeChange(decodeLoaded(model, place, { seen: 3 })).seen, 3);
  assert.throws(() => decodeLoaded(model, place, { seen: 'x' }), Refusal);
});

test('what an open type does not declare is taken as it is, unless its name is none', () => {
  const open = { ...place, open: true };
  const change = decodeChange(model, open, { colour: 'red', seen: 1, deep: { a: [1, null] } });
  assert.deepEqual(
    [...change.undeclared],
    [
      ['colour', 'red'],
      ['deep', { a: [1, null] }],
    ],
  );
  assert.throws(() => decodeChange(model, open, { 'a b': 1 }), Refusal);
  assert.throws(() => decodeChange(model, open, { deep: { 'a b': 1 } }), Refusal);
  assert.throws(() => decodeChange(model, open, JSON.parse('{"__proto__":1}')), Refusal);
});

test('what an open type does not declare is of the type that is named for it', () => {
  const open = { ...place, open: true };
  const taken = (body: object) => [...decodeChange(model, open, body).undeclared];
  const days = { 'days@odata.type': '#Collection(Edm.Date)', days: ['2024-02-29'] };
  assert.deepEqual(taken(days), [
    ['days@odata.type', '#Collection(Date)'],
    ['days', ['2024-02-29']],
  ]);
  const zone = { 'at@type': '#microsoft.graph.zone', at: { rank: 1 } };
  assert.deepEqual(taken(zone), [['at', { '@odata.type': 'microsoft.graph.zone', rank: 1 }]]);
  assert.throws(() => taken({ 'day@odata.type': '#Date', day: 'soon' }), Refusal);
  assert.throws(() => taken({ 'day@odata.type': '#Day', day: 1 }), Refusal);
});

test('a body that nests without end is refused', () => {
  const deep = JSON.parse(`${'{"next":'.repeat(5000)}null${'}'.repeat(5000)}`);
  assert.throws(
    () => decodeChange(model, place, deep),
    (error) => error instanceof Refusal && error.status === 400,
  );
});
