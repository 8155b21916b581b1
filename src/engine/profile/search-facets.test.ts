import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileModel } from '#model/compile.ts';
import { declarations } from '#model/declarations.ts';
import type { EntityType } from '#model/model.ts';
import type { SearchExpression } from '#plan/expression.ts';
import { isFound } from './search-facets.ts';

const model = compileModel(declarations, {}, 'store');
const { properties } = model.types.get('microsoft.graph.workPosition') as EntityType;
const facet = {
  id: 'tidal',
  allowedAudiences: 'organization',
  source: { type: ['Harbour'] },
  categories: ['Salt water'],
  detail: { company: { displayName: 'Larch & Sons' }, jobTitle: 'Head rigger' },
};

function phrase(text: string, name?: string): SearchExpression {
  return { kind: 'phrase', text, property: name === undefined ? undefined : properties.get(name) };
}

const cases: readonly (readonly [SearchExpression, boolean])[] = [
  [phrase('rig'), true],
  [phrase('sons head'), true],
  [phrase('salt sons'), true],
  [phrase('alt'), false],
  [phrase('tidal'), false],
  [phrase('harbour'), false],
  [phrase('organization'), false],
  [phrase('salt', 'categories'), true],
  [phrase('salt', 'detail'), false],
  [{ kind: 'not', operand: phrase('rig') }, false],
  [{ kind: 'and', operands: [phrase('rig'), phrase('tea')] }, false],
  [{ kind: 'or', operands: [phrase('rig'), phrase('tea')] }, true],
];

for (const [search, found] of cases) {
  test(`a facet is found by what it tells: ${JSON.stringify(search).slice(0, 60)}`, () => {
    assert.equal(isFound(search, facet), found);
    assert.equal(isFound(search, { ...facet, isSearchable: false }), false);
  });
}
