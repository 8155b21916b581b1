import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileModel } from '#model/compile.ts';
import type { EntityType } from '#model/model.ts';
import { complexType, entityType, many, one } from '#model/schema.ts';
import type { Change, MemberChange } from '#plan/change.ts';
import type { Value } from '#plan/document.ts';
import { applyChange } from './apply-change.ts';

const model = compileModel(
  [
    complexType('inner', { properties: { a: one('Edm.String'), b: one('Edm.String') } }),
    complexType('wider', { base: 'inner', properties: { c: one('Edm.String') } }),
    entityType('thing', {
      key: ['id'],
      properties: { id: one('Edm.String'), inner: one('inner'), list: many('Edm.String') },
    }),
  ],
  {},
  'store',
);
const typeOf = (name: string) => model.types.get(`microsoft.graph.${name}`) as EntityType;

function change(name: string, members: Record<string, Value | Change>, isTyped = false): Change {
  const type = typeOf(name);
  const entries = Object.entries(members).map(([member, value]): [string, MemberChange] => {
    const property = type.properties.get(member)!;
    const isMerge = typeof value === 'object' && value !== null && 'members' in value;
    return [
      member,
      isMerge
        ? { property, kind: 'merge', change: value as unknown as Change }
        : { property, kind: 'value', value: value as Value },
    ];
  });
  const named = new Map(entries);
  return { type, isTyped, members: named, undeclared: new Map(), related: new Map() };
}

const held = { id: '1', inner: { '@odata.type': 'microsoft.graph.inner', b: 'B' }, list: ['x'] };

test('members that a change does not name keep their value', () => {
  const { members, changed } = applyChange(held, change('thing', { list: ['y'] }));
  assert.deepEqual(members, { ...held, list: ['y'] });
  assert.deepEqual(changed, ['list']);
});

test('a complex value merges, in model order', () => {
  const { members } = applyChange(held, change('thing', { inner: change('inner', { a: 'A' }) }));
  assert.equal(
    JSON.stringify(members.inner),
    '{"@odata.type":"microsoft.graph.inner","a":"A","b":"B"}',
  );
});

test('a complex value that becomes another type starts anew', () => {
  const wider = change('wider', { c: 'C' }, true);
  const { members } = applyChange(held, change('thing', { inner: wider }));
  assert.deepEqual(members.inner, { '@odata.type': 'microsoft.graph.wider', c: 'C' });
});

test('a complex value grows out of null, and null clears it', () => {
  const grown = applyChange(
    { inner: null },
    change('thing', { inner: change('inner', { a: 'A' }) }),
  );
  assert.deepEqual(grown.members.inner, { '@odata.type': 'microsoft.graph.inner', a: 'A' });
  assert.equal(applyChange(held, change('thing', { inner: null })).members.inner, null);
});

test('the members before the change stay as they are', () => {
  const before = structuredClone(held);
  applyChange(held, change('thing', { inner: change('inner', { b: 'other' }), list: [] }));
  assert.deepEqual(held, before);
});
