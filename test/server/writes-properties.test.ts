import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertError } from '../contract/expectations.ts';
import { openShop, type Shop } from './writes-shop.ts';

let shop: Shop;
let at: string;
before(async () => {
  shop = await openShop();
  const { json } = await shop.send('Products', { body: { name: 'p', price: 1 } });
  at = `Products(${json.ID})`;
});
after(() => shop?.[Symbol.asyncDispose]());

const send = (method: string, path: string, body?: unknown, headers = {}) =>
  shop.send(`${at}/${path}`, { method, body, headers });
const read = async (name: string) => (await shop.send(at)).json[name];
const text = { 'Content-Type': 'text/plain' };

describe('a property', () => {
  test('of a primitive type is set, as JSON or as text, and emptied', async () => {
    assert.equal((await send('PUT', 'name', { value: 'q' })).status, 204);
    assert.equal((await send('PUT', 'price/$value', '3.5', text)).status, 204);
    assert.deepEqual([await read('name'), await read('price')], ['q', 3.5]);
    const shown = await send('PUT', 'stock', { value: 4 }, { Prefer: 'return=representation' });
    assert.deepEqual([shown.status, shown.json.value], [200, 4]);
    assert.equal((await send('DELETE', 'price')).status, 204);
    assert.equal(await read('price'), null);
  });

  test('refuses what does not fit, null where none may be, and a stale version', async () => {
    assertError(await send('PUT', 'name', { value: null }), 400);
    assertError(await send('DELETE', 'name'), 400);
    assertError(await send('PUT', 'stock', { value: 'x' }), 400);
    assertError(await send('PUT', 'stock/$value', 'x', text), 400);
    assertError(await send('PUT', 'stock/$value', '{}', { 'Content-Type': 'image/png' }), 415);
    assertError(await send('PUT', 'stock', { worth: 1 }), 400);
    assertError(await send('PUT', 'stock', { value: 1 }, { 'If-Match': 'W/"99"' }), 412);
    assertError(
      await shop.send('Products(999999)/stock', { method: 'PUT', body: { value: 1 } }),
      404,
    );
  });

  test('of a complex type merges with PATCH, starts anew with PUT', async () => {
    assert.equal((await send('PUT', 'origin', { city: 'a', street: 's' })).status, 204);
    assert.equal((await send('PATCH', 'origin', { city: 'b' })).status, 204);
    assert.deepEqual(await read('origin'), { street: 's', city: 'b' });
    assert.equal((await send('PUT', 'origin/street', { value: 't' })).status, 204);
    assert.deepEqual(await read('origin'), { street: 't', city: 'b' });
    assert.equal((await send('PUT', 'origin', { city: 'c' })).status, 204);
    assert.equal((await read('origin')).street ?? null, null);
    assert.equal((await send('DELETE', 'origin')).status, 204);
    assert.equal(await read('origin'), null);
  });

  test('of a complex type takes what it is bound to and what it contains', async () => {
    const region = { 'region@odata.bind': 'Categories(2)' };
    const notes = [{ no: 1, text: 'one' }, { no: 2 }];
    const numbers = async () => {
      const { value } = (await shop.send(`${at}/origin/notes`)).json;
      return value.map((each: { no: number }) => each.no);
    };
    assert.equal((await send('PUT', 'origin', { city: 'a', street: 's', notes })).status, 204);
    assert.deepEqual(await numbers(), [1, 2]);
    assert.equal((await send('PUT', 'origin', { city: 'b', ...region })).status, 204);
    assert.equal((await read('origin')).street ?? null, null);
    assert.equal((await shop.send(`${at}/origin/region`)).json.ID, 2);
    assert.deepEqual(await numbers(), [1, 2]);
    const more = { notes: [{ no: 2, text: 'two' }, { no: 3 }] };
    assert.equal((await send('PATCH', 'origin', more)).status, 204);
    assert.deepEqual(await numbers(), [2, 3]);
    assert.equal((await shop.send(`${at}/origin/notes(2)`)).json.text, 'two');
    const made = await shop.send(`${at}/origin/notes`, { body: { no: 4 } });
    assert.equal(made.status, 201, made.text);
    assert.ok(String(made.headers.location).endsWith(`/${at}/origin/notes(4)`));
    assert.equal((await shop.send(`${at}/origin/notes(4)`)).json.no, 4);
    assertError(await send('PUT', 'origin', { city: 'c', notes: [{ no: 1 }, { no: 1 }] }), 409);
    assert.equal((await send('DELETE', 'origin')).status, 204);
    assert.equal((await send('PUT', 'origin', { city: 'd' })).status, 204);
    assert.deepEqual(await numbers(), []);
    assert.equal((await shop.send(`${at}/origin/region`)).status, 204);
    const whole = { name: 'deep', origin: { city: 'e', ...region, notes } };
    const deep = await shop.send('Products', { body: whole });
    assert.equal(deep.status, 201, deep.text);
    const count = await shop.send(`Products(${deep.json.ID})/origin/notes/$count`);
    assert.equal(count.text, '2');
  });

  test('of a collection is replaced, added to and emptied', async () => {
    assert.equal((await send('PUT', 'tags', { value: ['a'] })).status, 204);
    const added = await send('POST', 'tags', { value: 'b' }, { Prefer: 'return=representation' });
    assert.deepEqual(added.json.value, ['a', 'b']);
    assert.equal((await send('POST', 'tags', { value: ['c', 'd'] })).status, 204);
    assert.deepEqual(await read('tags'), ['a', 'b', 'c', 'd']);
    assertError(await send('POST', 'tags', { value: 5 }), 400);
    assert.equal((await send('DELETE', 'tags')).status, 204);
    assert.deepEqual(await read('tags'), []);
  });
});

describe('a stream', () => {
  const png = Buffer.from([137, 80, 78, 71, 0, 255]);

  test('makes a media entity, and is read and replaced behind $value', async () => {
    const headers = { 'Content-Type': 'image/png' };
    const made = await shop.send('Pictures', { body: png, headers });
    assert.equal(made.status, 201, made.text);
    assert.equal(made.json['@odata.mediaContentType'], 'image/png');
    const path = `Pictures(${made.json.id})`;
    const stream = await shop.send(`${path}/$value`);
    assert.deepEqual([stream.headers['content-type'], stream.bytes], ['image/png', png]);
    const known = { 'If-None-Match': String(stream.headers.etag) };
    assert.equal((await shop.send(`${path}/$value`, { headers: known })).status, 304);
    const sent = { method: 'PUT', body: 'text', headers: { ...text, 'If-Match': '"other"' } };
    assertError(await shop.send(`${path}/$value`, sent), 412);
    const now = { ...text, 'If-Match': String(stream.headers.etag) };
    assert.equal((await shop.send(`${path}/$value`, { ...sent, headers: now })).status, 204);
    assert.equal((await shop.send(`${path}/$value`)).text, 'text');
    assert.equal((await shop.send(path)).headers.etag, 'W/"2"');
    assert.equal((await shop.send(`${path}/$value`, { method: 'DELETE' })).status, 204);
    assertError(await shop.send(path), 404);
  });

  test('of a property is set and taken away', async () => {
    assert.equal((await send('GET', 'photo')).status, 204);
    const headers = { 'Content-Type': 'image/gif' };
    assert.equal((await send('PUT', 'photo', png, headers)).status, 204);
    assert.deepEqual((await send('GET', 'photo')).bytes, png);
    assert.equal(await read('photo@odata.mediaContentType'), 'image/gif');
    assert.equal((await send('DELETE', 'photo')).status, 204);
    assert.equal((await send('GET', 'photo')).status, 204);
    assertError(await shop.send(at, { method: 'PATCH', body: { photo: 'x' } }), 400);
  });
});
