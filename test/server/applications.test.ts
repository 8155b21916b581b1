import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { after, before, test } from 'node:test';
import { SignJWT } from 'jose';
import { type ClientCertificate, makeClientCertificate } from '../clients/client-certificate.ts';
import { type KithOptions, type Reply, type RunningKith, startKith } from '../running-kith.ts';

const tenant = 'fernhollow.example';
const scope = 'https://graph.microsoft.com/.default';
const options: KithOptions = { flags: ['--log-level', 'trace'] };

let kith: RunningKith;
let token: string;
let one: ClientCertificate;
let two: ClientCertificate;
before(async () => {
  [one, two] = await Promise.all([makeClientCertificate('one'), makeClientCertificate('two')]);
  kith = await startKith(options);
  token = await kith.token({ app: 'console', roles: ['Application.ReadWrite.All'] });
});
after(() => kith?.close());

function send(method: string, path: string, body?: object): Promise<Reply> {
  return kith.request(`/v1.0${path}`, { method, token, ...(body ? { body } : {}) });
}

async function register(more: object = {}): Promise<{ id: string; appId: string }> {
  const { status, json } = await send('POST', '/applications', { displayName: 'Mine', ...more });
  assert.equal(status, 201);
  return json;
}

/** The error code of a sign-in as the application, or none. */
async function signIn(appId: string, proof: Record<string, string>): Promise<number | undefined> {
  const form = { grant_type: 'client_credentials', client_id: appId, scope, ...proof };
  const { status, json } = await kith.request(`/${tenant}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams(form).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  if (status === 200) assert.ok(json.access_token);
  return status === 200 ? undefined : json.error_codes[0];
}

function der({ cert }: ClientCertificate): string {
  return cert.replace(/-----[^-]+-----|\s/g, '');
}

function sign({ key, sha1Hex }: ClientCertificate, claims: object): Promise<string> {
  const x5t = Buffer.from(sha1Hex, 'hex').toString('base64url');
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'RS256', x5t })
    .setExpirationTime('5m')
    .sign(createPrivateKey(key));
}

async function assertion(certificate: ClientCertificate, appId: string) {
  const aud = `${kith.origin}/${tenant}/oauth2/v2.0/token`;
  return {
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await sign(certificate, { iss: appId, sub: appId, aud }),
  };
}

test('an application is registered, gets a secret, and signs in at once', async () => {
  const { id, appId } = await register();
  assert.match(appId, /^[0-9a-f-]{36}$/);
  assert.equal(await signIn(appId, { client_secret: 'a guess' }), 7000215);
  const passwordCredential = { displayName: 'the first' };
  const added = await send('POST', `/applications/${id}/addPassword`, { passwordCredential });
  assert.equal(added.status, 200);
  const { secretText, hint, keyId, displayName, endDateTime, startDateTime } = added.json;
  assert.equal(displayName, 'the first');
  assert.ok(secretText.length >= 40 && secretText.startsWith(hint));
  assert.ok(Date.parse(endDateTime) - Date.parse(startDateTime) > 700 * 86_400_000);
  assert.equal(await signIn(appId, { client_secret: secretText }), undefined);

  const read = await send('GET', `/applications/${id}`);
  assert.equal(read.json.passwordCredentials[0].keyId, keyId);
  assert.equal(read.json.passwordCredentials[0].hint, hint);
  assert.equal(read.json.passwordCredentials[0].secretText ?? null, null);
  assert.ok(!read.text.includes(secretText), 'A secret is shown once.');
  assert.ok(!kith.log().includes(secretText), 'A secret is never logged.');
  assert.match(kith.log(), /addPassword/, 'Requests are logged at this level.');

  const removed = await send('POST', `/applications/${id}/removePassword`, { keyId });
  assert.equal(removed.status, 204);
  assert.equal(await signIn(appId, { client_secret: secretText }), 7000215);
  const again = await send('POST', `/applications/${id}/removePassword`, { keyId });
  assert.equal(again.status, 400);
});

test('a secret without a body, by the alternate key, and one that has ended', async () => {
  const { appId } = await register();
  const path = `/applications(appId='${appId}')/addPassword`;
  const { status, json } = await send('POST', path);
  assert.equal(status, 200);
  assert.equal(await signIn(appId, { client_secret: json.secretText }), undefined);
  const passwordCredential = { endDateTime: '2001-01-01T00:00:00Z' };
  assert.equal((await send('POST', path, { passwordCredential })).status, 400);
});

test('a principal has secrets of its own, by which its application signs in', async () => {
  const { appId } = await register();
  const principal = await send('POST', '/servicePrincipals', { appId });
  assert.equal(principal.status, 201);
  assert.deepEqual(principal.json.servicePrincipalNames, [appId]);
  const { id } = principal.json;
  const { json } = await send('POST', `/servicePrincipals/${id}/addPassword`, {});
  assert.equal(await signIn(appId, { client_secret: json.secretText }), undefined);
  await send('PATCH', `/servicePrincipals/${id}`, { accountEnabled: false });
  assert.equal(await signIn(appId, { client_secret: json.secretText }), 7000112);
});

test('certificates: the first without a proof, others by one of a key that is there', async () => {
  const { id, appId } = await register();
  const addKey = (certificate: ClientCertificate, proof: string | null) =>
    send('POST', `/applications/${id}/addKey`, {
      keyCredential: { type: 'AsymmetricX509Cert', usage: 'Verify', key: der(certificate) },
      passwordCredential: null,
      proof,
    });
  const first = await addKey(one, null);
  assert.equal(first.status, 200, first.text);
  assert.equal(await signIn(appId, await assertion(one, appId)), undefined);
  assert.equal(await signIn(appId, await assertion(two, appId)), 700027);

  const aud = '00000002-0000-0000-c000-000000000000';
  for (const [what, proof] of [
    ['none', null],
    ['of another key', await sign(two, { iss: id, aud })],
    ['of another object', await sign(one, { iss: appId, aud })],
    ['for another audience', await sign(one, { iss: id, aud: 'me' })],
    ['that is over', await sign(one, { iss: id, aud, nbf: 4_000_000_000 })],
  ] as const) {
    assert.equal((await addKey(two, proof)).status, 400, what);
  }
  assert.equal((await addKey(two, await sign(one, { iss: id, aud }))).status, 200);
  assert.equal(await signIn(appId, await assertion(two, appId)), undefined);

  const { keyId } = first.json;
  const proof = await sign(two, { iss: id, aud });
  const removed = await send('POST', `/applications/${id}/removeKey`, { keyId, proof });
  assert.equal(removed.status, 204);
  assert.equal(await signIn(appId, await assertion(one, appId)), 700027);
});

test('what administrators set of an application is kept as they send it', async () => {
  const { id } = await register();
  const claim = { name: 'email', source: null, essential: false, additionalProperties: [] };
  const settings = {
    info: { termsOfServiceUrl: 'https://mine.example/terms', supportUrl: null },
    optionalClaims: { idToken: [claim], accessToken: [], saml2Token: [] },
    groupMembershipClaims: 'SecurityGroup',
    api: { preAuthorizedApplications: [{ appId: id, delegatedPermissionIds: [id] }] },
    parentalControlSettings: { countriesBlockedForMinors: ['DE'], legalAgeGroupRule: 'Allow' },
    servicePrincipalLockConfiguration: { isEnabled: true, allProperties: true },
    addIns: [{ id, type: 'FileHandler', properties: [{ key: 'version', value: '2' }] }],
    web: { redirectUriSettings: [{ uri: 'https://mine.example/', index: 1 }] },
    notes: 'Ask the harbour office.',
  };
  const patched = await send('PATCH', `/applications/${id}`, settings);
  assert.ok(patched.status < 300, patched.text);
  const { json } = await send('GET', `/applications/${id}`);
  assert.partialDeepStrictEqual(json, settings);
  const wrong = { optionalClaims: { idToken: [{ essential: null }] } };
  assert.equal((await send('PATCH', `/applications/${id}`, wrong)).status, 400);
});

test('people are made owners of an application, and are not any more', async () => {
  const { id } = await register();
  const owner = (await kith.request('/v1.0/me', { token: await kith.token() })).json.id;
  const reference = { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${owner}` };
  const owners = `/applications/${id}/owners`;
  assert.equal((await send('POST', `${owners}/$ref`, reference)).status, 204);
  const ids = (await send('GET', owners)).json.value.map((each: { id: string }) => each.id);
  assert.deepEqual(ids, [owner]);
  assert.equal((await send('DELETE', `${owners}/${owner}/$ref`)).status, 204);
  assert.deepEqual((await send('GET', owners)).json.value, []);
});

test('what cannot be is refused', async () => {
  const { id } = await register();
  const none = '00000000-0000-4000-8000-000000000000';
  const key = der(one);
  for (const [path, body, status] of [
    [`/applications/${none}/addPassword`, {}, 404],
    [`/applications/${none}/removeKey`, { keyId: none }, 404],
    [`/applications/${id}/removePassword`, {}, 400],
    [`/applications/${id}/removePassword`, { keyId: 'x' }, 400],
    [`/applications/${id}/addPassword`, { passwordCredential: { secret: 'mine' } }, 400],
    [`/applications/${id}/addPassword`, { passwordCredential: 7 }, 400],
    [`/applications/${id}/addKey`, {}, 400],
    [`/applications/${id}/addKey`, { keyCredential: { key: 'AAAA' } }, 400],
    [`/applications/${id}/addKey`, { keyCredential: { key: null } }, 400],
    [`/applications/${id}/addKey`, { keyCredential: { key, usage: 'Sign' } }, 400],
    ['/applications', { description: 'no name' }, 400],
    ['/servicePrincipals', { displayName: 'no application' }, 400],
  ] as const) {
    const reply = await send('POST', path, body);
    assert.equal(reply.status, status, `${path} ${JSON.stringify(body)} ${reply.text}`);
  }
  assert.equal((await send('GET', `/applications/${id}/addPassword`)).status, 405);
  const reader = await kith.token({ app: 'console', roles: ['Application.Read.All'] });
  const path = `/v1.0/applications/${id}/addPassword`;
  const refused = await kith.request(path, { method: 'POST', token: reader, body: {} });
  assert.equal(refused.status, 403);
});
