import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { type RunningContoso, startContoso } from '../clients/contoso.ts';
import { contoso } from '../clients/contoso-seed.ts';
import { assertError } from '../contract/expectations.ts';
import { runKith } from '../running-kith.ts';
import { makeScratchFolder } from './scratch-folder.ts';

const { ada, disabled, tenant } = contoso;

interface IssuerKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly jwk: object;
}

/** An issuer of somebody else, whose keys change, and which counts how often it is asked. */
class OtherIssuer {
  readonly issuer: string;
  readonly asked: string[] = [];
  private readonly server: Server;
  published: IssuerKey[];

  constructor(server: Server, first: IssuerKey) {
    this.server = server;
    this.published = [first];
    this.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/realm`;
    server.on('request', (request, response) => {
      this.asked.push(request.url!);
      const isMetadata = request.url === '/realm/.well-known/openid-configuration';
      const body = isMetadata
        ? { issuer: this.issuer, jwks_uri: `${this.issuer}/keys` }
        : { keys: this.published.map(({ jwk }) => jwk) };
      response.setHeader('Content-Type', 'application/json').end(JSON.stringify(body));
    });
  }

  static async start(): Promise<OtherIssuer> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new OtherIssuer(server, await newKey('one'));
  }

  sign(claims: JWTPayload, key = this.published[0]!): Promise<string> {
    const jwt = new SignJWT({
      iss: this.issuer,
      aud: 'kith',
      preferred_username: ada.name,
      scope: 'openid people.read',
      azp: 'portal',
      sub: 'f:1:ada',
      ...claims,
    });
    const exp = claims.exp ?? Math.floor(Date.now() / 1000) + 300;
    const header = { alg: 'RS256', kid: key.kid };
    return jwt.setProtectedHeader(header).setIssuedAt().setExpirationTime(exp).sign(key.privateKey);
  }

  async close(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }
}

async function newKey(kid: string): Promise<IssuerKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  return {
    kid,
    privateKey,
    jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' },
  };
}

describe('tokens of another issuer', () => {
  let other: OtherIssuer;
  let running: RunningContoso;
  let scratch: Awaited<ReturnType<typeof makeScratchFolder>>;
  before(async () => {
    other = await OtherIssuer.start();
    scratch = await makeScratchFolder();
    const path = join(scratch.path, 'issuers.json');
    const rule = {
      issuer: other.issuer,
      audiences: ['kith'],
      tenant,
      permissions: {
        'people.read': ['User.Read', 'User.Read.All'],
        'people.write': ['User.ReadWrite'],
      },
      applications: { robot: ['User.Read.All'] },
    };
    await writeFile(path, JSON.stringify([rule]));
    running = await startContoso({ flags: ['--mode', 'directory', '--issuers', path] });
  });
  after(async () => {
    await running?.[Symbol.asyncDispose]();
    await other?.close();
    await scratch?.[Symbol.asyncDispose]();
  });

  const call = (token: string, path = '/v1.0/me') => running.kith.request(path, { token });

  test('name people of the directory, with scopes by the rules', async () => {
    const token = await other.sign({});
    const reply = await call(token);
    assert.equal(reply.status, 200, reply.text);
    assert.equal(reply.json.id, ada.id);
    const write = await running.kith.request('/v1.0/me', { token, body: { city: 'Bern' } });
    assertError(write, 403);
    const writer = await other.sign({ scope: 'people.write' });
    const written = await running.kith.request('/v1.0/me', {
      token: writer,
      body: { city: 'Bern' },
    });
    assert.equal(written.status, 200, written.text);
  });

  test('leave scopes out that no rule knows, even if they are named like ours', async () => {
    assertError(await call(await other.sign({ scope: 'User.Read' })), 403);
  });

  test('name applications with the permissions that the rules give them', async () => {
    const robot = { preferred_username: 'service-account-robot', azp: 'robot' };
    const reply = await call(await other.sign(robot), `/v1.0/users/${ada.id}`);
    assert.equal(reply.status, 200, reply.text);
    const stranger = { preferred_username: 'service-account-x', azp: 'x' };
    assertError(await call(await other.sign(stranger), `/v1.0/users/${ada.id}`), 403);
  });

  test('are asked for their keys once, and again when there is a new one', async () => {
    for (let count = 0; count < 5; count++) await call(await other.sign({ jti: String(count) }));
    const keys = other.asked.filter((url) => url.endsWith('/keys')).length;
    assert.equal(keys, 1, other.asked.join());
    const next = await newKey('two');
    other.published = [next];
    await new Promise((resolve) => setTimeout(resolve, 5_100));
    assert.equal((await call(await other.sign({}, next))).status, 200);
  });

  const refused: Readonly<Record<string, () => JWTPayload>> = {
    'an unknown person': () => ({ preferred_username: 'nobody@contoso.example' }),
    'a person who is disabled': () => ({ preferred_username: disabled.name }),
    'no person': () => ({ preferred_username: undefined as never }),
    'another audience': () => ({ aud: 'another' }),
    'an end that has passed': () => ({ exp: Math.floor(Date.now() / 1000) - 120 }),
    'another issuer': () => ({ iss: `${other.issuer}/elsewhere` }),
    'the issuer with a slash': () => ({ iss: `${other.issuer}/` }),
  };
  for (const [name, claims] of Object.entries(refused)) {
    test(`are refused with ${name}`, async () => {
      assertError(await call(await other.sign(claims())), 401, 'InvalidAuthenticationToken');
    });
  }

  test('are refused when signed by a key that is not published', async () => {
    const stranger = await newKey('stranger');
    assertError(await call(await other.sign({}, stranger)), 401);
    assertError(await call(await other.sign({}, { ...stranger, kid: 'two' })), 401);
  });

  test('of an issuer that claims to be Kith itself are refused', async () => {
    const iss = `${running.kith.httpsOrigin}/${tenant}/v2.0`;
    assertError(
      await call(await other.sign({ iss, tid: tenant, oid: ada.id, scp: 'User.Read' })),
      401,
    );
  });
});

test('a start with a wrong file of issuers is refused with one sentence', async () => {
  await using scratch = await makeScratchFolder();
  const path = join(scratch.path, 'issuers.json');
  await writeFile(path, '[{"issuer":"x"}]');
  const flags = [
    '--port',
    '0',
    '--data-dir',
    scratch.path,
    '--mode',
    'directory',
    '--issuers',
    path,
  ];
  const { code, stderr } = await runKith(flags);
  assert.equal(code, 2);
  assert.match(stderr, /issuers\.json cannot be used: issuer 1 has no URL/);
});
