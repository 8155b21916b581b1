import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileModel } from './compile.ts';
import { findCapabilities, readCapabilities } from './compile-capabilities.ts';
import { entityType, one, type ResourceDeclaration, roots, toMany } from './schema.ts';
import { type Annotations, CAPABILITIES, CORE } from './schema-annotations.ts';

function annotate(terms: Annotations): Annotations {
  return Object.fromEntries(
    Object.entries(terms).map(([name, value]) => [`${CAPABILITIES}.${name}`, value]),
  );
}

test('nothing is restricted where nothing is said', () => {
  const free = readCapabilities({});
  for (const claim of ['readable', 'readableByKey', 'insertable', 'updatable', 'deletable']) {
    assert.equal(free[claim as 'readable'], true, claim);
  }
  assert.deepEqual(
    [free.filter.filterable, free.sort.sortable, free.search.searchable, free.count.countable],
    [true, true, true, true],
  );
  assert.deepEqual(
    [free.topSupported, free.skipSupported, free.expand.levelsMax],
    [true, true, undefined],
  );
});

test('Core.Permissions of a set say what is read and written at most', () => {
  const rows = { Read: [true, false], Write: [false, true], None: [false, false] };
  for (const [member, expected] of Object.entries(rows)) {
    const found = readCapabilities({ [`${CORE}.Permissions`]: { $EnumMember: `x/${member}` } });
    const { readable, readableByKey, insertable, updatable, deletable } = found;
    assert.deepEqual([readable, insertable], expected);
    assert.deepEqual(
      [readableByKey, updatable, deletable],
      [expected[0], expected[1], expected[1]],
    );
  }
});

test('restrictions name properties by path, tagged or not', () => {
  const found = readCapabilities(
    annotate({
      ReadRestrictions: { Readable: false, ReadByKeyRestrictions: { Readable: true } },
      UpdateRestrictions: { NonUpdatableProperties: [{ $PropertyPath: 'a/b' }] },
      FilterRestrictions: {
        RequiresFilter: true,
        RequiredProperties: ['c'],
        FilterExpressionRestrictions: [{ Property: 'd', AllowedExpressions: 'SingleRange' }],
      },
      SearchRestrictions: {
        UnsupportedExpressions: { $EnumMember: 'x.SearchExpressions/AND x.SearchExpressions/NOT' },
      },
      ExpandRestrictions: { MaxLevels: 2 },
    }),
  );
  assert.deepEqual([found.readable, found.readableByKey], [false, true]);
  assert.deepEqual([...found.nonUpdatable], ['a/b']);
  assert.deepEqual([found.filter.isRequired, ...found.filter.required], [true, 'c']);
  assert.equal(found.filter.expressions.get('d'), 'SingleRange');
  assert.deepEqual([...found.search.unsupported], ['AND', 'NOT']);
  assert.equal(found.expand.levelsMax, 2);
});

test('a set is asked before its container, a restricted navigation before its target’s set', () => {
  const set = (annotations: Annotations): ResourceDeclaration => ({
    type: 'thing',
    collection: true,
    roots,
    annotations: annotate(annotations),
  });
  const model = compileModel(
    [
      entityType('thing', {
        key: ['id'],
        properties: { id: one('Edm.String', { nullable: false }) },
        navigation: {
          parts: toMany('thing', { contains: true }),
          likes: toMany('thing', { relation: 'likes' }),
        },
      }),
    ],
    {
      things: set({
        TopSupported: true,
        DeleteRestrictions: { Deletable: false },
        NavigationRestrictions: {
          RestrictedProperties: [
            {
              NavigationProperty: { $NavigationPropertyPath: 'likes' },
              InsertRestrictions: { Insertable: false },
            },
          ],
        },
      }),
      others: set({}),
    },
    'v1.0',
    {
      schemas: [],
      container: { namespace: 'a', name: 'b', annotations: annotate({ TopSupported: false }) },
    },
  );
  const things = model.resources.get('things')!;
  const others = model.resources.get('others')!;
  assert.deepEqual(
    [things.capabilities.topSupported, others.capabilities.topSupported],
    [true, false],
  );
  assert.equal(findCapabilities(model, things, 'likes').insertable, false);
  assert.equal(findCapabilities(model, others, 'likes').deletable, false, 'bound to things');
  assert.deepEqual(
    [
      findCapabilities(model, things, 'parts').deletable,
      findCapabilities(model, things, 'parts').topSupported,
    ],
    [true, false],
  );
});
