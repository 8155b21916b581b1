import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { after, before, test } from 'node:test';
import { decodeJwt, decodeProtectedHeader, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { assertError } from '../contract/expectations.ts';
import { type RunningKith, startKith } from '../running-kith.ts';
import { readSigningKey } from './signing-key.ts';

const me = '/v1.0/me';
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });

let kith: RunningKith;
let token: string;
let claims: JWTPayload;
let kid: string;
let pem: string;
before(async () => {
  kith = await startKith();
  token = await kith.token();
  claims = decodeJwt(token);
  kid = decodeProtectedHeader(token).kid!;
  pem = readSigningKey(kith);
});
after(() => kith?.close());

/** A token by the server's own key, with other claims or another header. */
function sign(changes: JWTPayload, header: object = {}): Promise<string> {
  return new SignJWT({ ...claims, ...changes })
    .setProtectedHeader({ alg: 'RS256', kid, ...header })
    .sign(createPrivateKey(pem));
}

const seconds = () => Math.floor(Date.now() / 1000);
const publicPem = () => createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString();

/** What stands in the Authorization header; each is 401. */
const refused: Readonly<Record<string, () => string | undefined | Promise<string>>> = {
  'no header': () => undefined,
  'an empty header': () => '',
  'another scheme': () => 'Basic bWlyYTpwYXNz',
  'a scheme without a token': () => 'Bearer',
  'no token at all': () => 'Bearer x',
  'three empty parts': () => 'Bearer ..',
  'a token with something behind it': () => `Bearer ${token} ${token}`,
  'a token of 40 KB': () => `Bearer ${'x'.repeat(40_000)}`,
  'an expired token': async () =>
    `Bearer ${await kith.token({ user: 'mira@fernhollow.example', lifetimeSeconds: -3600 })}`,
  'another signature': () => `Bearer ${token.slice(0, -8)}AAAAAAAA`,
  'other claims under the same signature': () => {
    const [head, , signature] = token.split('.');
    const payload = Buffer.from(JSON.stringify({ ...claims, scp: 'User.ReadWrite.All', x: 1 }));
    return `Bearer ${head}.${payload.toString('base64url')}.${signature}`;
  },
  'a key of a stranger': async () => {
    const jwt = new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid });
    return `Bearer ${await jwt.sign(stranger.privateKey)}`;
  },
  'a key that the token brings along': async () => {
    const jwk = stranger.publicKey.export({ format: 'jwk' });
    const jwt = new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid, jwk } as never);
    return `Bearer ${await jwt.sign(stranger.privateKey)}`;
  },
  'alg none': () => `Bearer ${new UnsecuredJWT(claims).encode()}`,
  'alg none, written as None, with a signature': () => {
    const head = Buffer.from(JSON.stringify({ alg: 'None', kid })).toString('base64url');
    return `Bearer ${head}.${token.split('.').slice(1).join('.')}`;
  },
  'HS256 with the public key as its secret': async () => {
    const jwt = new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid });
    return `Bearer ${await jwt.sign(Buffer.from(publicPem()))}`;
  },
  'RS512 by the right key': async () => `Bearer ${await sign({}, { alg: 'RS512' })}`,
  'PS256 by the right key': async () => `Bearer ${await sign({}, { alg: 'PS256' })}`,
  'another key id': async () => `Bearer ${await sign({}, { kid: 'other' })}`,
  'another audience': async () => `Bearer ${await sign({ aud: 'https://example.com' })}`,
  'another issuer': async () => `Bearer ${await sign({ iss: 'https://example.com/v2.0' })}`,
  'another tenant': async () =>
    `Bearer ${await sign({ tid: '00000000-0000-4000-8000-000000000000' })}`,
  'an issuer of another tenant': async () => {
    const tid = '00000000-0000-4000-8000-000000000000';
    return `Bearer ${await sign({ tid, iss: `${kith.httpsOrigin}/${tid}/v2.0` })}`;
  },
  'a time that has not come': async () => `Bearer ${await sign({ nbf: seconds() + 3600 })}`,
  'no end': async () => `Bearer ${await sign({ exp: undefined as never })}`,
  'no beginning': async () => `Bearer ${await sign({ nbf: undefined as never })}`,
  'a critical header that nobody knows': async () =>
    `Bearer ${(await sign({})).replace(/^[^.]+/, () =>
      Buffer.from(JSON.stringify({ alg: 'RS256', kid, crit: ['x'], x: 1 })).toString('base64url'),
    )}`,
};

for (const [name, make] of Object.entries(refused)) {
  test(`401 with WWW-Authenticate for ${name}`, async () => {
    const authorization = await make();
    const headers = authorization === undefined ? {} : { Authorization: authorization };
    const reply = await kith.request(me, { headers });
    assertError(reply, 401, 'InvalidAuthenticationToken');
    assert.match(reply.headers['www-authenticate'] ?? '', /^Bearer /);
    assert.equal(reply.json.error.target, undefined);
  });
}

test('401 comes before everything that a caller without a token could learn', async () => {
  for (const path of ['/v1.0/nothing', '/v1.0/users/nobody', '/beta/me/photos/1x1?$select=x']) {
    assertError(await kith.request(path), 401);
    assertError(await kith.request(path, { method: 'PATCH', body: '{' }), 401);
  }
});

const accepted: Readonly<Record<string, () => Promise<string>>> = {
  'the own origin as audience': () => sign({ aud: kith.httpsOrigin }),
  "Graph's application id as audience": () => sign({ aud: '00000003-0000-0000-c000-000000000000' }),
  'one audience of several': () => sign({ aud: ['x', 'https://graph.microsoft.com'] }),
  'the HTTP origin as issuer': () => sign({ iss: `${kith.origin}/${claims.tid}/v2.0` }),
  'a clock that is half a minute off': () => sign({ exp: seconds() - 30, nbf: seconds() - 60 }),
  'a token of the bench': () => kith.token(),
};

for (const [name, make] of Object.entries(accepted)) {
  test(`200 for ${name}`, async () => {
    const reply = await kith.request(me, { token: await make() });
    assert.equal(reply.status, 200, reply.text);
  });
}

test('a token is refused once it has expired, though it was good before', async () => {
  const short = await sign({ exp: seconds() - 58 });
  assert.equal((await kith.request(me, { token: short })).status, 200);
  await new Promise((resolve) => setTimeout(resolve, 2_100));
  assertError(await kith.request(me, { token: short }), 401);
});

const badRequests: readonly (readonly [body: unknown, target: string | undefined])[] = [
  ['', undefined],
  ['[]', undefined],
  [{}, 'user'],
  [{ user: 'nobody@fernhollow.example' }, 'user'],
  [{ user: 5 }, 'user'],
  [{ user: 'mira@fernhollow.example', scopes: 5 }, 'scopes'],
  [{ app: 'x', roles: [1] }, 'roles'],
  [{ app: 'x', lifetimeSeconds: 'long' }, 'lifetimeSeconds'],
  [{ app: 'x', tenant: 'nowhere.example' }, undefined],
  [{ app: 'x', mood: 'calm' }, 'mood'],
];

for (const [body, target] of badRequests) {
  test(`no token is made for ${JSON.stringify(body)}`, async () => {
    const reply = await kith.request('/_kith/token', { method: 'POST', body });
    assertError(reply, 400);
    if (target !== undefined) assert.equal(reply.json.error.target, target);
  });
}
