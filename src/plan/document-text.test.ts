import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compileModel } from '#model/compile.ts';
import type { EntityType } from '#model/model.ts';
import { complexType, entityType, many, one } from '#model/schema.ts';
import { type Document, renderDocument } from './document.ts';
import { DocumentText } from './document-text.ts';

const model = compileModel(
  [
    complexType('inner', {
      open: true,
      properties: { name: one('Edm.String'), deep: one('inner'), list: many('inner') },
    }),
    entityType('thing', {
      key: ['id'],
      properties: {
        id: one('Edm.String', { nullable: false }),
        name: one('Edm.String'),
        inner: one('inner'),
        seen: one('Edm.Int32', { computed: true }),
        size: one('Edm.Double'),
        flag: one('Edm.Boolean'),
        inners: many('inner'),
        tags: many('Edm.String'),
      },
    }),
    entityType('openThing', { base: 'thing', open: true }),
  ],
  {},
  'store',
);
const openThing = model.types.get('microsoft.graph.openThing') as EntityType;
const thing = model.types.get('microsoft.graph.thing') as EntityType;

// Texts that look like the JSON around them.
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('"', '\\', '\\"', ',"name":1', '{"tags":[', ']}', 'a\\\\', '\u2028'),
);
const inner = fc.letrec((tie) => ({
  inner: fc.record(
    { name: text, deep: tie('inner'), list: fc.array(tie('inner'), { maxLength: 2 }) },
    { requiredKeys: [] },
  ),
})).inner;
const member: Record<string, fc.Arbitrary<unknown>> = {
  id: text,
  name: fc.option(text),
  inner: fc.option(inner),
  seen: fc.integer(),
  size: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
  flag: fc.option(fc.boolean()),
  inners: fc.array(inner, { maxLength: 3 }),
  tags: fc.array(text, { maxLength: 3 }),
};
const members = fc.record(member, { requiredKeys: ['id'] }) as fc.Arbitrary<Document>;
const { seen: _, ...changeable } = member;
const changes = fc.record(changeable, { requiredKeys: [] }) as fc.Arbitrary<Document>;

function canonical(document: Document): string {
  return renderDocument(thing, document).doc;
}

test('replacing members gives the text that writing all of them gives', () => {
  fc.assert(
    fc.property(members, changes, (before, change) => {
      const document = new DocumentText(thing, canonical(before));
      assert.equal(document.replace(change).text, canonical({ ...before, ...change }));
    }),
  );
});

test('a replaced document can be replaced and read again', () => {
  fc.assert(
    fc.property(members, changes, changes, (before, one, other) => {
      const document = new DocumentText(thing, canonical(before)).replace(one).replace(other);
      assert.equal(document.text, canonical({ ...before, ...one, ...other }));
      const { tags, name } = document.parse();
      assert.deepEqual([document.read('tags'), document.read('name')], [tags, name]);
    }),
  );
});

test('every member is read as it was written', () => {
  fc.assert(
    fc.property(members, (before) => {
      const document = new DocumentText(thing, canonical(before));
      const whole = document.parse();
      for (const name of thing.properties.keys()) {
        assert.deepEqual(document.read(name), whole[name]);
      }
    }),
  );
});

// Names are identifiers. V8's JSON.parse mixes names up that begin with a backslash or a quote.
const undeclared = fc.dictionary(
  fc
    .oneof(fc.stringMatching(/^\w{1,3}$/), fc.constantFrom('übrig', '__proto__', 'constructor'))
    .filter((name) => !Object.hasOwn(member, name)),
  fc.oneof(fc.constant(null), text, fc.integer(), inner, fc.array(text)),
  { maxKeys: 3 },
);

test('what an open type does not declare is replaced, added, and taken away by null', () => {
  const openMembers = fc.tuple(members, undeclared).map(([own, more]) => ({ ...more, ...own }));
  const openChanges = fc.tuple(changes, undeclared).map(([own, more]) => ({ ...more, ...own }));
  const written = (document: Document) => renderDocument(openThing, document).doc;
  fc.assert(
    fc.property(openMembers, openChanges, openChanges, (before, one, other) => {
      const document = new DocumentText(openThing, written(before as Document));
      const replaced = document.replace(one as Document).replace(other as Document);
      const then = (now: Document, change: object) =>
        JSON.parse(written({ ...now, ...change } as Document)) as Document;
      const expected = then(then(then(before as Document, {}), one), other);
      assert.equal(replaced.text, written(expected));
      const whole = replaced.parse();
      for (const name of Object.keys(whole).filter((each) => each !== '@odata.type')) {
        assert.deepEqual(replaced.read(name), whole[name]);
        const picked = JSON.parse(`{${replaced.pick([name])}}`) as Document;
        assert.deepEqual(Object.values(picked), [whole[name]]);
      }
    }),
  );
});

test('picked members stand in the order asked for', () => {
  const document = new DocumentText(thing, canonical({ id: '1', tags: ['a'], size: 2 }));
  assert.equal(document.pick(['size', 'unknown', 'id']), '"size":2,"id":"1"');
});

test('a text that is not canonical is refused rather than misread', () => {
  const document = new DocumentText(thing, '{"@odata.type":"#microsoft.graph.thing","tags":[]}');
  assert.throws(() => document.replace({ id: '2' }), /no id/);
  const other = new DocumentText(thing, '{"@odata.type":"#microsoft.graph.thing","x":1,"id":"1"}');
  assert.throws(() => other.read('id'), /no canonical/);
});
