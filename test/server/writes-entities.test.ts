import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertError } from '../contract/expectations.ts';
import { openShop, type Shop } from './writes-shop.ts';

let shop: Shop;
before(async () => {
  shop = await openShop();
});
after(() => shop?.[Symbol.asyncDispose]());

const post = (path: string, body: unknown, headers = {}) => shop.send(path, { body, headers });
const patch = (path: string, body: unknown, headers = {}) =>
  shop.send(path, { method: 'PATCH', body, headers });
const put = (path: string, body: unknown, headers = {}) =>
  shop.send(path, { method: 'PUT', body, headers });

describe('POST', () => {
  test('makes an entity with defaults and a number of its own, and says where it is', async () => {
    const first = await post('Products', { name: 'one' });
    assert.equal(first.status, 201, first.text);
    const { ID, stock, tags, price } = first.json;
    assert.deepEqual({ stock, tags, price }, { stock: 7, tags: [], price: null });
    assert.equal(first.headers.location, `${shop.origin}/v1.0/Products(${ID})`);
    assert.equal(first.headers.etag, 'W/"1"');
    const second = await post('Products', { name: 'two' });
    assert.equal(second.json.ID, ID + 1);
    assert.equal((await shop.send(`Products(${ID})`)).json.name, 'one');
  });

  test('answers 204 with its place where no more is wanted', async () => {
    const reply = await post('Categories', { ID: 20 }, { Prefer: 'return=minimal' });
    assert.equal(reply.status, 204);
    assert.equal(reply.headers['preference-applied'], 'return=minimal');
    assert.equal(reply.headers['odata-entityid'], reply.headers.location);
    assert.match(reply.headers.location ?? '', /\/Categories\(20\)$/);
  });

  test('makes guids, and refuses missing values by name and keys that are taken', async () => {
    const supplier = await post('Suppliers', { name: 's' });
    assert.match(supplier.json.id, /^[\da-f-]{36}$/);
    const noKey = await post('Categories', { name: 'x' });
    assertError(noKey, 400);
    assert.equal(noKey.json.error.target, 'ID');
    const noValues = await post('Products', { origin: { street: 's' } });
    assertError(noValues, 400);
    const targets = noValues.json.error.details.map((each: { target: string }) => each.target);
    assert.deepEqual(targets, ['name', 'origin/city']);
    assertError(await post('Categories', { ID: 1 }), 409);
  });

  test('makes what a derived type says, and nothing of an abstract one', async () => {
    assertError(await post('Shapes', { id: '1' }), 400);
    const circle = await post('Shapes', { '@odata.type': '#shop.Circle', id: '1', radius: 2 });
    assert.equal(circle.json['@odata.type'], '#shop.Circle');
    assert.equal((await post('Shapes/shop.Circle', { id: '2', radius: 3 })).status, 201);
    const shapes = await shop.send('Shapes');
    const radii = shapes.json.value.map((each: { radius: number }) => each.radius);
    assert.deepEqual(radii, [2, 3]);
    assertError(await post('Shapes', { '@odata.type': '#shop.Product', id: '3' }), 400);
  });

  test('keeps composite keys, long integers and what an open type does not declare', async () => {
    const text = '{"order":"A,1/2","pos":2,"amount":9007199254740993}';
    const line = await post('Lines', text);
    assert.equal(line.status, 201, line.text);
    assert.match(line.text, /"amount":9007199254740993\b/);
    assertError(await post('Lines', text), 409);
    const open = await post('Suppliers', { id: crypto.randomUUID(), extra: { a: [1, null] } });
    assert.deepEqual(open.json.extra, { a: [1, null] });
  });

  test('refuses bodies that are no objects or of other media types', async () => {
    assertError(await post('Products', '[]'), 400);
    assertError(await post('Products', '{'), 400);
    assertError(await post('Products', { name: 5 }), 400);
    assertError(await post('Products', { name: 'x', nope: 1 }), 400);
    assertError(await post('Products', { name: 'x'.repeat(21) }), 400);
    assertError(await post('Products', 'x', { 'Content-Type': 'text/plain' }), 415);
  });
});

describe('PATCH and PUT', () => {
  test('PATCH merges, PUT starts anew, and the key stays', async () => {
    const { ID } = (await post('Products', { name: 'p', code: 'c', price: 1.5 })).json;
    const at = `Products(${ID})`;
    const origin = { street: 's', city: 'x' };
    const patched = await patch(at, { ID: 999, origin, stock: 3 });
    assert.equal(patched.headers.etag, 'W/"2"');
    assert.deepEqual([patched.json.ID, patched.json.price], [ID, 1.5]);
    assert.deepEqual((await patch(at, { origin: { city: 'y' } })).json.origin, {
      ...origin,
      city: 'y',
    });
    const replaced = await put(at, { name: 'new', origin: { city: 'z' } });
    const { name, code, price, stock } = replaced.json;
    assert.deepEqual(
      { name, code, price, stock, city: replaced.json.origin },
      { name: 'new', code: 'c', price: null, stock: 7, city: { street: null, city: 'z' } },
    );
    assertError(await put(at, { price: 1 }), 400);
    assert.equal((await shop.send(at)).json.name, 'new');
  });

  test('what is set once may be sent again and not changed', async () => {
    const { ID } = (await post('Products', { name: 'p', code: 'c' })).json;
    assert.equal((await patch(`Products(${ID})`, { code: 'c' })).status, 200);
    assertError(await patch(`Products(${ID})`, { code: 'd' }), 400);
    assertError(await patch(`Products(${ID})`, { price: 1.234 }), 400);
  });

  test('a missing entity is made under its key, unless headers forbid it', async () => {
    const made = await patch('Categories(60)', { name: 'made' });
    assert.equal(made.status, 201);
    assert.match(made.headers.location ?? '', /Categories\(60\)$/);
    const silent = await put('Categories(61)', {}, { Prefer: 'return=minimal' });
    assert.equal(silent.status, 204);
    assert.match(String(silent.headers['odata-entityid']), /Categories\(61\)$/);
    assertError(await patch('Categories(62)', {}, { 'If-Match': '*' }), 412);
    assertError(await patch('Categories(60)', {}, { 'If-None-Match': '*' }), 412);
    const line = await put("Lines(order='x',pos=4)", { amount: 1 });
    assert.deepEqual([line.status, line.json.order, line.json.pos], [201, 'x', 4]);
  });

  test('nothing is made where the server makes the keys, or a PATCH says too little', async () => {
    assertError(await put('Products(987654)', { name: 'x' }), 404);
    assertError(await patch('Products(987654)', { name: 'x' }), 404);
    for (const condition of ['*', 'W/"1"']) {
      const headers = { 'If-Match': condition };
      assertError(await patch('Products(987654)', { name: 'x' }, headers), 404);
      assertError(await put('Products(987654)', { name: 'x' }, headers), 404);
      assertError(await patch('Orders(1)', { note: 'x' }, headers), 404);
    }
    const tooLittle = await patch('Orders(1)', { note: 'x' });
    assertError(tooLittle, 404);
    assert.equal(tooLittle.json.error.details[0].target, 'buyer');
    assertError(await put('Orders(1)', { note: 'x' }), 400);
    assert.equal((await patch('Orders(1)', { buyer: 'b' })).status, 201);
  });

  test('a stale version changes nothing', async () => {
    assertError(await patch('Categories(1)', { name: 'no' }, { 'If-Match': 'W/"99"' }), 412);
    assertError(
      await shop.send('Categories(1)', { method: 'DELETE', headers: { 'If-Match': 'W/"99"' } }),
      412,
    );
    assert.equal((await shop.send('Categories(1)')).json.name, 'Food');
  });
});

test('DELETE removes the entity, what it contains, and its relations', async () => {
  const { ID } = (await post('Products', { name: 'p', 'category@odata.bind': 'Categories(2)' }))
    .json;
  await post(`Products(${ID})/reviews`, { no: 1, replies: [{ no: 1 }] });
  const gone = await shop.send(`Products(${ID})/reviews(1)`, { method: 'DELETE' });
  assert.equal(gone.status, 204);
  assertError(await shop.send(`Products(${ID})/reviews(1)/replies(1)`), 404);
  assert.equal((await shop.send(`Products(${ID})`, { method: 'DELETE' })).status, 204);
  assertError(await shop.send(`Products(${ID})`), 404);
  assertError(await shop.send(`Products(${ID})`, { method: 'DELETE' }), 404);
  assert.deepEqual((await shop.send('Categories(2)/products')).json.value, []);
});

describe('what a resource does not allow is 405, and OPTIONS says so', () => {
  for (const [path, allow] of [
    ['Fixed', 'GET, HEAD, OPTIONS'],
    ['Fixed(1)', 'GET, HEAD, OPTIONS'],
    ['Main', 'GET, HEAD, PATCH, PUT, OPTIONS'],
    ['Products', 'GET, HEAD, POST, PATCH, OPTIONS'],
    ['Products(1)/name', 'GET, HEAD, PUT, DELETE, OPTIONS'],
    ['Products(1)/ID', 'GET, HEAD, OPTIONS'],
    ['Products(1)/code', 'GET, HEAD, OPTIONS'],
    ['Products(1)/tags', 'GET, HEAD, POST, PUT, DELETE, OPTIONS'],
    ['Products(1)/origin', 'GET, HEAD, PATCH, PUT, DELETE, OPTIONS'],
    ['Products(1)/reviews/$ref', 'GET, HEAD, OPTIONS'],
    ['Products(1)/category/$ref', 'GET, HEAD, PUT, DELETE, OPTIONS'],
  ] as const) {
    test(path, async () => {
      const options = await shop.send(path, { method: 'OPTIONS' });
      assert.equal(options.headers.allow, allow);
      for (const method of ['POST', 'PATCH', 'PUT', 'DELETE']) {
        if (allow.includes(method)) continue;
        const reply = await shop.send(path, { method, body: {} });
        assertError(reply, 405);
        assert.equal(reply.headers.allow, allow);
      }
    });
  }
});
