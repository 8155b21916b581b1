import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { type RunningKith, startKith } from '../running-kith.ts';

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const small = '/beta/me/photo';
const large = '/localtest/me';

let kith: RunningKith;
let token: string;
before(async () => {
  kith = await startKith();
  token = await kith.token();
});
after(() => kith?.close());

test('every answer has a request-id of its own', async () => {
  const paths = [large, '/v1.0/nothing', '/nothing', '/_kith/live'];
  const replies = await Promise.all(paths.map((path) => kith.request(path, { token })));
  const ids = replies.map(({ headers }) => String(headers['request-id']));
  for (const id of ids) assert.match(id, guid);
  assert.equal(new Set(ids).size, paths.length);
});

test('a client-request-id comes back, in answers and in errors', async () => {
  const headers = { 'client-request-id': 'a-client/42' };
  for (const path of [large, '/v1.0/nothing', '/nothing', '/v1.0/users/%zz', '/_kith/live']) {
    const reply = await kith.request(path, { token, headers });
    assert.equal(reply.headers['client-request-id'], 'a-client/42', path);
    if (reply.status < 400) continue;
    assert.equal(reply.json.error.innerError['client-request-id'], 'a-client/42');
  }
});

test('a client-request-id that is no plain word is replaced by the request-id', async () => {
  for (const written of ['x'.repeat(5_000), 'two words', 'caf\u00e9']) {
    const reply = await kith.request(small, { token, headers: { 'client-request-id': written } });
    assert.equal(reply.status, 200);
    assert.equal(reply.headers['client-request-id'], reply.headers['request-id']);
  }
});

for (const path of [large, '/_kith/token']) {
  test(`a preflight of ${path} is answered without a token`, async () => {
    const reply = await kith.request(path, {
      method: 'OPTIONS',
      headers: {
        Origin: 'https://app.example',
        'Access-Control-Request-Method': path === large ? 'PATCH' : 'POST',
        'Access-Control-Request-Headers': 'authorization,content-type,prefer,x-anything',
      },
    });
    assert.ok([200, 204].includes(reply.status));
    const { headers } = reply;
    assert.ok(['*', 'https://app.example'].includes(headers['access-control-allow-origin'] ?? ''));
    assert.match(String(headers['access-control-allow-methods']), /PATCH/);
    assert.match(String(headers['access-control-allow-headers']), /prefer,\s*x-anything/);
  });
}

for (const [path, status] of [
  [large, 200],
  [large, 401],
  ['/v1.0/nothing', 400],
  ['/v1.0/users/nobody', 404],
  [`/v1.0/me?${'x'.repeat(17_000)}`, 414],
  ['/v1.0/users/%zz', 400],
] as const) {
  test(`an answer of ${status} to ${path.slice(0, 30)} can be read by a page`, async () => {
    const headers = { Origin: 'https://app.example' };
    const bearer = status === 401 ? {} : { token };
    const reply = await kith.request(path, { ...bearer, headers });
    assert.equal(reply.status, status);
    const origin = reply.headers['access-control-allow-origin'] ?? 'none';
    assert.ok(['*', 'https://app.example'].includes(origin), origin);
    const exposed = String(reply.headers['access-control-expose-headers']).toLowerCase();
    for (const name of [
      'etag',
      'request-id',
      'client-request-id',
      'www-authenticate',
      'retry-after',
      'location',
    ]) {
      assert.ok(exposed.split(/,\s*/).includes(name), `${name} is not in ${exposed}`);
    }
  });
}

const encodings = {
  gzip: (bytes: Buffer) => gunzipSync(bytes),
  br: (bytes: Buffer) => brotliDecompressSync(bytes),
};

for (const [encoding, unpack] of Object.entries(encodings)) {
  test(`${encoding} is used above 1 KB, and says that it varies`, async () => {
    const plain = await kith.request(large, { token });
    assert.ok(plain.bytes.length > 1024);
    assert.equal(plain.headers['content-encoding'], undefined);
    const headers = { 'Accept-Encoding': encoding };
    const packed = await kith.request(large, { token, headers });
    assert.equal(packed.headers['content-encoding'], encoding);
    assert.match(String(packed.headers.vary), /accept-encoding/i);
    assert.equal(packed.headers.etag, plain.headers.etag);
    assert.ok(packed.bytes.length < plain.bytes.length);
    assert.equal(unpack(packed.bytes).toString('utf8'), plain.text);
  });

  test(`${encoding} is not used below 1 KB`, async () => {
    const headers = { 'Accept-Encoding': encoding };
    const reply = await kith.request(small, { token, headers });
    assert.ok(reply.bytes.length < 1024);
    assert.equal(reply.headers['content-encoding'], undefined);
  });

  test(`${encoding} is used for the answer to a PATCH too`, async () => {
    const headers = { 'Accept-Encoding': encoding };
    const reply = await kith.request(large, { token, body: { city: 'Packed' }, headers });
    assert.equal(reply.headers['content-encoding'], encoding);
    assert.equal(JSON.parse(unpack(reply.bytes).toString('utf8')).city, 'Packed');
  });
}

test('an encoding that is refused or not known is not used', async () => {
  for (const accepted of ['identity', 'gzip;q=0, br;q=0', 'zstd-x', 'deflate']) {
    const headers = { 'Accept-Encoding': accepted };
    const reply = await kith.request(large, { token, headers });
    assert.equal(reply.status, 200, accepted);
    assert.equal(reply.headers['content-encoding'], undefined, accepted);
  }
});

test('304 for the tag that the client has: weakly compared, in a list, or any', async () => {
  const { headers } = await kith.request(large, { token });
  const etag = headers.etag!;
  for (const known of [etag, `W/"0", ${etag}`, '*', etag.replace('W/', '')]) {
    const reply = await kith.request(large, { token, headers: { 'If-None-Match': known } });
    assert.equal(reply.status, 304, known);
    assert.equal(reply.text, '');
    assert.equal(reply.headers.etag, etag);
    assert.match(String(reply.headers['request-id']), guid);
  }
});

test('200 for another tag', async () => {
  for (const known of ['W/"99999"', '"x"', 'nonsense']) {
    const reply = await kith.request(large, { token, headers: { 'If-None-Match': known } });
    assert.equal(reply.status, 200, known);
  }
});

test('an answer is private to its caller', async () => {
  const reply = await kith.request(large, { token });
  assert.match(String(reply.headers['cache-control']), /private|no-store/);
});
