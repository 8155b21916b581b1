import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { EntityType } from '#model/model.ts';
import { bindCollectionQuery } from '#odata/binding/bind-collection-query.ts';
import { bindCompute } from '#odata/binding/bind-compute.ts';
import { parseQuery } from '#odata/language/parse-query-options.ts';
import type { Document, Value } from '#plan/document.ts';
import type { Evaluation } from '#plan/store.ts';
import { queryModel } from './query-model.ts';
import { openQueried, type QueriedStore } from './query-stores.ts';

const item = queryModel.types.get('test.item') as EntityType;
const aliases = new Map();

/** What an entity in hand gives for a computed expression. */
const computed: readonly (readonly [string, Value])[] = [
  ['concat(displayName,code)', 'Änne\u0000x'],
  ['toupper(displayName)', 'ÄNNE'],
  ['length(displayName)', 4],
  ['count add 1', 8],
  ['big add 2', '9007199254740995'],
  ['price mul 3', '0.3000000000000000000003'],
  ['rate div 0', 'INF'],
  ['rate mul 2', 5],
  ['count gt 5', true],
  ['code eq null', false],
  ['done', null],
  ["contains(displayName,'NN')", true],
  ['date(made)', '2020-02-29'],
  ['time(made)', '12:30:15.5'],
  ['year(made)', 2020],
  ["made add duration'PT1H'", '2020-02-29T13:30:15.5Z'],
  ["span add duration'P1D'", 'P1DT1H'],
  ['made', '2020-02-29T12:30:15.50Z'],
  ['place/city', 'Kiel'],
  ['length(place/inner/note)', 3],
  ['tags/$count', 3],
  ["case(count gt 5:'many',true:'few')", 'many'],
  ['colour', 'blue'],
  ['cast(count,Edm.String)', '7'],
  // Structured values, member by member.
  ['place eq place', true],
  ['place ne place', false],
  ['place eq {"city":"kiel","inner":{"note":"xyz"}}', true],
  ['{"city":"Kiel","inner":{"note":"xyz"},"marks":[]} eq place', true],
  ['place eq {"city":"Kiel"}', false],
  ['place ne {"city":"Kiel","inner":{"note":"xyz"},"lat":1.5}', true],
  ['place eq {"city":"Kiel","inner":{"note":"xyz"},"marks":["a"]}', false],
  ['place eq {"@odata.type":"test.farPlace","city":"Kiel","inner":{"note":"xyz"}}', false],
  ['place/inner eq {"note":"xyz"}', true],
  ['place/inner eq null', false],
  ["tags eq ['a','b','c']", true],
  ["tags eq ['a','b','b']", false],
  ["tags ne ['a']", true],
  ['tags eq tags', true],
  ['scores eq []', true],
];

const entity = {
  '@odata.type': '#test.item',
  id: 'a',
  displayName: 'Änne',
  code: '\u0000x',
  count: 7,
  big: '9007199254740993',
  price: '0.1000000000000000000001',
  rate: 2.5,
  done: null,
  made: '2020-02-29T12:30:15.50Z',
  span: 'PT1H',
  colour: 'blue',
  tags: ['b', 'a', 'C'],
  place: {
    '@odata.type': '#test.place',
    city: 'Kiel',
    inner: { '@odata.type': '#test.inner', note: 'xyz' },
  },
};

/** What the same entity gives where it is known where it is kept, beside a maker and two parts. */
const reached: readonly (readonly [string, Value])[] = [
  ['maker/title', 'Smith'],
  ["concat(displayName,concat(' by ',maker/title))", 'Änne by Smith'],
  ['parts/$count', 2],
  ["parts/any(p:p/label eq 'lid')", true],
  ['parts/all(p:p/weight gt $it/count)', false],
  ['box/label', null],
  ['friends/$count', 1],
  ['friends/any(f:f/count eq 7)', true],
];

/** Options on a collection that is in hand, and the places of what is wanted of it. */
const chosen: readonly (readonly [string, readonly number[]])[] = [
  ['$orderby=$this', [1, 0, 2]],
  ['$orderby=$this desc', [2, 0, 1]],
  ["$filter=$this ne 'a'", [0, 2]],
  ['$skip=1&$top=1', [1]],
  ['$top=2', [0, 1]],
  ["$filter=startswith($this,'c')", [2]],
];

function evaluationOf(text: string): Evaluation {
  const options = parseQuery(encodeURI(`$compute=${text} as x`).replaceAll('+', '%2B'));
  const compute = bindCompute({
    ...{ model: queryModel, aliases, type: item },
    syntax: options.$compute!,
  }).map(({ expression }) => expression);
  return { type: item, values: [entity], query: undefined, compute };
}

describe('values in hand are evaluated', () => {
  let stores: QueriedStore[];
  before(async () => {
    const part = (key: string, members: Document) => ({ path: 'parts', key, members });
    const parts = [
      part('a', { id: 'a', label: 'lid', weight: 9 }),
      part('b', { id: 'b', label: 'box', weight: 7 }),
    ];
    const rows = [
      { set: 'items', members: entity, parts },
      { set: 'makers', members: { id: 'm', title: 'Smith' }, parts: [] },
    ] as const;
    const links = [
      ['maker', 0, 1],
      ['friends', 0, 0],
    ] as const;
    stores = await openQueried({ rows, links });
  });
  after(() => Promise.all(stores.map((each) => each[Symbol.asyncDispose]())));

  for (const [text, expected] of computed) {
    test(`${text} is ${JSON.stringify(expected)}`, async () => {
      const asked = evaluationOf(text);
      for (const { reader, name } of stores) {
        const { members } = await reader.evaluate(asked);
        const [value] = members[0]!.computed;
        // PostgreSQL keeps no NUL in texts; both read U+0001 in its place.
        const shown = typeof value === 'string' ? value.replaceAll('\u0001', '\u0000') : value;
        assert.deepEqual(shown, expected, name);
      }
    });
  }

  for (const [text, expected] of reached) {
    test(`${text} is ${JSON.stringify(expected)} of what is kept`, async () => {
      for (const { reader, name, owners } of stores) {
        const kept = { set: 'items', owner: owners[0]!, path: '', key: '' };
        const { members } = await reader.evaluate({ ...evaluationOf(text), kept });
        assert.deepEqual(members[0]!.computed, [expected], name);
        await assert.rejects(async () => reader.evaluate(evaluationOf(text)), { status: 501 });
      }
    });
  }

  for (const [text, expected] of chosen) {
    test(`${text} finds the places ${expected}`, async () => {
      const { type } = item.properties.get('tags')!;
      const options = parseQuery(encodeURI(`${text}&$count=true`));
      const query = bindCollectionQuery({
        ...{ model: queryModel, aliases, type, options, pageSize: 100 },
      });
      const asked: Evaluation = { type, values: ['b', 'a', 'C'], query, compute: [] };
      for (const { reader, name } of stores) {
        const page = await reader.evaluate(asked);
        assert.deepEqual(
          page.members.map(({ place }) => place),
          expected,
          name,
        );
        assert.equal(page.count, /filter/.test(text) ? expected.length : 3, name);
      }
    });
  }

  test('values inside an entity are not searched, and lead nowhere', async () => {
    const options = parseQuery('$search=x');
    const query = bindCollectionQuery({
      ...{ model: queryModel, aliases, type: item, options, pageSize: 100 },
    });
    for (const { reader } of stores) {
      await assert.rejects(
        async () => reader.evaluate({ type: item, values: [entity], query, compute: [] }),
        { status: 501 },
      );
    }
  });
});
