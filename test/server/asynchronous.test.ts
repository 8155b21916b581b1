import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { assertError } from '../contract/expectations.ts';
import type { Reply, RequestOptions } from '../running-kith.ts';
import { openShop, withBehaviours } from './shop/open-shop.ts';

const shop = await openShop(withBehaviours);
after(() => shop.close());

const later = { Prefer: 'respond-async' };
const newer = { 'OData-MaxVersion': '4.01' };

function ask(path: string, options: RequestOptions = {}): Promise<Reply> {
  const method = options.body === undefined ? 'GET' : 'POST';
  return shop.request(path.startsWith('/') ? path : `/v1.0/${path}`, { method, ...options });
}

/** The path of the status monitor that a request is given. */
async function monitorOf(path: string, options: RequestOptions = {}): Promise<string> {
  const reply = await ask(path, { ...options, headers: { ...later, ...options.headers } });
  assert.equal(reply.status, 202, reply.text);
  assert.equal(reply.text, '');
  assert.equal(reply.headers['preference-applied'], 'respond-async');
  assert.match(String(reply.headers['retry-after']), /^\d+$/);
  const location = String(reply.headers.location);
  assert.ok(location.startsWith(`${shop.origin}/v1.0/`), location);
  return location.slice(shop.origin.length);
}

/** What the monitor gives in the end. */
async function settled(monitor: string, headers: Record<string, string> = newer): Promise<Reply> {
  for (let tries = 0; tries < 100; tries++) {
    const reply = await ask(monitor, { headers });
    if (reply.status !== 202) return reply;
    assert.ok(String(reply.headers.location).endsWith(monitor));
    await sleep(20);
  }
  throw new Error(`${monitor} does not end.`);
}

const settle = (code: string, milliseconds = 0) => ({ body: { code, milliseconds } });

describe('a request that may be answered later', () => {
  test('is answered 202 at once, and then with its status in AsyncResult', async () => {
    const reply = await settled(await monitorOf('Categories(1)?$select=Name'));
    assert.deepEqual([reply.status, reply.headers.asyncresult], [200, '200']);
    assert.match(String(reply.headers['content-type']), /^application\/json/);
    const direct = await ask('Categories(1)?$select=Name');
    assert.equal(reply.text, direct.text);
    assert.equal(reply.headers.etag, direct.headers.etag);
  });

  test('is answered with an HTTP message to who takes one, or is of version 4.0', async () => {
    for (const headers of [{ Accept: 'application/http' }, { 'OData-MaxVersion': '4.0' }]) {
      const reply = await settled(await monitorOf('Nowhere'), headers);
      assert.equal(reply.status, 200);
      assert.equal(reply.headers['content-type'], 'application/http');
      assert.equal(reply.headers['content-transfer-encoding'], 'binary');
      assert.equal(reply.headers.asyncresult, undefined);
      const [head = '', body = ''] = reply.text.split('\r\n\r\n');
      assert.match(head, /^HTTP\/1\.1 404 Not Found\r\n/);
      assert.match(head, /\r\nOData-Version: 4\.0\r\n/);
      assert.equal(JSON.parse(body).error.code, 'ResourceNotFound');
    }
  });

  test('has done what it was to do', async () => {
    const made = await settled(await monitorOf('Countries', { body: { Code: 'DK', Name: 'x' } }));
    assert.deepEqual([made.headers.asyncresult, made.json.Code], ['201', 'DK']);
    assert.equal(made.headers.location, `${shop.origin}/v1.0/Countries('DK')`);
    const done = await settled(await monitorOf('Settle', settle('FI')));
    assert.deepEqual([done.status, done.headers.asyncresult, done.text], [200, '204', '']);
    assert.equal((await ask("Countries('FI')")).status, 200);
    const requests = [{ id: '1', method: 'GET', url: 'Categories(1)' }];
    const batch = await settled(await monitorOf('$batch', { body: { requests } }));
    assert.equal(batch.json.responses[0].status, 200);
  });

  test('may be refused later, too', async () => {
    const reply = await settled(await monitorOf('Countries', { body: { Code: 5 } }));
    assert.equal(reply.headers.asyncresult, '400');
    assert.equal(reply.json.error.target, 'Code');
  });

  test('is answered at once if that takes no longer than it is to wait', async () => {
    const patient = { Prefer: 'respond-async, wait=20' };
    const reply = await ask('Categories(1)', { headers: patient });
    assert.equal(reply.status, 200);
    assert.equal(reply.headers['preference-applied'], undefined);
    const headers = { Prefer: 'respond-async,wait=0' };
    assert.equal((await ask('Categories(1)', { headers })).status, 202);
  });

  test('answers nobody else', async () => {
    const monitor = await monitorOf('Categories');
    const token = await shop.token({ user: crypto.randomUUID() });
    assertError(await ask(monitor, { token }), 404);
    assertError(await ask(monitor, { token: 'wrong' }), 401);
    assert.equal((await settled(monitor)).status, 200);
    assertError(await ask('Categories', { token: 'wrong', headers: later }), 401);
    assertError(await ask(`/v1.0/$async/${crypto.randomUUID()}`), 404);
  });
});

describe('a status monitor', () => {
  test('cancels by DELETE what has changed nothing yet', async () => {
    const monitor = await monitorOf('Settle', settle('SE', 300));
    assert.equal((await ask(monitor)).status, 202);
    assert.equal((await ask(monitor, { method: 'DELETE' })).status, 204);
    assertError(await ask(monitor), 404);
    const [other] = await Promise.all([monitorOf('Settle', settle('IS', 300)), sleep(400)]);
    assert.equal((await settled(other)).headers.asyncresult, '204');
    assertError(await ask("Countries('SE')"), 404);
    assert.equal((await ask("Countries('IS')")).status, 200);
  });

  test('does not pretend to cancel what is done', async () => {
    const monitor = await monitorOf('Settle', settle('NL'));
    await settled(monitor);
    const reply = await ask(monitor, { method: 'DELETE' });
    assertError(reply, 405);
    assert.equal(reply.headers.allow, 'GET, HEAD, OPTIONS');
    const read = await monitorOf('Categories');
    await settled(read);
    assert.equal((await ask(read, { method: 'DELETE' })).status, 204);
  });

  test('takes no other methods', async () => {
    const monitor = await monitorOf('Categories');
    await settled(monitor);
    assertError(await ask(monitor, { method: 'PATCH', body: {} }), 405);
    const options = await ask(monitor, { method: 'OPTIONS' });
    assert.equal(options.headers.allow, 'GET, HEAD, DELETE, OPTIONS');
    const head = await ask(monitor, { method: 'HEAD', headers: newer });
    assert.deepEqual([head.status, head.text], [200, '']);
  });
});
