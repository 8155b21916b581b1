import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { assertError } from '../contract/expectations.ts';
import { type RequestOptions, type RunningKith, startKith } from '../running-kith.ts';

interface Row {
  readonly name: string;
  readonly path: string;
  readonly options?: RequestOptions;
  readonly status: number;
  readonly code?: string;
  readonly target?: string;
}

const BODY_MAX = 1024 * 1024;
const me = '/v1.0/me';
const patch = (body: unknown, type = 'application/json'): RequestOptions => ({
  method: 'PATCH',
  body,
  headers: { 'Content-Type': type },
});

const malformed: Row[] = [
  '',
  '{',
  '{"city":}',
  '{"city":"a",}',
  "{'city':1}",
  '{} x',
  '\uFEFF{}',
  'undefined',
  '{"city":"a\0"}',
  '{"city":1e}',
  '[',
  'NaN',
].map((body) => ({
  name: `a body that is not JSON is 400: ${JSON.stringify(body)}`,
  path: me,
  options: patch(body),
  status: 400,
  code: 'BadRequest',
}));

const wrongKinds: Row[] = ['[]', 'null', '1', '"text"', 'true'].map((body) => ({
  name: `a body that is no JSON object is 400: ${body}`,
  path: me,
  options: patch(body),
  status: 400,
  code: 'BadRequest',
}));

const mediaTypes: Row[] = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/jsonx',
  'application/xml',
  'image/png',
  'json',
  '*/*',
  'application/json; charset=utf-16',
  'application/json;charset="ISO-8859-1"',
].map((type) => ({
  name: `the media type ${type} is 415`,
  path: me,
  options: patch('{}', type),
  status: 415,
  code: 'UnsupportedMediaType',
}));

/** What clients that compress by themselves take as the sign to send it as it is. */
const codings: Row[] = ['gzip', 'br', 'deflate', 'gzip, identity', 'x'].map((coding) => ({
  name: `a body in the content coding ${coding} is 415`,
  path: me,
  options: {
    method: 'PATCH',
    body: gzipSync('{"city":"Oban"}'),
    headers: { 'Content-Encoding': coding },
  },
  status: 415,
  code: 'UnsupportedMediaType',
  target: 'Content-Encoding',
}));

const segments: readonly (readonly [path: string, target: string])[] = [
  ['/v1.0/mee', 'mee'],
  ['/v1.0/me/fotos', 'fotos'],
  ['/v1.0/users/mira@fernhollow.example/photo/x', 'x'],
  ['/v1.0/me/profile', 'profile'],
  ['/v1.0/user/x/profile', 'user'],
  ['/v2.0/me', 'v2.0'],
  ['/', ''],
  ['/nothing/here', 'nothing'],
];

const rows: Row[] = [
  ...malformed,
  ...wrongKinds,
  ...mediaTypes,
  ...codings,
  ...segments.map(([path, target]) => ({
    name: `an unknown segment is 400 with its name: ${path}`,
    path,
    status: 400,
    code: 'RequestBroker--ParseUri',
    target,
  })),
  {
    name: 'a body that is not UTF-8 is 400',
    path: me,
    options: patch(Buffer.from('{"city":"\xff\xfe"}', 'latin1')),
    status: 400,
    code: 'BadRequest',
  },
  {
    name: 'an overlong UTF-8 form is 400',
    path: me,
    options: patch(Buffer.from([0x7b, 0x22, 0xc0, 0xa0, 0x22, 0x3a, 0x31, 0x7d])),
    status: 400,
    code: 'BadRequest',
  },
  {
    name: 'a body without a media type is 400',
    path: me,
    options: { method: 'PATCH', body: '{}', headers: { 'Content-Type': '' } },
    status: 400,
    code: 'BadRequest',
  },
  {
    name: 'a body of 1 MB and one byte is 413',
    path: me,
    options: patch(`{"city":"${'x'.repeat(BODY_MAX + 1 - 11)}"}`),
    status: 413,
    code: 'RequestEntityTooLarge',
  },
  { name: 'a URL above 16 KB is 414', path: `${me}?x=${'y'.repeat(16_384)}`, status: 414 },
  { name: 'an absent entity is 404', path: '/v1.0/users/nobody@fernhollow.example', status: 404 },
  { name: 'a path that is not percent-encoded is 400', path: '/v1.0/users/%zz', status: 400 },
  { name: 'a path that is not UTF-8 is 400', path: '/v1.0/users/%ff%fe', status: 400 },
  { name: 'an empty segment is 400', path: '/v1.0/users//photo', status: 400 },
  { name: 'a path of 51 segments is 400', path: `/v1.0${'/me'.repeat(51)}`, status: 400 },
  {
    name: 'what is declared and has no behaviour yet is 501',
    path: '/v1.0/teams',
    status: 501,
    code: 'NotImplemented',
  },
  {
    name: 'a media type that cannot be sent is 406',
    path: me,
    options: { headers: { Accept: 'application/xml' } },
    status: 406,
  },
];

let kith: RunningKith;
let token: string;
before(async () => {
  kith = await startKith();
  token = await kith.token();
});
after(() => kith?.close());

for (const { name, path, options = {}, status, code, target } of rows) {
  test(name, async () => {
    const reply = await kith.request(path, { token, ...options });
    assertError(reply, status, code);
    if (target !== undefined) assert.equal(reply.json.error.target, target);
  });
}

test('the media types that mean JSON are taken', async () => {
  for (const type of [
    'application/json',
    'Application/JSON; charset=utf-8',
    'application/json;charset="UTF-8"',
    'application/json; charset=us-ascii',
    'application/json;odata.metadata=minimal;IEEE754Compatible=false',
    'application/merge-patch+json',
  ]) {
    const reply = await kith.request(me, { token, ...patch('{}', type) });
    assert.equal(reply.status, 200, type);
  }
});

test('who goes away in the middle of a body is no failure of the server', async () => {
  for (const path of [me, '/_kith/token']) {
    const socket = connect({ port: kith.port, host: '127.0.0.1' });
    const method = path === me ? 'PATCH' : 'POST';
    const length = 'Content-Type: application/json\r\nContent-Length: 99';
    socket.write(`${method} ${path} HTTP/1.1\r\nHost: localhost\r\n${length}\r\n\r\n{"ci`);
    await once(socket, 'connect');
    await sleep(50);
    socket.destroy();
  }
  await sleep(100);
  assert.equal(kith.log(), '');
  const metrics = await kith.request('/_kith/metrics');
  assert.ok(!metrics.text.includes('status="500"'));
});

test('a chunked body above 1 MB is 413 too', async () => {
  const socket = connect({ port: kith.port, host: '127.0.0.1' });
  const head = `PATCH ${me} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n`;
  const type = 'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
  socket.on('error', () => {});
  socket.write(head + type);
  for (let sent = 0; sent <= BODY_MAX; sent += 65_536) {
    socket.write(`10000\r\n${'x'.repeat(65_536)}\r\n`);
  }
  const [answer] = await once(socket.setEncoding('utf8'), 'data');
  assert.match(answer, /^HTTP\/1\.1 413 /);
  socket.destroy();
});

test('the absolute form of a request target is answered like any other', async () => {
  const reply = await kith.request(`${kith.origin}/v1.0/me`, { token });
  assert.equal(reply.status, 200, reply.text);
});

/** What Node's parser refuses before there is a request. */
const unparsable: readonly (readonly [name: string, text: string, status: number])[] = [
  ['no HTTP at all', 'GARBAGE\r\n\r\n', 400],
  ['a length that is no number', `GET ${me} HTTP/1.1\r\nHost: x\r\nContent-Length: z\r\n\r\n`, 400],
  ['a URL of raw UTF-8', 'GET /v1.0/users/j\u00fcrgen HTTP/1.1\r\nHost: x\r\n\r\n', 400],
  [
    'headers above the limit',
    `GET ${me} HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(60_000)}\r\n\r\n`,
    431,
  ],
  ['a URL above every limit', `GET ${me}?${'y'.repeat(60_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 414],
];

for (const [name, text, status] of unparsable) {
  test(`${name} is ${status} in Graph's shape, and the connection is closed`, async () => {
    const socket = connect({ port: kith.port, host: '127.0.0.1' });
    let answer = '';
    socket.setEncoding('utf8').on('data', (part) => {
      answer += part;
    });
    socket.on('error', () => {});
    socket.write(text);
    await once(socket, 'close');
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    assert.equal(Number(head.split(' ')[1]), status);
    assert.match(head, /connection: close/i);
    const { error } = JSON.parse(body);
    assert.equal(typeof error.code, 'string', body);
    assert.equal(typeof error.message, 'string');
    assert.ok(error.innerError['request-id']);
  });
}
