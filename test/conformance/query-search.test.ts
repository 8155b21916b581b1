import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { EntityType, Property } from '#model/model.ts';
import type { Document } from '#plan/document.ts';
import type { SearchExpression } from '#plan/expression.ts';
import { queryModel } from './query-model.ts';
import { items, openQueried, type QueriedStore, queryOf, walk } from './query-stores.ts';

const texts: readonly Document[] = [
  { id: 'a', displayName: 'OneVideo Team', description: 'Makes moving pictures.' },
  { id: 'b', displayName: 'video-conference 2026', description: null },
  { id: 'c', displayName: 'Straße der Filme', description: 'Video, one by one' },
  { id: 'd', displayName: null, description: 'teamOne', code: 'Video' },
  { id: 'e', displayName: "O'Neil & sons", description: 'x1y2', tags: ['Videotape', 'b'] },
];
const world = {
  rows: texts.map((members) => ({ set: 'items' as const, members, parts: [] })),
  links: [],
};
const { properties } = queryModel.types.get('test.item') as EntityType;

const phrase = (text: string): SearchExpression => ({ kind: 'phrase', text, property: undefined });
const inside = (name: string, text: string): SearchExpression => ({
  kind: 'phrase',
  text,
  property: properties.get(name) as Property,
});
const not = (operand: SearchExpression): SearchExpression => ({ kind: 'not', operand });
const both = (...operands: SearchExpression[]): SearchExpression => ({ kind: 'and', operands });
const either = (...operands: SearchExpression[]): SearchExpression => ({ kind: 'or', operands });

const cases: readonly [title: string, search: SearchExpression, found: string][] = [
  ['a word in any searched property, whatever its case', phrase('VIDEO'), 'a b c'],
  ['tokens one after another', phrase('one video'), 'a'],
  ['not across two properties', phrase('team makes'), ''],
  ['a number', phrase('2026'), 'b'],
  ['a change between letters and digits', phrase('x 1 y'), 'e'],
  ['folded letters', phrase('STRASSE'), 'c'],
  ['a symbol parts words', phrase("o'neil"), 'e'],
  ['nothing but symbols is found nowhere', phrase('&&'), ''],
  ['half a word is not a word', phrase('vide'), ''],
  ['all of several', both(phrase('one'), phrase('team')), 'a d'],
  ['one of several', either(phrase('neil'), phrase('2026')), 'b e'],
  ['none of', not(phrase('video')), 'd e'],
  ['some and not others', both(phrase('video'), not(phrase('one'))), 'b'],
  ['a clause: tokens in any order', inside('displayName', 'team one'), 'a'],
  ['a clause: beginnings of words', inside('displayName', 'vid conf'), 'b'],
  ['a clause keeps to its property', inside('description', 'video'), 'c'],
  ['a property without words starts with the text', inside('code', 'VID'), 'd'],
  ['one of a collection starts with the text', inside('tags', 'video'), 'e'],
  ['a quote is nothing special', inside('displayName', `o'neil" OR x`), ''],
];

let stores: QueriedStore[] = [];
before(async () => {
  stores = await openQueried(world);
});
after(async () => {
  for (const store of stores) await store[Symbol.asyncDispose]();
});

describe('a search finds', () => {
  for (const [title, search, found] of cases) {
    test(title, async () => {
      for (const { name, reader } of stores) {
        const keys = await walk(reader, items, queryOf({ search, pageSize: 2 }));
        assert.equal(keys.join(' '), found, name);
      }
    });
  }

  test('what is written now, and no more what was written before', async () => {
    for (const { name, store, tenant, reader, owners } of stores) {
      const owner = owners[0]!;
      const address = { set: 'items', owner, path: '', key: '' };
      await store.transact(tenant, async (tx) => {
        const before = await tx.read(address);
        const members = JSON.parse(before!.text) as Document;
        tx.write(address, { ...members, displayName: 'Cinema' }, before, ['displayName']);
      });
      const keysOf = (search: SearchExpression) => walk(reader, items, queryOf({ search }));
      assert.deepEqual(await keysOf(phrase('cinema')), ['a'], name);
      assert.deepEqual(await keysOf(phrase('video')), ['b', 'c'], name);
      assert.deepEqual(await keysOf(phrase('pictures')), ['a'], name);
      const count = await reader.query(
        items,
        queryOf({ search: phrase('video'), count: true }),
        'nothing',
      );
      assert.equal(count.count, 2);
      await store.transact(tenant, async (tx) => tx.clear());
      assert.deepEqual(await keysOf(phrase('cinema')), [], name);
    }
  });
});
