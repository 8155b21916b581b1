import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileModel } from './compile.ts';
import { declarations } from './declarations.ts';
import { type ComplexType, type EntityType, findType, isKindOf } from './model.ts';
import { resources } from './resources.ts';
import { complexType, entityType, many, one, roots, toOne } from './schema.ts';
import { CORE } from './schema-annotations.ts';
import { action, functionOf } from './schema-operations.ts';
import { graphService } from './schema-service.ts';

const thing = entityType('thing', {
  key: ['code/short'],
  keyAliases: { 'code/short': 'short' },
  properties: {
    code: one('code', { nullable: false }),
    weight: one('weight'),
    at: one('Edm.DateTimeOffset'),
    made: one('Edm.Date', { immutable: true }),
    seen: one('Edm.Int32', {
      annotations: {
        [`${CORE}.Computed`]: true,
        [`${CORE}.Permissions`]: { $EnumMember: `${CORE}.Permission/Read` },
      },
    }),
    tags: many('Edm.String'),
    shape: one('Edm.ComplexType'),
  },
  navigation: { any: toOne('Edm.EntityType', { relation: 'any' }) },
});
const code = complexType('code', { properties: { short: one('Edm.String', { nullable: false }) } });
const definitions = [
  {
    name: 'weight',
    namespace: 'microsoft.graph',
    underlying: 'Edm.Decimal',
    precision: 5,
    scale: 2,
  },
];

test('relations are bound to the sets of their targets, or to those of derived types', () => {
  const { bindings } = compileModel(declarations, resources, 'beta').resources.get('users')!;
  assert.equal(bindings.get('joinedGroups'), 'groups');
  assert.equal(bindings.get('manager/microsoft.graph.user'), 'users');
  assert.equal(bindings.has('profile'), false);
});

test('keys, definitions, facets and annotations are spelled out', () => {
  const model = compileModel([thing, code], {}, 'v1.0', { ...graphService, definitions });
  const type = findType(model, 'graph.thing') as EntityType;
  const at = (name: string) => type.properties.get(name)!;
  assert.deepEqual(type.keyParts, [{ name: 'short', path: ['code', 'short'] }]);
  assert.equal(at('weight').type.name, 'Edm.Decimal');
  assert.deepEqual(
    [at('weight').name, at('weight').precision, at('weight').scale, at('weight').definition?.name],
    ['weight', 5, 2, 'microsoft.graph.weight'],
  );
  assert.equal(at('at').precision, 7);
  assert.deepEqual(
    [at('made').immutable, at('seen').computed, at('seen').permissions],
    [true, true, 'Read'],
  );
  assert.deepEqual([at('tags').nullable, at('at').nullable], [false, true]);
  assert.ok(
    isKindOf(findType(model, 'graph.code') as ComplexType, at('shape').type as ComplexType),
  );
  assert.ok(isKindOf(type, type.navigation.get('any')!.target));
});

test('operations are found with all their overloads, and imported where they are unbound', () => {
  const text = { type: 'Edm.String', collection: false };
  const self = { name: 'self', type: 'thing', collection: false };
  const operations = [
    action('touch', { bound: true, parameters: [self] }),
    functionOf('count', { ...text, type: 'Edm.Int32' }, {}),
    functionOf('count', text, { parameters: [{ name: 'like', optional: true, ...text }] }),
    functionOf('count', text, { bound: true, parameters: [self] }),
  ];
  const imports = { count: { kind: 'function', operation: 'count', roots } as const };
  const service = { ...graphService, definitions, operations, imports };
  const model = compileModel([thing, code], {}, 'v1.0', service);
  assert.equal(model.operations.get('microsoft.graph.count')?.length, 3);
  assert.equal(model.imports.get('count')?.operations.length, 2);
  assert.equal(model.imports.get('count')?.operations[1]?.parameters[0]?.optional, true);
});

test('what does not hold together is refused', () => {
  const circle = [entityType('a', { base: 'b' }), entityType('b', { base: 'a' })];
  assert.throws(() => compileModel(circle, {}, 'store'), /inherits from itself/);
  const keyed = [entityType('a', { key: ['b/c'], properties: { b: one('Edm.String') } })];
  assert.throws(() => compileModel(keyed, {}, 'store'), /a has the key b\/c/);
  const things = { things: { type: 'a', collection: true, roots } };
  assert.throws(() => compileModel([entityType('a', {})], things, 'store'), /have no key/);
  const mixed = [entityType('a', { base: 'b' }), complexType('b', {})];
  assert.throws(() => compileModel(mixed, {}, 'store'), /not of its kind/);
  const imports = { x: { kind: 'action', operation: 'missing', roots } as const };
  assert.throws(
    () => compileModel([], {}, 'store', { ...graphService, imports }),
    /no unbound action/,
  );
  const unbound = { ...graphService, operations: [action('a', { bound: true })] };
  assert.throws(() => compileModel([], {}, 'store', unbound), /no parameter to be bound to/);
});
