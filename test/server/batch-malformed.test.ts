import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { type Reply, type RunningKith, startKith } from '../running-kith.ts';
import { changeSet, multipart, part } from './batch-requests.ts';

const DEEP_BODY =
  '{"requests":[{"id":"1","method":"PATCH","url":"/me",' +
  '"headers":{"Content-Type":"application/json"},"body":';
const SLOW_MS = 5_000;
const numRuns = process.env.KITH_TEST_FULL === '1' ? 5_000 : 400;
const settings: fc.Parameters<unknown> = { numRuns, seed: 20_261 };

const url = fc.oneof(
  fc.constantFrom(
    '/me',
    'me',
    '/$batch',
    '$1',
    '/v1.0/me',
    '//',
    'http://',
    '$metadata',
    '/me?$select=',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.webUrl(),
);
const headers = fc.oneof(
  fc.constantFrom(
    {},
    null,
    { 'Content-Type': 'application/json' },
    { 'content-type': 'image/png' },
  ),
  fc.dictionary(fc.string({ maxLength: 10 }), fc.jsonValue({ maxDepth: 1 })),
);
const names = fc.constantFrom('1', '2', 'a', 'A', 'g', '__proto__', 'constructor');
const item = fc.record(
  {
    id: fc.oneof(names, fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 1 })),
    method: fc.oneof(fc.constantFrom('GET', 'PATCH', 'post', 'X', ''), fc.string({ maxLength: 8 })),
    url: fc.oneof(url, fc.jsonValue({ maxDepth: 1 })),
    headers,
    body: fc.oneof(fc.jsonValue(), fc.constant({ '@odata.bind': ['$1', 7] })),
    dependsOn: fc.oneof(fc.array(names, { maxLength: 3 }), fc.jsonValue({ maxDepth: 1 })),
    atomicityGroup: fc.oneof(names, fc.jsonValue({ maxDepth: 1 })),
  },
  { requiredKeys: [] },
);
/** Requests that are well formed, but for what they ask. */
const wellFormed = fc.uniqueArray(
  fc.record({
    id: fc.string({ minLength: 1, maxLength: 4 }),
    method: fc.constantFrom('GET', 'PATCH', 'POST', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE'),
    url: url.filter((text) => text !== ''),
    headers: fc.constant({ 'Content-Type': 'application/json' }),
    body: fc.jsonValue(),
  }),
  { minLength: 1, maxLength: 20, selector: ({ id }) => id.toLowerCase() },
);
const jsonBody = fc.oneof(
  fc.json(),
  fc.record({ requests: fc.oneof(fc.array(item, { maxLength: 25 }), fc.jsonValue()) }),
  fc.record({ requests: wellFormed }),
);

const text = fc.string({ unit: 'binary', maxLength: 40 });
const parts = fc.array(
  fc.oneof(
    text,
    fc
      .tuple(fc.constantFrom('GET', 'PATCH', 'x'), url)
      .map(([method, to]) => part(`${method} ${to}`)),
    text.map((line) => part(line, { city: 'x' }, { id: line })),
    text.map(
      (body) =>
        `Content-Type: application/http\r\nContent-Length: 3\r\n\r\nPATCH me\r\n\r\n${body}`,
    ),
    text.map((line) => changeSet(part(`PATCH me${line}`, { city: line }))),
    text.map((body) => `Content-Type: multipart/mixed; boundary=${body}\r\n\r\n${body}`),
  ),
  { maxLength: 8 },
);
/** A multipart body, whole or cut, with a few bytes changed. */
const multipartBody = fc
  .tuple(parts, fc.nat(), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }))
  .map(([each, cut, changes]) => {
    const whole = Buffer.from(multipart('batch', each));
    for (const [at, byte] of changes) whole[at % whole.length] = byte;
    return cut % 3 === 0 ? whole.subarray(0, cut % whole.length) : whole;
  });

describe('malformed batches', () => {
  let kith: RunningKith;
  let token: string;
  before(async () => {
    kith = await startKith();
    token = await kith.token();
  });
  after(() => kith.close());

  const send = async (body: unknown, type: string): Promise<Reply> => {
    const started = performance.now();
    const sent = { method: 'POST', token, body, headers: { 'Content-Type': type } };
    const reply = await kith.request('/v1.0/$batch', sent);
    assert.ok(performance.now() - started < SLOW_MS, 'it took too long');
    assert.ok(reply.status < 500, `${reply.status} ${reply.text.slice(0, 300)}`);
    if (reply.status !== 200) assert.equal(typeof reply.json.error.code, 'string');
    return reply;
  };

  test('in JSON are refused or answered, without an error of the server', async () => {
    const property = fc.asyncProperty(jsonBody, async (body) => {
      const reply = await send(body, 'application/json');
      for (const { status } of reply.status === 200 ? reply.json.responses : []) {
        assert.ok(status < 500 || status === 501, reply.text.slice(0, 500));
      }
    });
    await fc.assert(property, settings);
  });

  test('as multipart are refused or answered, without an error of the server', async () => {
    const property = fc.asyncProperty(multipartBody, async (body) => {
      const reply = await send(body, 'multipart/mixed; boundary=batch');
      assert.doesNotMatch(reply.text, /HTTP\/1\.1 50[02-9]/);
    });
    await fc.assert(property, settings);
  });

  test('are refused soon, though they are large', async () => {
    const large = 3 * 1024 * 1024;
    const lines = (line: string) => line.repeat(large / line.length);
    const space = ' '.repeat(large);
    const bodies = [
      lines('--batch'),
      lines('--batch '),
      lines('--batch\r\n'),
      lines('\r\n--batch x'),
      multipart('batch', [part(`GET${space}`)]),
      multipart('batch', [part('GET me', {}, { headers: [`a${space}`] })]),
    ];
    for (const body of bodies) {
      assert.equal((await send(body, 'multipart/mixed; boundary=batch')).status, 400);
    }
    const wide = ' '.repeat(1024 * 1024);
    const spaced = multipart('batch', [part(`GET${wide}x`, {}, { id: wide, headers: [wide] })]);
    assert.equal((await send(spaced, 'multipart/mixed; boundary=batch')).status, 200);
  });

  test('are refused or answered, however deep they are', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    assert.equal((await send(`{"requests":${deep}}`, 'application/json')).status, 400);
    const reply = await send(`${DEEP_BODY}${deep}}]}`, 'application/json');
    const { status } = reply.status === 200 ? reply.json.responses[0] : reply;
    assert.equal(status, 400);
  });

  test('leave the server as it was', async () => {
    assert.ok(kith.isAlive());
    assert.equal((await kith.request('/v1.0/me', { token })).status, 200);
    assert.doesNotMatch(kith.log(), /"level":(50|60)/);
  });
});
