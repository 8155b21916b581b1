import assert from 'node:assert/strict';
import { createPrivateKey, randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  AuthorizationCodeCredential,
  ClientAssertionCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
  DeviceCodeCredential,
  OnBehalfOfCredential,
  UsernamePasswordCredential,
} from '@azure/identity';
import { Client } from '@microsoft/microsoft-graph-client';
import { decodeJwt, SignJWT } from 'jose';
import { PlainBrowser } from './browser.ts';
import { type RunningContoso, startContoso } from './contoso.ts';
import { contoso } from './contoso-seed.ts';

let running: RunningContoso;
let options: { authorityHost: string; disableInstanceDiscovery: boolean };
before(async () => {
  running = await startContoso();
  options = { authorityHost: running.kith.httpsOrigin, disableInstanceDiscovery: true };
});
after(() => running?.[Symbol.asyncDispose]());

const { ada, daemon, web, native, api, tenant } = contoso;
const graph = 'https://graph.microsoft.com/.default';

test('ClientSecretCredential gets a token and, from the cache, the same again', async () => {
  const credential = new ClientSecretCredential(tenant, daemon.id, daemon.secret, options);
  const first = await credential.getToken(graph);
  const second = await credential.getToken(graph);
  assert.equal(first.token, second.token);
  assert.deepEqual(decodeJwt(first.token).roles, ['User.Read.All']);
});

test('ClientCertificateCredential, from a text and from a file', async () => {
  const { cert, key } = running.certificate;
  const pem = join(running.kith.dataDir, 'client.pem');
  await writeFile(pem, key + cert);
  const credentials = [
    new ClientCertificateCredential(tenant, daemon.id, { certificate: key + cert }, options),
    new ClientCertificateCredential(tenant, daemon.id, pem, options),
  ];
  for (const each of credentials) assert.ok((await each.getToken(graph)).token);
});

test('ClientAssertionCredential with an assertion of its own', async () => {
  const { key, sha1Hex } = running.certificate;
  const assertion = () =>
    new SignJWT({})
      .setProtectedHeader({
        alg: 'RS256',
        x5t: Buffer.from(sha1Hex, 'hex').toString('base64url'),
      })
      .setIssuer(daemon.id)
      .setSubject(daemon.id)
      .setAudience(`${running.authority}/oauth2/v2.0/token`)
      .setJti(randomUUID())
      .setExpirationTime('5m')
      .sign(createPrivateKey(key));
  const credential = new ClientAssertionCredential(tenant, daemon.id, assertion, options);
  assert.ok((await credential.getToken(graph)).token);
});

test('UsernamePasswordCredential', async () => {
  const { name, password } = ada;
  const { id } = native;
  const credential = new UsernamePasswordCredential(tenant, id, name, password, options);
  const { token } = await credential.getToken('https://graph.microsoft.com/User.Read');
  assert.equal(decodeJwt(token).oid, ada.id);
});

test('DeviceCodeCredential', async () => {
  const browser = new PlainBrowser();
  const credential = new DeviceCodeCredential({
    ...options,
    tenantId: tenant,
    clientId: native.id,
    async userPromptCallback({ userCode, verificationUri }) {
      const people = await browser.submit(await browser.open(verificationUri), {
        user_code: userCode,
      });
      const question = await browser.submit(people, { kith_action: 'pick', user: ada.id });
      await browser.submit(question, { kith_action: 'accept' });
    },
  });
  const { token } = (await credential.getToken('User.Read'))!;
  assert.equal(decodeJwt(token).oid, ada.id);
});

test('AuthorizationCodeCredential, which sends no PKCE', async () => {
  const url = new URL(`${running.authority}/oauth2/v2.0/authorize`);
  url.search = new URLSearchParams({
    client_id: web.id,
    response_type: 'code',
    scope: 'User.Read offline_access openid',
    redirect_uri: web.redirect,
    login_hint: ada.name,
  }).toString();
  const reply = await new PlainBrowser().open(url.href);
  const code = new URL(reply.location!).searchParams.get('code')!;
  const credential = new AuthorizationCodeCredential(
    tenant,
    web.id,
    web.secret,
    code,
    web.redirect,
    options,
  );
  const { token } = await credential.getToken('User.Read');
  assert.equal(decodeJwt(token).oid, ada.id);
});

test('OnBehalfOfCredential', async () => {
  const { name, password } = ada;
  const user = new UsernamePasswordCredential(tenant, native.id, name, password, options);
  const { token } = await user.getToken(`api://${api.id}/access_as_user`);
  const credential = new OnBehalfOfCredential({
    ...options,
    tenantId: tenant,
    clientId: api.id,
    clientSecret: api.secret,
    userAssertionToken: token,
  });
  const result = await credential.getToken('https://graph.microsoft.com/User.Read');
  assert.equal(decodeJwt(result.token).oid, ada.id);
});

test('a client that knows claims challenges says so in its token', async () => {
  const credential = new ClientSecretCredential(tenant, daemon.id, daemon.secret, options);
  const plain = await credential.getToken(graph);
  assert.equal(decodeJwt(plain.token).xms_cc, undefined);
  const continuous = await credential.getToken(graph, { enableCae: true });
  assert.deepEqual(decodeJwt(continuous.token).xms_cc, ['cp1']);
});

test('microsoft-graph-client reads people with such a credential', async () => {
  const { name, password } = ada;
  const credential = new UsernamePasswordCredential(tenant, native.id, name, password, options);
  const authProvider = {
    async getAccessToken() {
      return (await credential.getToken('User.ReadWrite.All')).token;
    },
  };
  const client = Client.initWithMiddleware({
    baseUrl: running.kith.httpsOrigin,
    customHosts: new Set(['localhost']),
    authProvider,
  });
  const me = await client.api('/me').get();
  assert.equal(me.userPrincipalName, ada.name);
  const users = await client.api('/users').select('displayName').top(2).get();
  assert.equal(users.value.length, 2);
  await assert.rejects(client.api('/users/nobody@contoso.example').get(), {
    statusCode: 404,
    code: 'Request_ResourceNotFound',
  });
});
