import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertError } from '../contract/expectations.ts';
import { type RunningKith, startKith } from '../running-kith.ts';

const me = '/v1.0/me';
const graphMethods = ['GET', 'HEAD', 'OPTIONS', 'PATCH'];
/** The control routes, and what each answers. */
const control: readonly (readonly [path: string, methods: readonly string[]])[] = [
  ['/_kith/live', ['GET', 'HEAD', 'OPTIONS']],
  ['/_kith/ready', ['GET', 'HEAD', 'OPTIONS']],
  ['/_kith/metrics', ['GET', 'HEAD', 'OPTIONS']],
  ['/_kith/ca.pem', ['GET', 'HEAD', 'OPTIONS']],
  ['/_kith/permissions', ['GET', 'HEAD', 'OPTIONS']],
  ['/_kith/token', ['OPTIONS', 'POST']],
  ['/_kith/reset', ['OPTIONS', 'POST']],
];

let kith: RunningKith;
let token: string;
before(async () => {
  kith = await startKith();
  token = await kith.token();
});
after(() => kith?.close());

function listAllowed(header: string | undefined): string[] {
  return (header ?? '')
    .split(',')
    .map((each) => each.trim())
    .sort();
}

for (const method of ['POST', 'PUT', 'DELETE', 'PROPFIND', 'TRACE', 'MKCOL']) {
  test(`${method} of a user is 405 with Allow`, async () => {
    const reply = await kith.request(me, { token, method });
    assert.equal(reply.status, 405, reply.text);
    assert.deepEqual(listAllowed(reply.headers.allow), graphMethods);
    assertError(reply, 405, 'Request_BadRequest');
  });
}

for (const [path, methods] of control) {
  test(`DELETE ${path} is 405 with Allow`, async () => {
    const reply = await kith.request(path, { method: 'DELETE' });
    assert.equal(reply.status, 405, reply.text);
    assert.deepEqual(listAllowed(reply.headers.allow), methods);
  });
  test(`OPTIONS ${path} says Allow`, async () => {
    const reply = await kith.request(path, { method: 'OPTIONS' });
    assert.ok([200, 204].includes(reply.status));
    assert.deepEqual(listAllowed(reply.headers.allow), methods);
  });
  if (!methods.includes('GET')) continue;
  test(`HEAD ${path} is GET without a body`, async () => {
    const got = await kith.request(path);
    const headed = await kith.request(path, { method: 'HEAD' });
    assert.equal(headed.status, got.status);
    assert.equal(headed.headers['content-type'], got.headers['content-type']);
    assert.equal(headed.bytes.length, 0);
  });
}

for (const path of [
  me,
  '/localtest/me',
  '/beta/me/profile',
  '/v1.0/me/photo',
  '/v1.0/users/nobody',
]) {
  test(`HEAD ${path} is GET without a body`, async () => {
    const got = await kith.request(path, { token });
    const headed = await kith.request(path, { token, method: 'HEAD' });
    assert.equal(headed.status, got.status);
    for (const name of ['etag', 'content-type', 'content-length', 'odata-version', 'vary']) {
      assert.equal(headed.headers[name], got.headers[name], name);
    }
    assert.equal(headed.bytes.length, 0);
  });
}

for (const [path, methods] of [
  [me, graphMethods],
  ['/localtest/users/x', ['DELETE', ...graphMethods]],
  ['/localtest/users', ['GET', 'HEAD', 'OPTIONS', 'POST']],
  ['/v1.0/users/x/displayName', ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PUT']],
  ['/v1.0/users/x/manager/$ref', ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PUT']],
  ['/v1.0/groups/x/members/$ref', ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST']],
  ['/v1.0/groups/x/members/y/$ref', ['DELETE', 'OPTIONS']],
  ['/beta/me/photos/48x48', graphMethods],
  ['/v1.0/groups/x/photo', ['DELETE', ...graphMethods]],
  ['/v1.0/groups/x/photo/$value', ['DELETE', ...graphMethods, 'PUT']],
  ['/v1.0/me/contacts/x/photo/$value', [...graphMethods, 'PUT']],
  ['/v1.0/me/photos/48x48/$value', ['GET', 'HEAD', 'OPTIONS']],
] as const) {
  test(`OPTIONS ${path} says Allow, without a token`, async () => {
    const reply = await kith.request(path, { method: 'OPTIONS' });
    assert.equal(reply.status, 204);
    assert.deepEqual(listAllowed(reply.headers.allow), methods);
    assert.equal(reply.text, '');
  });
}

test('a GET with a media type and no body, as PnP sends it, is answered', async () => {
  const reply = await kith.request(me, { token, headers: { 'Content-Type': 'application/json' } });
  assert.equal(reply.status, 200);
});

test('answers say their OData version', async () => {
  const reply = await kith.request(me, { token });
  assert.equal(reply.headers['odata-version'], '4.0');
  assert.match(String(reply.headers.vary), /\bOData-MaxVersion\b/);
});
