import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileModel } from './compile.ts';
import { declarations } from './declarations.ts';
import { type EntityType, findType, isKindOf, localName } from './model.ts';
import { resources } from './resources.ts';
import { complexType, entityType, enumType, one, roots, toOne } from './schema.ts';

test('every root compiles from the declarations, and shows what its contract page needs', () => {
  const models = new Map(roots.map((root) => [root, compileModel(declarations, resources, root)]));
  assert.equal(models.get('v1.0')!.types.has('microsoft.graph.profile'), false);
  assert.ok(models.get('beta')!.types.has('microsoft.graph.profile'));
  assert.equal(models.get('v1.0')!.resources.has('user'), false);
  assert.equal(models.get('localtest')!.resources.has('connections'), false);
  assert.ok(compileModel(declarations, resources, 'store').resources.has('connections'));
});

test('inherited members come first, whatever the order of the declarations', () => {
  const model = compileModel(
    [
      entityType('child', { base: 'parent', properties: { own: one('Edm.String') } }),
      entityType('parent', { key: ['id'], properties: { id: one('Edm.String') } }),
    ],
    {},
    'store',
  );
  const child = findType(model, '#microsoft.graph.child') as EntityType;
  assert.deepEqual([...child.properties.keys()], ['id', 'own']);
  assert.deepEqual(child.key, ['id']);
  assert.ok(isKindOf(child, findType(model, 'microsoft.graph.parent') as EntityType));
});

test('a name that does not resolve is refused, naming who uses it', () => {
  const broken = [
    [complexType('a', { properties: { b: one('missing') } }), /a has a property of type missing/],
    [complexType('a', { base: 'missing' }), /a has the base missing/],
    [entityType('a', { navigation: { b: toOne('missing') } }), /a leads to missing/],
  ] as const;
  for (const [declaration, reason] of broken) {
    assert.throws(() => compileModel([declaration], {}, 'store'), reason);
  }
  const twice = [enumType('a', ['x']), enumType('a', ['y'])];
  assert.throws(() => compileModel(twice, {}, 'store'), /declared twice/);
});

test('limits of length are lifted at the contract root, and enums there take any string', () => {
  const declared = [
    enumType('status', ['on', 'off'], { anyStringAt: ['localtest'] }),
    complexType('a', { properties: { b: one('Edm.String', { maxLength: 3 }), c: one('status') } }),
  ];
  const [strict, free] = (['v1.0', 'localtest'] as const).map((root) => {
    const type = findType(compileModel(declared, {}, root), 'microsoft.graph.a');
    if (type?.kind !== 'complex') throw new Error('The type is not there.');
    const status = type.properties.get('c')!.type;
    return [type.properties.get('b')!.maxLength, status.kind === 'enum' && status.acceptsAnyString];
  });
  assert.deepEqual(strict, [3, false]);
  assert.deepEqual(free, [undefined, true]);
});

test('LinkedIn names are another spelling of the Graph names', () => {
  const model = compileModel([complexType('Position', {})], {}, 'v1.0');
  assert.equal(
    findType(model, '#microsoft.graph.linkedIn.Position')?.name,
    'microsoft.graph.Position',
  );
  assert.equal(localName('microsoft.graph.Position'), 'Position');
});
