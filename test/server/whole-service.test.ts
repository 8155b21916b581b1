import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createDatabase, type TestDatabase } from '../postgres.ts';
import type { RunningKith } from '../running-kith.ts';
import { openShop } from './shop/open-shop.ts';

/** What is asked of `$crossjoin` or `$all`, and the keys that come in that order. */
const joins: readonly (readonly [query: string, combinations: readonly string[]])[] = [
  ['$filter=Products/ID eq OrderDetails/ProductID', ['1-1,1', '2-1,2', '2-2,2']],
  [
    '$filter=Products/ID eq OrderDetails/ProductID&$orderby=OrderDetails/Quantity desc',
    ['2-2,2', '1-1,1', '2-1,2'],
  ],
  ['$filter=Products/Price gt OrderDetails/Quantity and OrderDetails/OrderID eq 2', ['3-2,2']],
  [
    '$orderby=Products/Name desc,OrderDetails/Quantity&$top=4&$skip=1',
    ['2-1,1', '2-2,2', '3-1,2', '3-1,1'],
  ],
  ['$filter=Products/Category/Name eq Products/Category/Name and false', []],
  ['$filter=isof(Products,Shop.Book) and OrderDetails/OrderID eq 1', ['3-1,1', '3-1,2']],
  ["$filter=Products/Tags/any(t:t eq 'old') and OrderDetails/Order/ID eq 2", ['3-2,2']],
  [
    '$filter=$root/Products(1)/ID eq Products/ID and OrderDetails/Quantity lt 9',
    ['1-1,1', '1-1,2'],
  ],
];

/** What is refused, and how. */
const refused: readonly (readonly [path: string, status: number])[] = [
  ['$crossjoin(Products,Nothing)', 404],
  ['$crossjoin(Products,Favourite)', 404],
  ['$crossjoin(Products,Products)', 400],
  ['$crossjoin(Products,Orders)/$count', 400],
  ['$crossjoin(Products,Orders)?$select=Products', 400],
  ['$crossjoin(Products,Orders)?$compute=1 add 1 as Two', 400],
  ['$crossjoin(Products,Orders)?$search=tea', 400],
  ['$crossjoin(Products,Orders)?$filter=ID eq 1', 400],
  ['$crossjoin(Products,Orders)?$filter=Members/Name eq null', 400],
  ['$crossjoin(Products,Orders)?$orderby=Products', 400],
  ['$crossjoin(Products,Orders)?$expand=Members', 400],
  ['$crossjoin(Countries,Categories,Products,Orders,Shades,Spans)', 400],
  ['$all/Shop.Address', 404],
  ['$all/Shop.Nothing', 404],
  ['$all/Shop.Category?$filter=Pages eq 1', 400],
];

interface Page {
  readonly '@odata.context': string;
  readonly '@odata.count'?: number;
  readonly '@odata.nextLink'?: string;
  readonly value: readonly Record<string, unknown>[];
}

for (const database of ['SQLite', 'PostgreSQL']) {
  describe(`the service as a whole, on ${database}`, () => {
    let postgres: TestDatabase | undefined;
    let kith: RunningKith;
    before(async () => {
      postgres = database === 'SQLite' ? undefined : await createDatabase();
      kith = await openShop([], postgres?.url);
    });
    after(async () => {
      await kith?.close();
      await postgres?.drop();
    });

    const ask = async (path: string, headers: Record<string, string> = {}) => {
      const reply = await kith.request(`/v1.0/${path.replaceAll(' ', '%20')}`, { headers });
      return { ...reply, page: reply.json as unknown as Page };
    };
    /** Every page, behind the links from one to the next. */
    const askAll = async (path: string, size: number) => {
      const all: Record<string, unknown>[] = [];
      let next: string | undefined = path;
      while (next !== undefined) {
        const { page } = await ask(next, { Prefer: `odata.maxpagesize=${size}` });
        assert.ok(page.value.length <= size);
        all.push(...page.value);
        next = page['@odata.nextLink']?.replace(/^.*?\/v1\.0\//, '');
      }
      return all;
    };

    test('every combination of two sets comes once, page by page', async () => {
      const path = '$crossjoin(Products,OrderDetails)?$orderby=OrderDetails/Quantity';
      const all = await askAll(path, 2);
      assert.equal(all.length, 9);
      assert.equal(new Set(all.map((each) => JSON.stringify(each))).size, 9);
      const { page } = await ask(path);
      assert.deepEqual(page.value, all);
      assert.match(page['@odata.context'], /\/v1\.0\/\$metadata#Collection\(Edm\.ComplexType\)$/);
      assert.deepEqual(Object.keys(page.value[0]!), [
        'Products@odata.navigationLink',
        'OrderDetails@odata.navigationLink',
      ]);
      const link = String(page.value[0]!['OrderDetails@odata.navigationLink']);
      assert.equal((await fetch(link)).status, 200);
    });

    for (const [query, expected] of joins) {
      test(`combinations with ${query}`, async () => {
        const path = `$crossjoin(Products,OrderDetails)?${query}&$expand=*&$count=true`;
        const { status, page } = await ask(path);
        assert.equal(status, 200, JSON.stringify(page));
        const keys = page.value.map((each) => {
          const product = each.Products as { ID: number };
          const detail = each.OrderDetails as { OrderID: number; ProductID: number };
          return `${product.ID}-${detail.OrderID},${detail.ProductID}`;
        });
        assert.deepEqual(keys, expected);
        const isCut = query.includes('$top');
        assert.equal(page['@odata.count'], isCut ? 9 : expected.length);
      });
    }

    test('what is expanded is chosen, and references stand alone', async () => {
      const options = '$expand=Products($select=Name;$expand=Category($select=Name)),Orders/$ref';
      const { page } = await ask(`$crossjoin(Products,Orders,Members)?${options}&$top=1`);
      const [{ Products, Orders, ...rest }] = page.value as unknown as [Record<string, object>];
      const { Name, Category } = Products as { Name: string; Category: { Name: string } };
      assert.deepEqual([Name, Category.Name, 'Price' in Products!], ['Bread', 'Food', false]);
      assert.match(JSON.stringify(Orders), /^\{"@odata.id":"http.*\/v1\.0\/Orders\(1\)"\}$/);
      assert.deepEqual(Object.keys(rest), ['Members@odata.navigationLink']);
    });

    test('nothing is said of links without metadata, and all is with full metadata', async () => {
      const path = '$crossjoin(Shades,Countries)?$expand=Shades';
      const bare = await ask(`${path}&$format=application/json;odata.metadata=none`);
      assert.deepEqual(bare.page, { value: [{ Shades: { Colour: 'Green' } }] });
      const full = await ask(`${path}&$format=application/json;odata.metadata=full`);
      assert.ok('Shades@odata.navigationLink' in full.page.value[0]!);
    });

    test('all entities of sets and singletons come, each with its type and address', async () => {
      const all = await askAll('$all', 4);
      const { page } = await ask('$all?$count=true');
      assert.match(page['@odata.context'], /#Collection\(Edm\.EntityType\)$/);
      assert.equal(page['@odata.count'], all.length);
      assert.deepEqual(page.value, all);
      const ids = all.map((each) => String(each['@odata.id']));
      assert.equal(new Set(ids).size, all.length);
      for (const id of ids) assert.equal((await fetch(id)).status, 200, id);
      assert.ok(all.every((each) => String(each['@odata.type']).startsWith('#Shop.')));
    });

    test('all entities are narrowed to a type, searched and filtered', async () => {
      const books = await ask('$all/Shop.Book?$filter=Pages gt 100&$select=Name');
      assert.deepEqual(
        books.page.value.map(({ Name }) => Name),
        ['Odyssey'],
      );
      assert.match(books.page['@odata.context'], /#Collection\(Shop\.Book\)\(Name\)$/);
      const products = await ask('$all/Shop.Product?$orderby=Price desc');
      assert.deepEqual(
        products.page.value.map(({ ID }) => ID),
        [3, 2, 1],
      );
      const found = await ask('$all?$search=tea OR food');
      assert.deepEqual(found.page.value.map(({ Name }) => Name).sort(), ['Food', 'Tea']);
      const named = await ask("$all?$filter=Name eq 'France'");
      assert.deepEqual(
        named.page.value.map(({ Code }) => Code),
        ['FR'],
      );
    });

    test('what makes no sense of the whole service is refused', async () => {
      for (const [path, status] of refused) assert.equal((await ask(path)).status, status, path);
      for (const path of ['$all', '$crossjoin(Products,Orders)']) {
        for (const method of ['POST', 'PATCH', 'PUT', 'DELETE']) {
          const body = method === 'DELETE' ? undefined : '{}';
          const reply = await kith.request(`/v1.0/${path}`, { method, body });
          assert.equal(reply.status, 405, `${method} ${path}`);
          assert.equal(reply.headers.allow, 'GET, HEAD, OPTIONS');
        }
      }
    });
  });
}
