import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { assertError } from '../contract/expectations.ts';
import { type RunningKith, startKith } from '../running-kith.ts';
import {
  changeSet,
  type ItemReply,
  multipart,
  type PartReply,
  part,
  postMultipart,
  sendMultipart,
} from './batch-requests.ts';

const me = 'GET /v1.0/me?$select=city HTTP/1.1';
const patchMe = 'PATCH /v1.0/me HTTP/1.1';
const ingrid = 'users/ingrid@fernhollow.example';
const statuses = (replies: readonly PartReply[]): unknown[] =>
  replies.map((reply) => ('status' in reply ? reply.status : statuses(reply)));

const refused: readonly { name: string; body: string; type?: string; message: RegExp }[] = [
  { name: 'without its end', body: `--batch\r\n${part(me)}\r\n`, message: /'--batch--'/ },
  { name: 'that is empty', body: '', message: /'--batch--'/ },
  { name: 'that is JSON', body: '{"requests":[]}', message: /'--batch--'/ },
  { name: 'without a boundary', body: '', type: 'multipart/mixed', message: /no boundary/ },
  {
    name: 'with a part that is no request',
    body: multipart('batch', ['Content-Type: text/plain\r\n\r\nhello']),
    message: /application\/http/,
  },
  {
    name: 'with a change set in a change set',
    body: multipart('batch', [changeSet(changeSet(part(patchMe, {})))]),
    message: /application\/http/,
  },
  {
    name: 'with more than a thousand requests',
    body: multipart(
      'batch',
      Array.from({ length: 1001 }, () => part(me)),
    ),
    message: /at most 1000/,
  },
];

describe('$batch as multipart/mixed', () => {
  let kith: RunningKith;
  before(async () => {
    kith = await startKith();
  });
  beforeEach(() => kith.request('/_kith/reset', { method: 'POST' }));
  after(() => kith.close());

  const cityOf = async (path: string) =>
    (await kith.request(`/v1.0/${path}?$select=city`, { token: await kith.token() })).json.city;

  for (const { name, body, type, message } of refused) {
    test(`a batch ${name} is 400`, async () => {
      const headers = type === undefined ? {} : { 'Content-Type': type };
      const reply = await postMultipart(kith, body, { headers });
      assertError(reply, 400, 'BadRequest');
      assert.match(reply.json.error.message, message);
    });
  }

  test('without a token the batch itself is 401', async () => {
    const headers = { 'Content-Type': 'multipart/mixed; boundary=b' };
    const reply = await kith.request('/v1.0/$batch', { method: 'POST', body: '', headers });
    assertError(reply, 401);
  });

  test('answers have the structure of the requests, with their ids', async () => {
    const replies = await sendMultipart(kith, [
      part(me, undefined, { id: 'a' }),
      changeSet(
        part(patchMe, { city: 'Mora' }, { id: '1' }),
        part(`PATCH ${ingrid} HTTP/1.1`, { city: 'Ystad' }, { id: '2' }),
      ),
      part(me),
    ]);
    assert.deepEqual(statuses(replies), [200, [200, 200], 200]);
    const [first, set, last] = replies as [ItemReply, ItemReply[], ItemReply];
    assert.deepEqual([first.id, last.id], ['a', undefined]);
    assert.deepEqual(
      set.map(({ id, body }) => [id, body.city]),
      [
        ['1', 'Mora'],
        ['2', 'Ystad'],
      ],
    );
    assert.equal(last.body.city, 'Mora');
    assert.equal(first.headers['OData-Version'], '4.0');
    assert.match(first.headers['Content-Type']!, /^application\/json/);
  });

  for (const line of [
    'GET {origin}/v1.0/me HTTP/1.1',
    'GET /v1.0/me HTTP/1.1',
    'GET me HTTP/1.1',
    'GET /me HTTP/1.1',
    'GET me',
  ]) {
    test(`the request line '${line}' leads to the caller`, async () => {
      const [reply] = await sendMultipart(kith, [part(line.replace('{origin}', kith.origin))]);
      assert.equal((reply as ItemReply).body.displayName, 'Mira Oakley');
    });
  }

  test('lines may end with LF alone', async () => {
    const body = multipart('batch', [part(me), changeSet(part(patchMe, { city: 'Ä' }))]);
    const reply = await postMultipart(kith, body.replaceAll('\r\n', '\n'));
    assert.equal(reply.status, 200);
    assert.equal(await cityOf('me'), 'Ä');
  });

  test('a batch without requests has no answers', async () => {
    assert.deepEqual(await sendMultipart(kith, []), []);
  });

  const failing = [
    part(me),
    part('GET /v1.0/nothing HTTP/1.1'),
    part('PATCH /v1.0/me HTTP/1.1', { city: 'Late' }),
  ];

  test('a batch ends with the first error', async () => {
    const city = await cityOf('me');
    assert.deepEqual(statuses(await sendMultipart(kith, failing)), [200, 400]);
    assert.equal(await cityOf('me'), city);
  });

  for (const prefer of ['odata.continue-on-error', 'continue-on-error=true, return=minimal']) {
    test(`with Prefer: ${prefer} it goes on`, async () => {
      const headers = { Prefer: prefer };
      const reply = await postMultipart(kith, multipart('batch', failing), { headers });
      assert.equal(reply.headers['preference-applied'], 'odata.continue-on-error');
      const replies = await sendMultipart(kith, failing, { headers });
      assert.deepEqual(statuses(replies), [200, 400, 200]);
    });
  }

  test('with Prefer: continue-on-error=false it ends with the first error', async () => {
    const headers = { Prefer: 'odata.continue-on-error=false' };
    assert.deepEqual(statuses(await sendMultipart(kith, failing, { headers })), [200, 400]);
  });

  test('a change set that fails has one answer, the error, and has changed nothing', async () => {
    const city = await cityOf('me');
    const replies = await sendMultipart(
      kith,
      [
        changeSet(
          part(patchMe, { city: 'Never' }, { id: '1' }),
          part(patchMe, { city: 7 }, { id: '2' }),
          part(patchMe, { city: 'Never' }, { id: '3' }),
        ),
        part(me),
      ],
      { headers: { Prefer: 'odata.continue-on-error' } },
    );
    assert.deepEqual(statuses(replies), [400, 200]);
    const [failed, read] = replies as [ItemReply, ItemReply];
    assert.equal(failed.id, '2');
    assert.equal(failed.body.error.target, 'city');
    assert.equal(read.body.city, city);
  });

  test('a read in a change set sees what the requests before it have done', async () => {
    const [set, last] = await sendMultipart(kith, [
      changeSet(
        part(`PATCH ${ingrid} HTTP/1.1`, { city: 'Seen' }, { id: '1' }),
        part('GET $1?$select=city HTTP/1.1', undefined, { id: '2' }),
      ),
      changeSet(part(patchMe, { city: 'Never' }), part('GET nothing HTTP/1.1')),
    ]);
    const [, read] = set as ItemReply[];
    assert.equal(read!.body.city, 'Seen');
    assert.equal((last as ItemReply).status, 400);
    assert.notEqual(await cityOf('me'), 'Never');
  });

  test('a request of a change set refers to an earlier one by its id', async () => {
    const headers = ['If-Match: $1'];
    const [set] = await sendMultipart(kith, [
      changeSet(
        part(`PATCH ${ingrid} HTTP/1.1`, { city: 'One' }, { id: '1' }),
        part('PATCH $1 HTTP/1.1', { jobTitle: 'Two' }, { id: '2', headers }),
      ),
    ]);
    assert.deepEqual(statuses([set!]), [[200, 200]]);
    const [, second] = set as ItemReply[];
    assert.deepEqual([second!.body.city, second!.body.jobTitle], ['One', 'Two']);
  });
});
