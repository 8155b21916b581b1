import assert from 'node:assert/strict';
import {
  constants,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign as signBytes,
} from 'node:crypto';
import { after, before, test } from 'node:test';
import { decodeJwt, decodeProtectedHeader, type JWTPayload, SignJWT } from 'jose';
import { assertError } from '../contract/expectations.ts';
import { type RunningKith, startKith } from '../running-kith.ts';
import { readSigningKey } from './signing-key.ts';

const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const edwards = generateKeyPairSync('ed25519');

let kith: RunningKith;
let token: string;
let claims: JWTPayload;
let kid: string;
let key: KeyObject;
before(async () => {
  kith = await startKith();
  token = await kith.token();
  claims = decodeJwt(token);
  kid = decodeProtectedHeader(token).kid!;
  key = createPrivateKey(readSigningKey(kith));
});
after(() => kith?.close());

const seconds = () => Math.floor(Date.now() / 1000);
const encode = (part: unknown) =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');

/** A token with the right key, whatever header and claims say, each as a text or an object. */
function forge(header: unknown, payload: unknown, by: KeyObject = key): string {
  const signed = `${encode(header)}.${encode(payload)}`;
  return `${signed}.${signBytes('sha256', Buffer.from(signed), by).toString('base64url')}`;
}

const withHeader = (more: object) => forge({ alg: 'RS256', typ: 'JWT', kid, ...more }, claims);
const withClaims = (more: object) =>
  forge({ alg: 'RS256', typ: 'JWT', kid }, { ...claims, ...more });
const without = (name: string) => withClaims({ [name]: undefined });
const parts = () => token.split('.') as [string, string, string];
const origin = () => kith.httpsOrigin;

/** A token by another algorithm, with the key id of ours. */
function by(alg: string, secret: KeyObject | Uint8Array): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg, kid }).sign(secret);
}

function publicPem(): Buffer {
  return Buffer.from(createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString());
}

/** Every one is refused with 401; the reason stands behind it. */
const bad: Readonly<Record<string, readonly [make: () => string | Promise<string>, RegExp]>> = {
  // No signature, or not one of ours.
  'alg none, unsigned': [() => `${encode({ alg: 'none' })}.${encode(claims)}.`, /parsing failed/],
  'alg none, signed': [() => withHeader({ alg: 'none' }), /Only RS256/],
  'alg None': [() => withHeader({ alg: 'None' }), /Only RS256/],
  'alg nOnE': [() => withHeader({ alg: 'nOnE' }), /Only RS256/],
  'no alg': [() => withHeader({ alg: undefined }), /Only RS256/],
  'alg as a number': [() => withHeader({ alg: 256 }), /Only RS256/],
  'alg as a list': [() => withHeader({ alg: ['RS256'] }), /Only RS256/],
  'alg in lower case': [() => withHeader({ alg: 'rs256' }), /Only RS256/],
  'HS256 by the public key as PEM': [() => by('HS256', publicPem()), /Only RS256/],
  'HS384 by the public key as PEM': [() => by('HS384', publicPem()), /Only RS256/],
  'HS256 by the modulus': [
    () => by('HS256', Buffer.from(String(createPublicKey(key).export({ format: 'jwk' }).n))),
    /Only RS256/,
  ],
  'HS256 by an empty secret': [() => by('HS256', new Uint8Array(32)), /Only RS256/],
  'RS384 by the right key': [() => by('RS384', key), /Only RS256/],
  'RS512 by the right key': [() => by('RS512', key), /Only RS256/],
  'PS256 by the right key': [() => by('PS256', key), /Only RS256/],
  'ES256 by a stranger': [() => by('ES256', curve.privateKey), /Only RS256/],
  'EdDSA by a stranger': [() => by('EdDSA', edwards.privateKey), /Only RS256/],
  'a PS256 signature said to be RS256': [
    () => {
      const signed = `${encode({ alg: 'RS256', kid })}.${encode(claims)}`;
      const padding = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
      const signature = signBytes('sha256', Buffer.from(signed), { key, ...padding });
      return `${signed}.${signature.toString('base64url')}`;
    },
    /Invalid signature/,
  ],
  'the key of a stranger': [
    () => forge({ alg: 'RS256', kid }, claims, stranger.privateKey),
    /Invalid signature/,
  ],
  'a signature of zeros': [
    () => `${parts()[0]}.${parts()[1]}.${Buffer.alloc(256).toString('base64url')}`,
    /Invalid signature/,
  ],
  'a signature cut short': [() => token.slice(0, -42), /Invalid signature/],
  'a signature with a byte more': [() => `${token}AAAA`, /Invalid signature/],
  'a signature of other claims': [
    () => `${parts()[0]}.${encode({ ...claims, x: 1 })}.${parts()[2]}`,
    /Invalid signature/,
  ],
  'a signature of another header': [
    () => `${encode({ alg: 'RS256', kid, typ: 'at+jwt' })}.${parts()[1]}.${parts()[2]}`,
    /Invalid signature/,
  ],
  'a last character of the signature with stray bits': [
    () => {
      const [head, body, signature] = parts();
      const last = signature.at(-1)!;
      const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
      const other = alphabet[alphabet.indexOf(last) ^ 1]!;
      return `${head}.${body}.${signature.slice(0, -1)}${other}`;
    },
    /parsing failed/,
  ],

  // Keys.
  'a foreign kid': [() => withHeader({ kid: 'foreign' }), /key is not known/],
  'no kid': [() => withHeader({ kid: undefined }), /key is not known/],
  'an empty kid': [() => withHeader({ kid: '' }), /key is not known/],
  'a kid as a number': [() => withHeader({ kid: 1 }), /key is not known/],
  'a kid that is a path': [() => withHeader({ kid: '../../etc/passwd' }), /key is not known/],
  'a kid that is SQL': [() => withHeader({ kid: `' OR '1'='1` }), /key is not known/],
  'a kid that every object has': [() => withHeader({ kid: '__proto__' }), /key is not known/],
  'an embedded jwk': [
    () =>
      forge(
        { alg: 'RS256', kid, jwk: stranger.publicKey.export({ format: 'jwk' }) },
        claims,
        stranger.privateKey,
      ),
    /header is not known/,
  ],
  'an embedded jwk, and the right key': [
    () => withHeader({ jwk: createPublicKey(key).export({ format: 'jwk' }) }),
    /header is not known/,
  ],
  jku: [() => withHeader({ jku: 'https://evil.example/keys' }), /header is not known/],
  x5u: [() => withHeader({ x5u: 'https://evil.example/cert' }), /header is not known/],
  x5c: [() => withHeader({ x5c: ['AAAA'] }), /header is not known/],
  x5t: [() => withHeader({ x5t: 'AAAA' }), /header is not known/],
  'a critical header': [() => withHeader({ crit: ['exp'] }), /header is not known/],
  'an unencoded payload': [() => withHeader({ b64: false, crit: ['b64'] }), /header is not known/],
  'a compressed payload': [() => withHeader({ zip: 'DEF' }), /header is not known/],

  // Shape.
  'two parts': [() => parts().slice(0, 2).join('.'), /parsing failed/],
  'four parts': [() => `${token}.x`, /parsing failed/],
  'five parts, as if encrypted': [() => `${token}.x.y`, /parsing failed/],
  'empty parts': [() => '..', /parsing failed/],
  'a header that is no JSON': [() => forge('{', claims), /parsing failed/],
  'a header that is a list': [() => forge('[]', claims), /parsing failed/],
  'claims that are no JSON': [() => forge({ alg: 'RS256', kid }, 'x'), /parsing failed/],
  'claims that are null': [() => forge({ alg: 'RS256', kid }, 'null'), /parsing failed/],
  'claims that are a list': [() => forge({ alg: 'RS256', kid }, '[]'), /parsing failed/],
  'base64 with padding': [() => `${token}==`, /parsing failed/],
  'base64 of the other alphabet': [() => token.replace(/[A-Z]/, '+'), /parsing failed/],
  'a claim that is said twice': [
    () => forge({ alg: 'RS256', kid }, JSON.stringify(claims).replace('{', '{"oid":"x",')),
    /parsing failed/,
  ],
  'a claim that is said twice, once in escapes': [
    () => forge({ alg: 'RS256', kid }, JSON.stringify(claims).replace('{', '{"\\u006fid":"x",')),
    /parsing failed/,
  ],
  'a header that is said twice': [
    () => forge(`{"alg":"none","alg":"RS256","kid":"${kid}"}`, claims),
    /parsing failed/,
  ],

  // Times.
  'an end an hour ago': [() => withClaims({ exp: seconds() - 3600 }), /expired/],
  'an end just past the tolerance': [() => withClaims({ exp: seconds() - 61 }), /expired/],
  'no end': [() => without('exp'), /no lifetime/],
  'an end as a text': [() => withClaims({ exp: String(seconds() + 60) }), /no lifetime/],
  'an end that is null': [() => withClaims({ exp: null }), /no lifetime/],
  'a beginning in an hour': [() => withClaims({ nbf: seconds() + 3600 }), /not yet valid/],
  'no beginning': [() => without('nbf'), /no lifetime/],

  // For whom, by whom, of whom.
  'another audience': [() => withClaims({ aud: 'https://evil.example' }), /audience/],
  'no audience': [() => without('aud'), /audience/],
  'an empty list of audiences': [() => withClaims({ aud: [] }), /audience/],
  'an audience that begins like ours': [
    () => withClaims({ aud: 'https://graph.microsoft.com.evil.example' }),
    /audience/,
  ],
  'the audience of an id token': [() => withClaims({ aud: claims.azp }), /audience/],
  'another issuer': [() => withClaims({ iss: 'https://evil.example/v2.0' }), /issuer/],
  'no issuer': [() => without('iss'), /issuer/],
  'the issuer of version 1': [() => withClaims({ iss: `${origin()}/${claims.tid}` }), /issuer/],
  'an issuer with a slash more': [
    () => withClaims({ iss: `${origin()}/${claims.tid}/v2.0/` }),
    /issuer/,
  ],
  "Microsoft's issuer": [
    () => withClaims({ iss: `https://login.microsoftonline.com/${claims.tid}/v2.0` }),
    /issuer/,
  ],
  'another tenant': [
    () => withClaims({ tid: '00000000-0000-4000-8000-000000000000' }),
    /issuer of the token/,
  ],
  'a tenant that is not here, with its issuer': [
    () => {
      const tid = '00000000-0000-4000-8000-000000000000';
      return withClaims({ tid, iss: `${origin()}/${tid}/v2.0` });
    },
    /tenant of the token/,
  ],
  'no tenant': [() => without('tid'), /issuer of the token/],
  'a tenant as a list': [() => withClaims({ tid: [claims.tid] }), /issuer of the token/],
  'scopes without a user': [() => without('oid'), /names no user/],
};

test('there are at least 60 of them', () => assert.ok(Object.keys(bad).length >= 60));

for (const [name, [make, reason]] of Object.entries(bad)) {
  test(`a token is refused: ${name}`, async () => {
    const reply = await kith.request('/v1.0/me', { token: await make() });
    assertError(reply, 401, 'InvalidAuthenticationToken');
    assert.match(reply.json.error.message, reason);
    assert.match(String(reply.headers['www-authenticate']), /^Bearer .*error="invalid_token"/);
  });
}

test('a token of a megabyte is refused before it is looked at', async () => {
  const reply = await kith.request('/v1.0/me', { token: 'x'.repeat(1024 * 1024) });
  assert.equal(reply.status, 431);
});

test('the token that they are made of is good', async () => {
  const reply = await kith.request('/v1.0/me', { token });
  assert.equal(reply.status, 200, reply.text);
  const again = await kith.request('/v1.0/me', { token: withClaims({}) });
  assert.equal(again.status, 200, again.text);
});
