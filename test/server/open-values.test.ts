import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createDatabase, type TestDatabase } from '../postgres.ts';
import type { RunningKith } from '../running-kith.ts';
import { openShop } from './shop/open-shop.ts';

const flat = { '@odata.type': '#Shop.FlatAddress' };

/** Products whose origins, and undeclared members, are alike or not. */
const products: readonly object[] = [
  {
    ID: 20,
    Name: 'a',
    Origin: { City: 'Rome', Codes: [1], Gate: 2, Way: { To: 'x', Of: [1, 2] } },
  },
  {
    ID: 21,
    Name: 'b',
    Origin: { Way: { Of: [1, 2], To: 'x' }, Gate: 2, Codes: [1], City: 'Rome' },
  },
  { ID: 22, Name: 'c', Origin: { City: 'Rome', Codes: [1], Gate: 3 } },
  { ID: 23, Name: 'd', Origin: { City: 'Rome', Codes: [1] } },
  { ID: 24, Name: 'e', Origin: { ...flat, City: 'Rome', Codes: [1], Floor: 1, Gate: 2 } },
  { ID: 25, Name: 'f', Origin: null, Extra: { a: 1, b: 'two' }, Size: 5 },
  { ID: 26, Name: 'g', Origin: null, Extra: { b: 'two', a: 1 }, Size: { a: 1 } },
  { ID: 27, Name: 'h', Origin: null, Extra: { b: 'two', a: 1, c: [] }, Size: 'a' },
];

const way = '"Way":{"To":"x","Of":[1,2]}';
/** Filters, and the products that meet them. */
const cases: readonly (readonly [filter: string, ids: readonly number[]])[] = [
  [`Origin eq {"City":"Rome","Codes":[1],"Gate":2,${way}}`, [20, 21]],
  [`Origin eq {${way},"Gate":2,"City":"Rome","Codes":[1]}`, [20, 21]],
  ['Origin eq {"City":"Rome","Codes":[1],"Gate":3}', [22]],
  ['Origin eq {"City":"Rome","Codes":[1],"Gate":null}', [23]],
  ['Origin eq {"City":"Rome","Codes":[1]}', [23]],
  [
    'Origin eq {"@odata.type":"#Shop.FlatAddress","City":"Rome","Codes":[1],"Gate":2,"Floor":1}',
    [24],
  ],
  ['Origin ne {"City":"Rome","Codes":[1]}', [20, 21, 22, 24, 25, 26, 27]],
  ['Origin eq @o', [22]],
  ['Origin eq $root/Products(21)/Origin', [20, 21]],
  ['Origin eq $root/Products(24)/Origin', [24]],
  ['$root/Products(25)/Origin eq Origin', [25, 26, 27]],
  ['Origin ne $root/Products(22)/Origin', [20, 21, 23, 24, 25, 26, 27]],
  ['Extra eq {"a":1,"b":"two"}', [25, 26]],
  ['Extra eq {"a":1,"b":"two","c":null}', [25, 26]],
  ['Extra eq {"a":1,"b":"two","c":[]}', [27]],
  ['Extra ne {"a":1,"b":"two"}', [20, 21, 22, 23, 24, 27]],
  ['Size eq {"a":1}', [26]],
  ['Size eq {}', []],
];

for (const database of ['SQLite', 'PostgreSQL']) {
  describe(`values of open types, on ${database}`, () => {
    let postgres: TestDatabase | undefined;
    let kith: RunningKith;
    before(async () => {
      postgres = database === 'SQLite' ? undefined : await createDatabase();
      kith = await openShop([], postgres?.url);
      for (const body of products) {
        const made = await kith.request('/v1.0/Products', { method: 'POST', body });
        assert.equal(made.status, 201, made.text);
      }
    });
    after(async () => {
      await kith?.close();
      await postgres?.drop();
    });

    const ask = (filter: string) => {
      const alias = encodeURIComponent('{"City":"Rome","Codes":[1],"Gate":3}');
      const written = encodeURIComponent(`(${filter}) and ID ge 20`);
      return kith.request(`/v1.0/Products?$filter=${written}&$select=ID&@o=${alias}`);
    };

    for (const [filter, ids] of cases) {
      test(`are compared member by member: ${filter}`, async () => {
        const { status, json, text } = await ask(filter);
        assert.equal(status, 200, text);
        assert.deepEqual(
          json.value.map(({ ID }: { ID: number }) => ID),
          ids,
        );
      });
    }

    test('are compared with constants alone, and not by an order', async () => {
      for (const [filter, status] of [
        ['Origin gt {"City":"Rome"}', 501],
        ['Origin eq {"City":Name}', 400],
        ['Origin eq {"Gate":Name}', 501],
        ['Origin eq {"City":5}', 400],
      ] as const) {
        assert.equal((await ask(filter)).status, status, filter);
      }
    });
  });
}
