import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { type RunningContoso, startContoso } from '../clients/contoso.ts';
import { contoso } from '../clients/contoso-seed.ts';

const { ada, ben, daemon, web, native, spa, api, tenant, domain } = contoso;
const graph = 'https://graph.microsoft.com/.default';

let running: RunningContoso;
before(async () => {
  running = await startContoso();
});
after(() => running?.[Symbol.asyncDispose]());

type Fields = Readonly<Record<string, string>>;

/** Sends a form to the token endpoint. */
function ask(fields: Fields | string, options: { path?: string; headers?: Fields } = {}) {
  const { path = `/${tenant}/oauth2/v2.0/token`, headers = {} } = options;
  return running.kith.request(path, {
    method: 'POST',
    body: typeof fields === 'string' ? fields : new URLSearchParams(fields).toString(),
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
  });
}

const credentials: Fields = {
  grant_type: 'client_credentials',
  client_id: daemon.id,
  client_secret: daemon.secret,
  scope: graph,
};
const password: Fields = {
  grant_type: 'password',
  client_id: native.id,
  username: ada.name,
  password: ada.password,
  scope: 'User.Read offline_access openid',
};

/** A request that is refused: what is changed of a good one, and how it is refused. */
type Refused = readonly [name: string, fields: Fields, code: number, error: string];
const without = (fields: Fields, name: string): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([each]) => each !== name));

const refused: readonly Refused[] = [
  ['no grant type', without(credentials, 'grant_type'), 900144, 'invalid_request'],
  [
    'an unknown grant type',
    { ...credentials, grant_type: 'magic' },
    70003,
    'unsupported_grant_type',
  ],
  ['no client id', without(credentials, 'client_id'), 900144, 'invalid_request'],
  ['an unknown client', { ...credentials, client_id: 'nobody' }, 700016, 'unauthorized_client'],
  ['a wrong secret', { ...credentials, client_secret: 'x' }, 7000215, 'invalid_client'],
  ['no secret', without(credentials, 'client_secret'), 7000216, 'invalid_client'],
  [
    "another application's secret",
    { ...credentials, client_secret: web.secret },
    7000215,
    'invalid_client',
  ],
  ['no scope', without(credentials, 'scope'), 900144, 'invalid_request'],
  ['a scope without .default', { ...credentials, scope: 'User.Read' }, 1002012, 'invalid_scope'],
  ['a malformed scope', { ...credentials, scope: '<script>' }, 70011, 'invalid_scope'],
  [
    'two resources',
    { ...credentials, scope: `${graph} api://${api.id}/.default` },
    28000,
    'invalid_scope',
  ],
  [
    'a resource that is not there',
    { ...credentials, scope: 'api://nobody/.default' },
    500011,
    'invalid_resource',
  ],
  ['a wrong password', { ...password, password: 'wrong' }, 50126, 'invalid_grant'],
  ['no password', without(password, 'password'), 900144, 'invalid_request'],
  ['an unknown user', { ...password, username: `nobody@${domain}` }, 50126, 'invalid_grant'],
  [
    'a disabled user',
    { ...password, username: contoso.disabled.name, password: contoso.disabled.password },
    50057,
    'invalid_grant',
  ],
  [
    '.default beside other scopes',
    { ...password, scope: `${graph} https://graph.microsoft.com/User.Read` },
    70011,
    'invalid_scope',
  ],
  ['claims that are no JSON', { ...password, claims: '{' }, 9002313, 'invalid_request'],
  [
    'a made-up code',
    { grant_type: 'authorization_code', client_id: native.id, code: 'x' },
    9002313,
    'invalid_grant',
  ],
  [
    'a made-up refresh token',
    { grant_type: 'refresh_token', client_id: native.id, refresh_token: 'x', scope: 'User.Read' },
    9002313,
    'invalid_grant',
  ],
  [
    'a made-up device code',
    { grant_type: 'device_code', client_id: native.id, device_code: 'x' },
    70019,
    'bad_verification_code',
  ],
  [
    'an assertion that is no token',
    {
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      client_id: api.id,
      client_secret: api.secret,
      requested_token_use: 'on_behalf_of',
      assertion: 'x.y.z',
      scope: 'User.Read',
    },
    50027,
    'invalid_grant',
  ],
  [
    'a client assertion that is no token',
    {
      ...without(credentials, 'client_secret'),
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: 'x',
    },
    50027,
    'invalid_request',
  ],
  [
    'a secret and an assertion',
    {
      ...credentials,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: 'x',
    },
    7000224,
    'invalid_request',
  ],
];

describe('the token endpoint', () => {
  for (const [name, fields, code, error] of refused) {
    test(`refuses ${name} with AADSTS${code}`, async () => {
      const reply = await ask(fields, { headers: { 'client-request-id': 'the-correlation' } });
      const { json } = reply;
      assert.equal(json.error, error, reply.text);
      assert.deepEqual(json.error_codes, [code]);
      assert.match(json.error_description, new RegExp(`^AADSTS${code}: `));
      assert.match(json.timestamp, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/);
      assert.equal(json.correlation_id, 'the-correlation');
      assert.match(json.trace_id, /^[0-9a-f-]{36}$/);
      assert.match(json.error_uri, new RegExp(`/error\\?code=${code}$`));
      assert.equal(reply.status, error === 'invalid_client' ? 401 : 400);
      assert.equal(reply.headers['cache-control'], 'no-store');
      for (const secret of [daemon.secret, web.secret, ada.password]) {
        assert.ok(!reply.text.includes(secret));
      }
    });
  }

  test('refuses a parameter that is said twice, and a body that is no form', async () => {
    const twice = await ask(`${new URLSearchParams(credentials)}&scope=x`);
    assert.deepEqual(twice.json.error_codes, [9000411]);
    const json = await ask('{}', { headers: { 'Content-Type': 'application/json' } });
    assert.equal(json.status, 415);
    assert.equal(json.json.error, 'invalid_request');
  });

  test('refuses GET with 405 and tells what it takes', async () => {
    const reply = await running.kith.request(`/${tenant}/oauth2/v2.0/token`);
    assert.equal(reply.status, 405);
    assert.equal(reply.headers.allow, 'POST, OPTIONS');
    assert.deepEqual(reply.json.error_codes, [900561]);
  });

  test('refuses unknown tenants, personal accounts, applications without a tenant', async () => {
    const codes = { nowhere: 90002, consumers: 9001014, common: 50059, organizations: 50059 };
    for (const [name, code] of Object.entries(codes)) {
      const reply = await ask(credentials, { path: `/${name}/oauth2/v2.0/token` });
      assert.deepEqual(reply.json.error_codes, [code], name);
    }
  });

  test('takes a tenant by guid and by domain in any case, and a secret by Basic', async () => {
    const { client_secret: _, client_id: __, ...rest } = credentials;
    const basic = Buffer.from(`${daemon.id}:${encodeURIComponent(daemon.secret)}`);
    const headers = { Authorization: `Basic ${basic.toString('base64')}` };
    for (const name of [tenant.toUpperCase(), domain, domain.toUpperCase()]) {
      const reply = await ask(rest, { path: `/${name}/oauth2/v2.0/token`, headers });
      assert.equal(reply.status, 200, reply.text);
      assert.equal(decodeJwt(reply.json.access_token).tid, tenant);
    }
  });

  test('takes the older form with a resource', async () => {
    const { scope: _, ...rest } = credentials;
    const fields = { ...rest, resource: 'https://graph.microsoft.com' };
    const reply = await ask(fields, { path: `/${tenant}/oauth2/token` });
    assert.equal(reply.status, 200, reply.text);
  });

  test("echoes the caller's spelling of scopes, and what .default has come to", async () => {
    const spellings = ['User.Read', 'https://graph.microsoft.com/User.Read', 'user.read'];
    for (const scope of spellings) {
      const reply = await ask({ ...password, scope });
      assert.equal(reply.json.scope, scope);
      assert.equal(decodeJwt(reply.json.access_token).scp, 'User.Read');
    }
    const own = `${running.kith.origin}/.default`;
    const whole = await ask({ ...password, scope: own });
    assert.ok(whole.json.scope.startsWith(`${own} ${running.kith.origin}/User.Read`));
  });

  test('gives client_info, an id token and a refresh token to those who ask', async () => {
    const reply = await ask({ ...password, client_info: '1' });
    const info = JSON.parse(Buffer.from(reply.json.client_info, 'base64url').toString());
    assert.deepEqual(info, { uid: ada.id, utid: tenant });
    const claims = decodeJwt(reply.json.id_token);
    assert.equal(claims.aud, native.id);
    assert.equal(claims.preferred_username, ada.name);
    assert.equal('nonce' in claims, false);
    assert.equal(reply.json.ext_expires_in, reply.json.expires_in);
    const plain = await ask({ ...password, scope: 'User.Read' });
    for (const name of ['client_info', 'id_token', 'refresh_token']) {
      assert.equal(name in plain.json, false, name);
    }
  });

  test('a refresh token works once, and its second use ends the family', async () => {
    const first = (await ask(password)).json.refresh_token as string;
    const refresh = (token: string, scope = 'User.ReadWrite.All') =>
      ask({ grant_type: 'refresh_token', client_id: native.id, refresh_token: token, scope });
    const second = await refresh(first);
    assert.match(String(decodeJwt(second.json.access_token).scp), /User\.ReadWrite\.All/);
    const other = await ask({
      grant_type: 'refresh_token',
      client_id: spa.id,
      refresh_token: second.json.refresh_token,
      scope: 'User.Read',
    });
    assert.deepEqual(other.json.error_codes, [70000]);
    const third = await refresh(second.json.refresh_token);
    assert.equal(third.status, 200, third.text);
    const reused = await refresh(first);
    assert.equal(reused.json.error, 'invalid_grant');
    assert.equal(reused.json.suberror, 'bad_token');
    const last = await refresh(third.json.refresh_token);
    assert.equal(last.json.error, 'invalid_grant');
  });

  test('of two uses of one refresh token at once, one succeeds at most', async () => {
    const token = (await ask(password)).json.refresh_token as string;
    const uses = Array.from({ length: 8 }, () =>
      ask({ ...without(password, 'password'), grant_type: 'refresh_token', refresh_token: token }),
    );
    const statuses = (await Promise.all(uses)).map(({ status }) => status);
    assert.equal(statuses.filter((status) => status === 200).length, 1, statuses.join());
  });

  test('too many wrong passwords lock the account for a while, the right one too', async () => {
    const wrong = { ...password, username: ben.name, password: 'wrong' };
    for (let attempt = 0; attempt < 10; attempt++) {
      assert.deepEqual((await ask(wrong)).json.error_codes, [50126]);
    }
    const right = await ask({ ...wrong, password: ben.password });
    assert.deepEqual(right.json.error_codes, [50053]);
  });

  test('a new key signs, and what the old one has signed stays good', async () => {
    const before = (await ask({ ...credentials, scope: graph })).json.access_token as string;
    const rotated = await running.kith.request('/_kith/rotate-keys', { method: 'POST' });
    const after = (await ask(credentials)).json.access_token as string;
    assert.equal(decodeProtectedHeader(after).kid, rotated.json.kid);
    assert.notEqual(decodeProtectedHeader(before).kid, rotated.json.kid);
    for (const token of [before, after]) {
      const reply = await running.kith.request(`/v1.0/users/${ada.id}`, { token });
      assert.equal(reply.status, 200, reply.text);
    }
    const keys = await running.kith.request(`/${tenant}/discovery/v2.0/keys`);
    const kids = keys.json.keys.map(({ kid }: { kid: string }) => kid);
    assert.deepEqual(kids, [rotated.json.kid, decodeProtectedHeader(before).kid]);
    for (const key of keys.json.keys) assert.equal('d' in key, false);
  });

  test('a revoked token is answered with a claims challenge, and a newer one is good', async () => {
    const reply = await ask(password);
    const { access_token: token, refresh_token: refresh } = reply.json;
    assert.equal((await running.kith.request('/v1.0/me', { token })).status, 200);
    const revoked = await running.kith.request('/_kith/revoke', {
      method: 'POST',
      body: { user: ada.name, tenant },
    });
    assert.equal(revoked.status, 204);
    const refusal = await running.kith.request('/v1.0/me', { token });
    assert.equal(refusal.status, 401);
    const challenge = /claims="([^"]+)"/.exec(String(refusal.headers['www-authenticate']))?.[1];
    const claims = Buffer.from(challenge!, 'base64').toString();
    assert.equal(JSON.parse(claims).access_token.nbf.essential, true);
    const stale = await ask({
      grant_type: 'refresh_token',
      client_id: native.id,
      refresh_token: refresh,
      scope: 'User.Read',
    });
    assert.equal(stale.json.error, 'invalid_grant');
    const fresh = await ask({ ...password, claims });
    const again = await running.kith.request('/v1.0/me', { token: fresh.json.access_token });
    assert.equal(again.status, 200);
  });
});

test('nothing that the server keeps or says holds a secret', () => {
  const log = running.kith.log();
  for (const secret of [daemon.secret, web.secret, ada.password]) {
    assert.ok(!log.includes(secret));
  }
});
