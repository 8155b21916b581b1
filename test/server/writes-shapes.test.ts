import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertError } from '../contract/expectations.ts';
import { openShop, type Shop } from './writes-shop.ts';

let shop: Shop;
before(async () => {
  shop = await openShop();
});
after(() => shop?.[Symbol.asyncDispose]());

type Headers = Readonly<Record<string, string>>;
const post = (path: string, body: unknown) => shop.send(path, { body });
const patch = (path: string, body: unknown, headers: Headers = {}) =>
  shop.send(path, { method: 'PATCH', body, headers });
const put = (path: string, body: unknown) => shop.send(path, { method: 'PUT', body });
const read = async (path: string) => (await shop.send(path)).json;
const add = async (body: object) => {
  const made = await post('Products', { name: 'p', ...body });
  assert.equal(made.status, 201, made.text);
  return `Products(${made.json.ID})`;
};

test('a derived entity takes its own members at the URL of its base type', async () => {
  const gadget = await add({ '@odata.type': '#shop.Gadget', volts: 5 });
  const patched = await patch(gadget, { volts: 6 });
  assert.deepEqual([patched.status, patched.json.volts], [200, 6]);
  assert.equal((await put(gadget, { name: 'q', volts: 7 })).json.volts, 7);
  const plain = await add({});
  assertError(await patch(plain, { volts: 1 }), 400);
  assertError(await put(`${plain}/shop.Gadget`, { name: 'g', volts: 1 }), 404);
});

test('a complex value shows all that it declares, and has what it must have', async () => {
  const product = await add({ origin: { city: 'x' } });
  assert.deepEqual((await read(product)).origin, { street: null, city: 'x' });
  assertError(await put(`${product}/origin`, { street: 's' }), 400);
  assert.equal((await shop.send(`${product}/origin`, { method: 'DELETE' })).status, 204);
  assertError(await patch(product, { origin: { street: 's' } }), 400);
});

test('a member of an enumeration is named by its number, too', async () => {
  assert.equal((await read(await add({ colour: 2 }))).colour, 'green');
  assertError(await post('Products', { name: 'p', colour: 8 }), 400);
});

test('a version in the body counts as the one that is wanted, in OData 4.01', async () => {
  const product = await add({});
  const stale = { '@etag': 'W/"9"', name: 'q' };
  assertError(await patch(product, stale, { 'OData-Version': '4.01' }), 412);
  assert.equal((await read(product)).name, 'p');
  assert.equal((await patch(product, stale)).status, 200);
});

test('a body of a version that is not served is refused, and at once', async () => {
  const product = await add({});
  for (const version of ['3.0', '4.1', '4.0, 4.01', '']) {
    const headers = { 'OData-Version': version, Prefer: 'respond-async' };
    assertError(await patch(product, { name: 'q' }, headers), 400);
  }
  assert.equal((await read(product)).name, 'p');
});

test('a singleton that may be absent is made by PATCH and PUT, and deleted', async () => {
  assert.equal((await shop.send('Spare')).status, 204);
  assertError(await patch('Spare', { ID: 1 }, { 'If-Match': '*' }), 412);
  const made = await patch('Spare', { ID: 1, name: 's' });
  assert.equal(made.status, 201, made.text);
  assert.match(made.headers.location ?? '', /\/Spare$/);
  assert.equal((await patch('Spare', { name: 't' })).status, 200);
  assert.equal((await read('Spare')).name, 't');
  assert.equal((await shop.send('Spare', { method: 'DELETE' })).status, 204);
  assert.equal((await shop.send('Spare')).status, 204);
  assert.equal((await put('Spare', { ID: 2 })).status, 201);
});

test('nothing is made by PATCH in a set that takes nothing new', async () => {
  const { headers } = await shop.send('Fixed(77)', { method: 'OPTIONS' });
  assert.equal(headers.allow, 'GET, HEAD, OPTIONS');
  assertError(await patch('Fixed(77)', { name: 'x' }), 405);
});

describe('what a complex value leads to', () => {
  const region = (id: number) => ({ 'region@odata.bind': `Categories(${id})` });

  test('is bound in the body of its owner, and of the property', async () => {
    const product = await add({ origin: { city: 'x', ...region(1) } });
    assert.equal((await read(`${product}/origin/region`)).ID, 1);
    assert.equal((await patch(product, { origin: region(2) })).status, 200);
    assert.equal((await read(`${product}/origin/region`)).ID, 2);
    assert.equal((await patch(`${product}/origin`, region(1))).status, 204);
    assert.equal((await read(`${product}/origin/region`)).ID, 1);
  });

  test('is bound in a seed, whose values show all that they declare', async () => {
    assert.equal((await read('Products(1)/origin/region')).ID, 2);
    assert.deepEqual((await read('Products(1)')).origin, { street: null, city: 'x' });
  });

  test('is let go with the value', async () => {
    const product = await add({ origin: { city: 'x', ...region(1) } });
    assert.equal((await patch(product, { origin: null })).status, 200);
    assert.equal((await patch(product, { origin: { city: 'y' } })).status, 200);
    assert.equal((await shop.send(`${product}/origin/region`)).status, 204);
  });

  test('is bound and let go as a reference', async () => {
    const product = await add({ origin: { city: 'x' } });
    const reference = { '@odata.id': 'Categories(2)' };
    assert.equal((await put(`${product}/origin/region/$ref`, reference)).status, 204);
    assert.equal((await read(`${product}/origin/region`)).ID, 2);
    const at = `${product}/origin/region/$ref`;
    assert.equal((await shop.send(at, { method: 'DELETE' })).status, 204);
    assert.equal((await shop.send(`${product}/origin/region`)).status, 204);
  });
});

describe('a member that an open type does not declare', () => {
  const at = '2024-02-29T12:00:00Z';

  test('keeps the type that is named for it, until it is written anew', async () => {
    const { json } = await post('Suppliers', { 'at@odata.type': '#DateTimeOffset', at });
    const path = `Suppliers(${json.id})`;
    assert.deepEqual([json['at@odata.type'], json.at], ['#DateTimeOffset', at]);
    assert.equal((await read(`${path}?$select=at`))['at@odata.type'], '#DateTimeOffset');
    const newer = await shop.send(path, { headers: { 'OData-MaxVersion': '4.01' } });
    assert.equal(newer.json['at@type'], 'DateTimeOffset');
    const bare = await read(`${path}?$format=application/json;odata.metadata=none`);
    assert.deepEqual(Object.keys(bare), ['id', 'name', 'at']);
    const untyped = (await patch(path, { at: 5 })).json;
    assert.deepEqual([untyped['at@odata.type'], untyped.at], [undefined, 5]);
    const complex = { 'home@odata.type': '#shop.Address', home: { city: 'x' } };
    assert.equal((await patch(path, complex)).json.home['@odata.type'], '#shop.Address');
  });

  test('must fit its type, and have a name', async () => {
    for (const body of [
      { 'at@odata.type': '#DateTimeOffset', at: 'noon' },
      { 'at@odata.type': '#shop.Nothing', at: 1 },
      { inner: { 'no name': 1 } },
    ]) {
      assertError(await post('Suppliers', body), 400);
    }
    assertError(await post('Suppliers', '{"__proto__":{"a":1}}'), 400);
    assertError(await post('Suppliers', '{"inner":{"__proto__":1}}'), 400);
  });
});

test('a JSON batch stops at its first error, and takes bodies for JSON', async () => {
  const requests = [
    { id: '1', method: 'POST', url: 'Categories', body: { ID: 80 } },
    { id: '2', method: 'GET', url: 'Categories(404)' },
    { id: '3', method: 'GET', url: '$2/name' },
    { id: '4', method: 'POST', url: 'Categories', body: { ID: 81 } },
  ];
  const statuses = async (headers: Headers) => {
    const { json, status, text } = await shop.send('$batch', { body: { requests }, headers });
    assert.equal(status, 200, text);
    return json.responses.map((each: { id: string; status: number }) => [each.id, each.status]);
  };
  assert.deepEqual(await statuses({}), [
    ['1', 201],
    ['2', 404],
    ['3', 424],
  ]);
  assertError(await shop.send('Categories(81)'), 404);
  const all = Object.fromEntries(await statuses({ Prefer: 'continue-on-error' }));
  assert.deepEqual(all, { 1: 409, 2: 404, 3: 424, 4: 201 });
});

test('the metadata document is refused in a form that it does not have', async () => {
  assertError(await shop.send('$metadata', { headers: { Accept: 'text/html' } }), 406);
  const both = 'text/html,application/xml;q=0.9';
  assert.equal((await shop.send('$metadata', { headers: { Accept: both } })).status, 200);
});
