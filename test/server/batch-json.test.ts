import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertError } from '../contract/expectations.ts';
import { type RunningKith, startKith } from '../running-kith.ts';
import { get, patch, sendBatch } from './batch-requests.ts';

const batch = '/v1.0/$batch';
const BATCH_MAX = 4 * 1024 * 1024;

interface Refused {
  readonly name: string;
  readonly requests: unknown;
  readonly message: RegExp | string;
}

const refused: Refused[] = [
  { name: 'no array of requests', requests: {}, message: 'Invalid batch payload format.' },
  { name: 'no request', requests: [], message: 'Invalid batch payload format.' },
  { name: 'a request without id', requests: [{ method: 'GET', url: '/me' }], message: /payload/ },
  { name: 'a request without method', requests: [{ id: '1', url: '/me' }], message: /payload/ },
  { name: 'a request without URL', requests: [{ id: '1', method: 'GET' }], message: /payload/ },
  { name: 'an id that is a number', requests: [get(1 as never)], message: /payload/ },
  {
    name: 'equal ids in different cases',
    requests: [get('a'), get('A')],
    message: 'Request Id A has to be unique in a batch.',
  },
  {
    name: 'a body without a media type',
    requests: [{ ...patch('1', '/me', {}), headers: {} }],
    message: 'Write request id : 1 does not contain Content-Type header or body.',
  },
  {
    name: '21 requests',
    requests: Array.from({ length: 21 }, (_, id) => get(`${id}`)),
    message: 'Number of requests inside batch exceeds the limit.',
  },
  {
    name: 'a mixture of parallel and sequential',
    requests: [get('1'), get('2'), get('3', '/me', { dependsOn: ['1'] })],
    message: 'Batch should be either fully sequential or fully parallel.',
  },
  {
    name: 'a dependency on a later request',
    requests: [get('1', '/me', { dependsOn: ['2'] }), get('2')],
    message: /^Invalid dependency for request Id/,
  },
];

describe('$batch in JSON', () => {
  let kith: RunningKith;
  before(async () => {
    kith = await startKith();
  });
  after(() => kith.close());

  for (const { name, requests, message } of refused) {
    test(`${name} makes the whole batch 400`, async () => {
      const token = await kith.token();
      const reply = await kith.request(batch, { method: 'POST', token, body: { requests } });
      assertError(reply, 400, 'BadRequest');
      if (typeof message === 'string') assert.equal(reply.json.error.message, message);
      else assert.match(reply.json.error.message, message);
    });
  }

  for (const body of ['', '{', '[]', 'null', '"x"', '7', '{"requests":[null]}']) {
    test(`the body ${JSON.stringify(body)} is 400`, async () => {
      const reply = await kith.request(batch, { method: 'POST', token: await kith.token(), body });
      assertError(reply, 400, 'BadRequest');
    });
  }

  test('other media types are 415, and none is 400', async () => {
    const send = async (type: string) => {
      const sent = { token: await kith.token(), body: 'x', headers: { 'Content-Type': type } };
      return kith.request(batch, { method: 'POST', ...sent });
    };
    for (const type of ['text/plain', 'multipart/form-data; boundary=x', 'application/xml']) {
      assertError(await send(type), 415);
    }
    assertError(await send(''), 400, 'BadRequest');
  });

  test('without a token the batch itself is 401, before anything is said about it', async () => {
    for (const token of [undefined, 'x']) {
      const reply = await kith.request(batch, {
        method: 'POST',
        body: '{',
        ...(token ? { token } : {}),
      });
      assertError(reply, 401, 'InvalidAuthenticationToken');
    }
  });

  test('other methods are 405 with Allow, OPTIONS tells it', async () => {
    const token = await kith.token();
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
      const reply = await kith.request(batch, { method, token });
      assertError(reply, 405, 'Request_BadRequest');
      assert.equal(reply.headers.allow, 'POST, OPTIONS');
    }
    const reply = await kith.request(batch, { method: 'OPTIONS' });
    assert.deepEqual([reply.status, reply.headers.allow], [204, 'POST, OPTIONS']);
  });

  for (const root of ['v1.0', 'beta', 'localtest']) {
    test(`${root} has a batch of its own, with its own answers`, async () => {
      const url = '/me';
      const token = await kith.token();
      const alone = await kith.request(`/${root}${url}`, { token });
      const { status, body } = (await sendBatch(kith, [get('1', url)], { root, token })).get('1')!;
      assert.equal(status, alone.status);
      if (status === 200) assert.deepEqual(body, alone.json);
    });
  }

  for (const url of ['/me', 'me', '/v1.0/me', 'v1.0/me', '{origin}/v1.0/me', '/me/', 'me?']) {
    test(`the URL ${url} is the caller`, async () => {
      const written = url.replace('{origin}', kith.origin);
      const answer = (await sendBatch(kith, [get('1', written)])).get('1')!;
      assert.equal(answer.status, 200);
      assert.equal(answer.body.displayName, 'Mira Oakley');
    });
  }

  test('a request that fails is an answer, and the others are answered as ever', async () => {
    const answers = await sendBatch(kith, [
      get('fine', '/me?$select=displayName'),
      get('unknown', '/users/00000000-0000-0000-0000-000000000000'),
      get('segment', '/nothing'),
      get('nested', '/$batch'),
      get('elsewhere', 'https://elsewhere.example/v1.0/me'),
      get('method', '/me', { method: 'BREW' }),
      patch('wrong', '/me', { city: 7 }),
      patch('noJson', '/me', {}, { headers: { 'Content-Type': 'text/plain' }, body: 'x' }),
    ]);
    const statuses = [...answers.values()].map(({ id, status }) => [id, status]);
    assert.deepEqual(Object.fromEntries(statuses), {
      fine: 200,
      unknown: 404,
      segment: 400,
      nested: 400,
      elsewhere: 400,
      method: 405,
      wrong: 400,
      noJson: 415,
    });
    const { body, headers } = answers.get('method')!;
    assert.equal(body.error.code, 'Request_BadRequest');
    assert.equal(
      body.error.message,
      'Specified HTTP method is not allowed for the request target.',
    );
    assert.match(headers.Allow!, /GET/);
    for (const { status, headers: own, body: content } of answers.values()) {
      assert.match(own['Content-Type']!, /^application\/json/);
      if (status < 400) continue;
      assert.equal(content.error.innerError['request-id'], own['request-id']);
    }
  });

  test('each answer has ids of its own; that of the client is inherited or its own', async () => {
    const headers = { 'client-request-id': 'all' };
    const own = { headers: { 'Client-Request-Id': 'one' } };
    const broken = { headers: { 'client-request-id': 'a\r\nb' } };
    const answers = await sendBatch(
      kith,
      [get('1'), get('2', '/me', own), get('3', '/me', broken)],
      {
        headers,
      },
    );
    const ids = [...answers.values()].map((answer) => answer.headers['request-id']);
    assert.equal(new Set(ids).size, 3);
    assert.equal(answers.get('1')!.headers['client-request-id'], 'all');
    assert.equal(answers.get('2')!.headers['client-request-id'], 'one');
    assert.equal(answers.get('3')!.headers['client-request-id'], ids[2]);
  });

  test('a request is identified by its own token, if it has one', async () => {
    const reader = await kith.token({ user: 'mira@fernhollow.example', scopes: ['User.Read'] });
    const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
    const type = { 'Content-Type': 'application/json' };
    const answers = await sendBatch(kith, [
      get('me', '/me', { headers: bearer(reader) }),
      get('nobody', '/me', { headers: bearer('x') }),
      patch('reader', '/me', { city: 'X' }, { headers: { ...type, ...bearer(reader) } }),
      patch('writer', '/me', { city: 'Y' }),
    ]);
    assert.equal(answers.get('me')!.status, 200);
    assert.equal(answers.get('nobody')!.status, 401);
    assert.match(answers.get('nobody')!.headers['WWW-Authenticate']!, /^Bearer/);
    assert.equal(answers.get('reader')!.status, 403);
    assert.equal(answers.get('writer')!.status, 200);
  });

  test('a request that depends on a failure is 424, one that depends on success runs', async () => {
    const answers = await sendBatch(kith, [
      patch('1', '/me', { city: 'Before' }),
      patch('2', '/me', { jobTitle: 7 }, { dependsOn: ['1'] }),
      patch('3', '/me', { city: 'After' }, { dependsOn: ['2'] }),
    ]);
    assert.deepEqual(
      [...answers.values()].map(({ id, status }) => [id, status]),
      [
        ['1', 200],
        ['2', 400],
        ['3', 424],
      ],
    );
    assert.equal(answers.get('3')!.body.error.code, 'FailedDependency');
    const me = await kith.request('/v1.0/me?$select=city', { token: await kith.token() });
    assert.equal(me.json.city, 'Before');
  });

  test('headers of a request reach it: If-Match, If-None-Match, Prefer', async () => {
    const etag = (await sendBatch(kith, [get('1')])).get('1')!.headers.ETag!;
    const type = { 'content-type': 'application/json' };
    const answers = await sendBatch(kith, [
      get('same', '/me', { headers: { 'if-none-match': etag } }),
      patch('stale', '/me', { city: 'X' }, { headers: { ...type, 'if-match': 'W/"0"' } }),
      patch(
        'quiet',
        '/users/ingrid@fernhollow.example',
        { city: 'X' },
        {
          headers: { ...type, prefer: 'return=minimal' },
        },
      ),
    ]);
    assert.deepEqual([answers.get('same')!.status, 'body' in answers.get('same')!], [304, false]);
    assert.equal(answers.get('stale')!.status, 412);
    assert.deepEqual([answers.get('quiet')!.status, 'body' in answers.get('quiet')!], [204, false]);
  });

  test('a batch may have 4 MB, and not more', async () => {
    const token = await kith.token();
    const filled = (bytes: number) => {
      const empty = JSON.stringify({ requests: [get('1')], padding: '' });
      return JSON.stringify({ requests: [get('1')], padding: 'x'.repeat(bytes - empty.length) });
    };
    const send = (bytes: number) =>
      kith.request(batch, { method: 'POST', token, body: filled(bytes) });
    assert.equal((await send(BATCH_MAX)).status, 200);
    assertError(await send(BATCH_MAX + 1), 413);
  });
});
