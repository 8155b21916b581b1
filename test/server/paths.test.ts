import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { openShop } from './shop/open-shop.ts';

const shop = await openShop();
after(() => shop.close());

/** What is asked, the status, and what the JSON or text of the answer holds. */
const cases: readonly (readonly [url: string, status: number, holds?: object | string])[] = [
  ['OrderDetails(ProductID=2,OrderID=1)', 200, { OrderID: 1, ProductID: 2, Quantity: 1 }],
  ['OrderDetails/1/2', 200, { OrderID: 1, ProductID: 2 }],
  ['OrderDetails(OrderID=1,ProductID=9)', 404],
  ['Orders(1)/Details(2)', 200, { Quantity: 1 }],
  ['Orders(2)/Details(1)', 404],
  ['Products(@p)?@p=2', 200, { Name: 'Tea' }],
  ["Members(Email='o@shop.example')", 200, { Name: "O'Neil/x" }],
  ["Members(Last='O''Neil',First='Ann')", 200, { Name: "O'Neil/x" }],
  ["Members(Last='O''Neil',First='Bob')", 404],
  ["Members('O''Neil%2Fx')", 200, { First: 'Ann' }],
  ["Members/O'Neil%2Fx", 200, { First: 'Ann' }],
  ['Tickets(0F8FAD5B-D9CB-469F-A165-70867728950E)', 200],
  ['Tickets/0f8fad5b-d9cb-469f-a165-70867728950e', 200],
  ["Shades('Green')", 200, { Colour: 'Green' }],
  ["Shades(Shop.Colour'Green')", 200, { Colour: 'Green' }],
  ["Shades('Red')", 404],
  ['Holidays(2026-12-25)', 200],
  ["Spans(duration'PT1H')", 200],
  ['Spans/PT1H', 200],
  ["Products('1')", 404],
  ['Products/x', 404],
  ['Products/Shop.Book', 200, { value: [{ ID: 3 }] }],
  ['Products/Shop.Book(1)', 404],
  ['Products(3)/Shop.Book/Pages/$value', 200, '400'],
  ['Products(1)/Shop.Book/Pages', 404],
  ['Products(1)/Origin/City', 200, { value: 'Lyon' }],
  ['Products(2)/Origin/Shop.FlatAddress/Floor', 200, { value: 3 }],
  ['Products(1)/Origin/Shop.FlatAddress/Floor', 404],
  ['Products(1)/Origin/Codes', 200, { value: [1, 2] }],
  ['Products(1)/Origin/Codes/$count', 200, '2'],
  ['Products?$levels=2', 400],
  ['Products(1)?$deltatoken=x', 400],
  ['Products(3)/Origin', 204],
  ['Products(1)/Season', 200, { value: 'all' }],
  ['Products(1)/Category/Name/$value', 200, 'Food'],
  ['Products(1)/Category/Products(2)/Name', 200, { value: 'Tea' }],
  ['Products(1)/Category/Products(3)/Name', 404],
  ['Products/$filter(Price%20gt%205)', 200, { value: [{ ID: 2 }, { ID: 3 }] }],
  ['Products/$filter(Price%20gt%205)/$filter(Price%20lt%2010)/$count', 200, '1'],
  ['Products/$filter(Price%20gt%20@p)/$count?@p=5', 200, '2'],
  ["Products/$filter(Name%20ne%20'Tea')?$filter=Price%20gt%205", 200, { value: [{ ID: 3 }] }],
  ['Products/$filter(Price%20gt%205)(2)/Name', 200, { value: 'Tea' }],
  ['Products/$filter(Price%20gt%205)(1)/Name', 404],
  ['Categories(1)/Products/$filter(Price%20gt%205)/$count', 200, '1'],
  ['Categories(1)/Products/$filter(Price%20gt%205)(1)', 404],
  ['$entity?$id=Products(1)&$select=Name', 200, { Name: 'Bread' }],
  ['$entity/Shop.Book?$id=Products(3)&$select=Pages', 200, { Pages: 400 }],
  ['$entity/Shop.Book?$id=Products(1)', 404],
  ['Products/$each', 405],
  ['$all/Shop.Book', 200, { value: [{ ID: 3 }] }],
  ['$all/Shop.Address', 404],
  ['$crossjoin(Products,Nothing)', 404],
  ['Nothing', 404],
];

describe('a path is followed', () => {
  for (const [url, status, holds] of cases) {
    test(`${url} is answered with ${status}`, async () => {
      const reply = await shop.request(`/v1.0/${url}`);
      assert.equal(reply.status, status, reply.text);
      if (typeof holds === 'string') assert.equal(reply.text, holds);
      else if (holds) assert.partialDeepStrictEqual(reply.json, holds);
    });
  }
});

describe('options in the body of a POST to $query', () => {
  const post = (path: string, body: string, type = 'text/plain') => {
    return shop.request(path, { method: 'POST', body, headers: { 'Content-Type': type } });
  };

  test('mean what they mean in the URL', async () => {
    const reply = await post('/v1.0/Products/$query?$top=1', '$select=Name&$filter=Price%20gt%205');
    assert.equal(reply.status, 200, reply.text);
    assert.deepEqual(
      reply.json.value.map(({ Name }: { Name: string }) => Name),
      ['Tea'],
    );
  });

  test('are refused with another media type, and with another method', async () => {
    const json = await post('/v1.0/Products/$query', '{}', 'application/json');
    assert.equal(json.status, 415);
    const got = await shop.request('/v1.0/Products/$query');
    assert.equal(got.status, 405);
    const asked = await shop.request('/v1.0/Products/$query', { method: 'OPTIONS' });
    assert.equal(asked.headers.allow, 'POST, OPTIONS');
    assert.equal(got.headers.allow, 'POST, OPTIONS');
  });

  test('are refused where they are no options', async () => {
    const reply = await post('/v1.0/Products/$query', '$nope=1');
    assert.equal(reply.status, 400, reply.text);
  });
});
