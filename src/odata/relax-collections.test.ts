import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileModel } from '#model/compile.ts';
import type { EntityType } from '#model/model.ts';
import { complexType, entityType, many, one, toMany } from '#model/schema.ts';
import { relaxCollections } from './relax-collections.ts';

const namespace = 'club';
const model = compileModel(
  [
    complexType('course', { namespace, properties: { fields: many('Edm.String') } }),
    entityType('member', {
      namespace,
      key: ['id'],
      properties: {
        id: one('Edm.String'),
        since: one('Edm.Date'),
        tags: many('Edm.String'),
        course: one('club.course'),
        courses: many('club.course'),
      },
      navigation: { friends: toMany('club.member', { contains: true }) },
    }),
  ],
  {},
  'store',
);
const member = model.types.get('club.member') as EntityType;

test('null and a single text stand for a collection, wherever one is declared', () => {
  const body = {
    tags: null,
    since: 'Date',
    course: { fields: 'Law' },
    courses: [{ fields: null }],
    friends: [{ tags: 'old', since: '2020-01-01' }],
  };
  assert.deepEqual(relaxCollections(member, body), {
    tags: [],
    since: null,
    course: { fields: ['Law'] },
    courses: [{ fields: [] }],
    friends: [{ tags: ['old'], since: '2020-01-01' }],
  });
});

test('what is something else is left as it is', () => {
  const bodies = [
    null,
    3,
    'x',
    [[[]]],
    { tags: [1], courses: null, other: 'Date', id: 'Date' },
    JSON.parse('{"__proto__":{"tags":null},"course":[[{"fields":null}]]}'),
  ];
  for (const body of bodies) {
    const expected = structuredClone(body);
    if (body === bodies[4]) (expected as { courses: unknown }).courses = [];
    const relaxed = relaxCollections(member, body);
    assert.equal(JSON.stringify(relaxed), JSON.stringify(expected));
  }
});
