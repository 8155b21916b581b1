import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Refusal } from '#errors.ts';
import type { Log } from '#log.ts';
import type { Caller } from '#plan/caller.ts';
import type { Fidelity } from '#plan/request.ts';
import type { Store } from '#plan/store.ts';
import type { ServiceAnswer, ServiceRequest } from '../service-request.ts';
import { type BatchParts, handleBatch } from './handle-batch.ts';

const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10]);
const ORIGIN = 'https://localhost';

/** A service of a few lines: what it is asked for decides what it answers. */
function answerOf(request: ServiceRequest): ServiceAnswer {
  const { method, path, body } = request;
  const json = { 'Content-Type': 'application/json;odata.metadata=minimal' };
  if (path === '/photo')
    return { status: 200, headers: { 'Content-Type': 'image/jpeg' }, body: JPEG };
  if (path === '/$count')
    return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: '7' };
  if (path === '/bug') throw new Error('a secret of the server');
  if (path === '/busy') {
    throw new Refusal('unavailable', 'Try again.', { headers: { 'Retry-After': '2' } });
  }
  if (method === 'DELETE') return { status: 204, headers: {}, body: undefined };
  if (method === 'POST') {
    const headers = { ...json, Location: `${ORIGIN}/v1.0${path}/new`, ETag: 'W/"1"' };
    return { status: 201, headers, body: body?.toString() ?? '' };
  }
  const seen = { path, query: request.query, ifMatch: request.headers['if-match'] };
  return { status: 200, headers: json, body: JSON.stringify(seen) };
}

interface Fakes {
  readonly fidelity?: Fidelity;
  readonly logged?: unknown[];
  readonly delay?: (request: ServiceRequest) => Promise<void>;
}

function send(body: unknown, type: string, { fidelity = 'odata', logged = [], delay }: Fakes) {
  const log = { error: (which: unknown) => logged.push(which), debug: () => {} };
  const store = { join: (work: (joined: Store) => Promise<unknown>) => work(store) } as Store;
  const parts: BatchParts = {
    store,
    clock: { now: () => 0 },
    log: log as unknown as Log,
    fidelity,
    identify: async () => ({}) as Caller,
  };
  const request: ServiceRequest = {
    method: 'POST',
    root: 'v1.0',
    path: '/$batch',
    query: '',
    headers: { 'content-type': type },
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    origin: ORIGIN,
  };
  return handleBatch(request, parts, async (item) => {
    await delay?.(item);
    return answerOf(item);
  });
}

async function sendJson(requests: readonly object[], fakes: Fakes = {}) {
  const answer = await send({ requests }, 'application/json', fakes);
  assert.equal(answer.status, 200);
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came.
  const { responses } = JSON.parse(String(answer.body)) as { responses: any[] };
  return new Map(responses.map((response) => [response.id as string, response]));
}

const get = (id: string, url: string, more: object = {}) => ({ id, method: 'GET', url, ...more });
const post = (id: string, url: string, more: object = {}) => ({
  ...get(id, url, { body: { made: id }, headers: { 'content-type': 'application/json' } }),
  ...more,
  method: 'POST',
});

describe('answers in a JSON batch', () => {
  test('a photo is base64, a count is a text, JSON is JSON, and nothing is no member', async () => {
    const answers = await sendJson([
      get('p', '/photo'),
      get('c', '/$count'),
      get('j', '/me'),
      { ...get('d', '/me'), method: 'DELETE' },
      { ...get('h', '/me'), method: 'HEAD' },
      post('e', '/empty', { body: null }),
    ]);
    assert.equal(answers.get('p').body, JPEG.toString('base64'));
    assert.equal(answers.get('p').headers['Content-Type'], 'image/jpeg');
    assert.equal(answers.get('c').body, '7');
    assert.deepEqual(answers.get('j').body, { path: '/me', query: '' });
    for (const id of ['d', 'h', 'e']) assert.equal('body' in answers.get(id), false);
    assert.equal(answers.get('d').status, 204);
    for (const answer of answers.values()) assert.equal(typeof answer.headers, 'object');
  });

  test('an error of the server tells nothing to the client, and all to the log', async () => {
    const logged: { 'request-id': string; err: Error }[] = [];
    const answer = (await sendJson([get('1', '/bug')], { logged })).get('1');
    assert.equal(answer.status, 500);
    assert.doesNotMatch(JSON.stringify(answer), /secret/);
    assert.equal(logged[0]!.err.message, 'a secret of the server');
    assert.equal(logged[0]!['request-id'], answer.headers['request-id']);
    assert.equal(answer.body.error.innerError['request-id'], answer.headers['request-id']);
  });

  test('when to try again stands in the answer to the request itself', async () => {
    const answer = (await sendJson([get('1', '/busy')])).get('1');
    assert.equal(answer.status, 503);
    assert.equal(answer.headers['Retry-After'], '2');
  });

  test('an id refers to what an earlier request has made, and waits for it', async () => {
    const answers = await sendJson([
      post('1', '/users'),
      get('2', '$1/manager?$select=id', { headers: { 'If-Match': '$1' } }),
      post('3', '/groups', { body: { 'owner@odata.bind': '$1' }, dependsOn: ['1'] }),
    ]);
    const ifMatch = 'W/"1"';
    const seen = { path: '/users/new/manager', query: '$select=id', ifMatch };
    assert.deepEqual(answers.get('2').body, seen);
    assert.deepEqual(answers.get('3').body, { 'owner@odata.bind': `${ORIGIN}/v1.0/users/new` });
  });

  test('in a group, an id refers to what the group has made', async () => {
    const inGroup = { atomicityGroup: 'g' };
    const answers = await sendJson([post('1', '/users', inGroup), get('2', '$1/photo', inGroup)]);
    assert.equal(answers.get('2').body.path, '/users/new/photo');
    assert.equal(answers.get('2').atomicityGroup, 'g');
  });

  test('what depends on a failure is not executed, nor what depends on that', async () => {
    const asked: string[] = [];
    const delay = async ({ path }: ServiceRequest) => void asked.push(path);
    const requests = [
      get('1', '/busy'),
      get('2', '/a', { dependsOn: ['1'] }),
      get('3', '/b', { dependsOn: ['2'] }),
    ];
    const answers = await sendJson(requests, { fidelity: 'graph', delay });
    assert.deepEqual(asked, ['/busy']);
    for (const id of ['2', '3']) {
      assert.equal(answers.get(id).status, 424);
      assert.equal(answers.get(id).body.error.code, 'FailedDependency');
      assert.ok(answers.get(id).headers['request-id']);
    }
  });

  test('requests that depend on nothing run at once, but never more than eight', async () => {
    let running = 0;
    let most = 0;
    const delay = async () => {
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      running--;
    };
    const requests = Array.from({ length: 20 }, (_, id) => get(`${id}`, '/me'));
    assert.equal((await sendJson(requests, { delay, fidelity: 'graph' })).size, 20);
    assert.equal(most, 8);
  });
});

describe('answers in a multipart batch', () => {
  const batch = (...lines: string[]) =>
    lines
      .map((line) => `--b\r\nContent-Type: application/http\r\n\r\n${line}\r\n\r\n\r\n`)
      .join('');
  const sendParts = async (...lines: string[]) => {
    const answer = await send(`${batch(...lines)}--b--`, 'multipart/mixed; boundary=b', {});
    assert.match(answer.headers['Content-Type']!, /^multipart\/mixed; boundary=/);
    return answer.body as Buffer;
  };

  test('bytes are sent as they are, with their number', async () => {
    const body = await sendParts('GET /photo HTTP/1.1');
    const head = Buffer.from(`Content-Length: ${JPEG.length}\r\n\r\n`);
    const at = body.indexOf(head) + head.length;
    assert.deepEqual(body.subarray(at, at + JPEG.length), JPEG);
  });

  test('nothing is sent where there is no body', async () => {
    const body = String(await sendParts('DELETE /me HTTP/1.1'));
    assert.match(body, /\r\n\r\nHTTP\/1.1 204 No Content\r\n/);
    assert.doesNotMatch(body, /Content-Length/);
  });

  test('an error of the server ends the batch', async () => {
    const body = String(await sendParts('GET /bug', 'GET /me'));
    assert.match(body, /HTTP\/1.1 500 Internal Server Error/);
    assert.doesNotMatch(body, /secret|200 OK/);
  });
});
