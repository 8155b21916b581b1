import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertError } from '../contract/expectations.ts';
import { openShop, type Shop } from './writes-shop.ts';

let shop: Shop;
before(async () => {
  shop = await openShop();
});
after(() => shop?.[Symbol.asyncDispose]());

const post = (path: string, body: unknown) => shop.send(path, { body });
const patch = (path: string, body: unknown) => shop.send(path, { method: 'PATCH', body });
const remove = (path: string) => shop.send(path, { method: 'DELETE' });
const read = async (path: string) => (await shop.send(path)).json;
const add = async (body: object) => (await post('Products', { name: 'p', ...body })).json.ID;

async function idsIn(path: string): Promise<number[]> {
  return (await read(path)).value.map((each: { ID: number }) => each.ID);
}

describe('a POST with nested entities', () => {
  test('makes them all, shows them, and binds what they depend on', async () => {
    const replies = [{ no: 1, text: 'r' }];
    const reviews = [{ no: 1, text: 'good', replies }, { no: 2 }];
    const gadget = { '@odata.type': '#shop.Gadget', name: 'g', volts: 5 };
    const products = [{ name: 'a', reviews, box: { size: 3 }, suppliers: [{ name: 's' }] }, gadget];
    const made = await post('Categories', { ID: 30, products });
    assert.equal(made.status, 201, made.text);
    const [first, second] = made.json.products;
    assert.deepEqual([first.categoryID, second.categoryID, second.volts], [30, 30, 5]);
    assert.equal(first.reviews[0].replies[0].text, 'r');
    const query = '$expand=reviews($expand=replies),box,suppliers';
    const [stored] = (await read(`Categories(30)/products?${query}`)).value;
    assert.equal(stored.box.size, 3);
    assert.equal(stored.suppliers[0].name, 's');
    assert.deepEqual(
      stored.reviews.map((each: { no: number }) => each.no),
      [1, 2],
    );
  });

  test('makes nothing if one of them is refused', async () => {
    const products = [{ name: 'left-over' }, { price: 1 }];
    assertError(await post('Categories', { ID: 31, products }), 400);
    assertError(await shop.send('Categories(31)'), 404);
    assert.deepEqual(await idsIn("Products?$filter=name%20eq%20'left-over'"), []);
    const twice = { name: 'x', reviews: [{ no: 1 }, { no: 1 }] };
    assertError(await post('Products', twice), 409);
    assertError(
      await post('Products', { name: 'left-over', 'category@odata.bind': 'Categories(99)' }),
      400,
    );
    assert.deepEqual(await idsIn("Products?$filter=name%20eq%20'left-over'"), []);
    assertError(await post('Products', { name: 'x', 'category@odata.bind': 'Products(1)' }), 400);
  });

  test('may make the one that it depends on, or change it', async () => {
    const made = await post('Products', { name: 'x', category: { ID: 32, name: 'new' } });
    assert.deepEqual([made.json.categoryID, made.json.category.name], [32, 'new']);
    await post('Products', { name: 'y', category: { ID: 32, name: 'renamed' } });
    assert.equal((await read('Categories(32)')).name, 'renamed');
    assert.equal((await idsIn('Categories(32)/products')).length, 2);
  });
});

test('a POST to what is related makes it in its set and relates it', async () => {
  const made = await post('Categories(2)/products', { name: 'via' });
  assert.equal(made.status, 201);
  assert.equal(made.json.categoryID, 2);
  assert.match(made.headers.location ?? '', new RegExp(`/Products\\(${made.json.ID}\\)$`));
  assert.equal((await read(`Products(${made.json.ID})/category`)).ID, 2);
  const review = await post(`Products(${made.json.ID})/reviews`, { no: 4 });
  assert.match(review.headers.location ?? '', /\/Products\(\d+\)\/reviews\(4\)$/);
  assertError(await post('Products(999999)/reviews', { no: 4 }), 404);
  const put = { method: 'PUT', body: { text: 'late' } };
  assert.equal((await shop.send(`Products(${made.json.ID})/reviews(5)`, put)).status, 201);
  assert.equal((await patch(`Products(${made.json.ID})/box`, { size: 1 })).status, 201);
  assert.equal((await patch(`Products(${made.json.ID})/box`, { size: 2 })).status, 200);
});

describe('a PATCH with nested entities', () => {
  test('replaces what is contained', async () => {
    const id = await add({ reviews: [{ no: 1 }, { no: 2, text: 'old' }], box: { size: 1 } });
    const reviews = [{ no: 2, replies: [{ no: 7 }] }, { no: 3 }];
    assert.equal((await patch(`Products(${id})`, { reviews, box: null })).status, 200);
    const now = await read(`Products(${id})?$expand=reviews($expand=replies),box`);
    assert.equal(now.box, null);
    const [two, three] = now.reviews;
    assert.deepEqual([now.reviews.length, two.text, two.replies[0].no, three.no], [2, 'old', 7, 3]);
  });

  test('is for the versions that the tags of nested entities name, in 4.01', async () => {
    const id = await add({ reviews: [{ no: 1 }] });
    const send = (tag: string, version: string) =>
      shop.send(`Products(${id})`, {
        method: 'PATCH',
        headers: { 'OData-Version': version },
        body: { name: tag, reviews: [{ no: 1, '@odata.etag': tag, text: version }] },
      });
    assertError(await send('W/"9"', '4.01'), 412);
    assert.equal((await read(`Products(${id})`)).name, 'p');
    assert.equal((await send('W/"1"', '4.01')).status, 200);
    assertError(await send('W/"1"', '4.01'), 412);
    assert.equal((await send('W/"1"', '4.0')).status, 200);
  });

  test('takes a delta', async () => {
    const id = await add({ reviews: [{ no: 1 }, { no: 2 }] });
    const delta = [{ no: 1, text: 'new' }, { '@removed': { reason: 'deleted' }, no: 2 }, { no: 3 }];
    assert.equal((await patch(`Products(${id})`, { 'reviews@odata.delta': delta })).status, 200);
    const { value } = await read(`Products(${id})/reviews`);
    const shown = value.map(({ no, text }: { no: number; text: string }) => [no, text]);
    assert.deepEqual(shown, [
      [1, 'new'],
      [3, null],
    ]);
  });

  test('relates what it names, and lets go what it leaves out', async () => {
    const [one, two, three] = [await add({}), await add({}), await add({})];
    await post('Categories', { ID: 40 });
    const bind = { 'products@odata.bind': [`Products(${one})`, `Products(${two})`] };
    assert.equal((await patch('Categories(40)', bind)).status, 200);
    assert.deepEqual(await idsIn('Categories(40)/products'), [one, two]);
    const products = [{ '@id': `Products(${two})` }, { ID: three, stock: 1 }];
    assert.equal((await patch('Categories(40)', { products })).status, 200);
    assert.deepEqual(await idsIn('Categories(40)/products'), [two, three]);
    const { categoryID } = await read(`Products(${one})`);
    const { stock } = await read(`Products(${three})`);
    assert.deepEqual([categoryID, stock], [null, 1]);
  });

  test('of a dependent property relates what has that value', async () => {
    const id = await add({ categoryID: 1 });
    assert.equal((await read(`Products(${id})/category`)).ID, 1);
    await patch(`Products(${id})`, { categoryID: 2 });
    assert.equal((await read(`Products(${id})/category`)).ID, 2);
    await patch(`Products(${id})`, { category: null });
    assert.equal((await read(`Products(${id})`)).categoryID, null);
    assert.equal((await shop.send(`Products(${id})/category`)).status, 204);
  });
});

describe('references', () => {
  test('are set and taken away on either end, wherever their host is', async () => {
    const id = await add({});
    const at = `Products(${id})`;
    const ref = (url: string) => ({ '@odata.id': url });
    assert.equal((await post('Categories(2)/products/$ref', ref(at))).status, 204);
    assert.equal((await post('Categories(2)/products/$ref', ref(at))).status, 204);
    assert.equal((await read(at)).categoryID, 2);
    const body = ref('https://elsewhere.example/service/v9/Categories(1)');
    assert.equal((await shop.send(`${at}/category/$ref`, { method: 'PUT', body })).status, 204);
    assert.deepEqual((await idsIn('Categories(2)/products')).includes(id), false);
    assert.equal((await read(at)).categoryID, 1);
    assert.equal((await remove(`${at}/category/$ref`)).status, 204);
    assert.equal((await read(at)).categoryID, null);
    assertError(await remove(`${at}/category/$ref`), 404);
  });

  test('of a collection end one by one, by key or by $id, or all at once', async () => {
    const ids = [await add({}), await add({}), await add({})];
    const [one, two] = ids;
    await post('Categories', { ID: 50, 'products@odata.bind': ids.map((id) => `Products(${id})`) });
    assert.equal((await remove(`Categories(50)/products(${one})/$ref`)).status, 204);
    assertError(await remove(`Categories(50)/products(${one})/$ref`), 404);
    const url = encodeURIComponent(`${shop.origin}/v1.0/Products(${two})`);
    assert.equal((await remove(`Categories(50)/products/$ref?$id=${url}`)).status, 204);
    assertError(await remove(`Categories(50)/products/$ref?$id=${url}`), 404);
    assert.deepEqual(await idsIn('Categories(50)/products'), ids.slice(2));
    assert.equal((await remove('Categories(50)/products/$ref')).status, 204);
    assert.deepEqual(await idsIn('Categories(50)/products'), []);
  });

  test('of a collection are replaced by all that a PUT names', async () => {
    await post('Categories', { ID: 44 });
    const [one, other] = [await add({ categoryID: 44 }), await add({})];
    const replace = (value: unknown) =>
      shop.send('Categories(44)/products/$ref', { method: 'PUT', body: { value } });
    assert.equal((await replace([{ '@odata.id': `Products(${other})` }])).status, 204);
    assert.deepEqual(await idsIn('Categories(44)/products'), [other]);
    assert.equal((await read(`Products(${one})`)).categoryID, null);
    assertError(await replace([{ '@odata.id': 'Products(99999)' }]), 400);
    assertError(await replace(5), 400);
    assert.deepEqual(await idsIn('Categories(44)/products'), [other]);
    assert.equal((await replace([])).status, 204);
    assert.deepEqual(await idsIn('Categories(44)/products'), []);
  });

  test('end in a delta that names them by their key', async () => {
    await post('Categories', { ID: 45 });
    const ID = await add({ categoryID: 45 });
    const delta = [{ '@removed': { reason: 'changed' }, ID }];
    const patched = await patch('Categories(45)', { 'products@delta': delta });
    assert.equal(patched.status, 200, patched.text);
    assert.deepEqual(await idsIn('Categories(45)/products'), []);
  });

  test('to what is not there, of another type or contained are refused', async () => {
    const path = 'Categories(2)/products/$ref';
    for (const [body, status] of [
      [{ '@odata.id': 'Products(999999)' }, 400],
      [{ '@odata.id': 'Categories(1)' }, 400],
      [{ '@odata.id': 'Nothing(1)' }, 400],
      [{ '@odata.id': 5 }, 400],
      [{ '@odata.id': 'Products' }, 400],
      [{}, 400],
      ['[]', 400],
    ] as const) {
      assertError(await post(path, body), status);
    }
  });
});

test('in an atomic group later requests build on what earlier ones made', async () => {
  const headers = { 'Content-Type': 'application/json' };
  const request = (id: string, method: string, url: string, body?: object) => {
    return { id, atomicityGroup: 'g', method, url, headers, body };
  };
  const good = [
    request('1', 'POST', 'Products', { name: 'b1' }),
    request('2', 'POST', '$1/reviews', { no: 1 }),
    request('3', 'PATCH', '$1', { price: 2 }),
    request('4', 'POST', 'Products', { name: 'b2', 'category@odata.bind': 'Categories(1)' }),
    request('5', 'PUT', '$1/category/$ref', { '@odata.id': 'Categories(2)' }),
    request('6', 'POST', 'Suppliers', { name: 's', 'products@odata.bind': ['$1', '$4'] }),
  ];
  const { responses } = (await post('$batch', { requests: good })).json;
  const statuses = responses.map((each: { status: number }) => each.status);
  assert.deepEqual(statuses, [201, 201, 200, 201, 204, 201]);
  const at = `Products(${responses[0].body.ID})`;
  const stored = await read(`${at}?$expand=category,reviews,suppliers`);
  assert.deepEqual(
    [stored.price, stored.category.ID, stored.reviews.length, stored.suppliers.length],
    [2, 2, 1, 1],
  );
  const bad = [request('1', 'DELETE', at), request('2', 'POST', 'Products', {})];
  const failed = (await post('$batch', { requests: bad })).json.responses;
  assert.deepEqual(
    failed.map((each: { status: number }) => each.status),
    [424, 400],
  );
  assert.equal((await shop.send(at)).status, 200);
});
