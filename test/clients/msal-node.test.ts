import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as msal5 from '@azure/msal-node';
import { decodeJwt } from 'jose';
import * as msal7 from 'msal-node-7';
import { PlainBrowser, postedAnswer } from './browser.ts';
import { type RunningContoso, startContoso } from './contoso.ts';
import { contoso } from './contoso-seed.ts';

let running: RunningContoso;
let knownAuthorities: string[];
before(async () => {
  running = await startContoso();
  knownAuthorities = [`localhost:${running.kith.port}`];
});
after(() => running?.[Symbol.asyncDispose]());

const { ada, ben, daemon, web, native, api } = contoso;

/** The versions that are used: 5 comes with `@azure/identity`. */
const versions = { 'msal-node 5': msal5, 'msal-node 7': msal7 as unknown as typeof msal5 };

for (const [name, msal] of Object.entries(versions)) {
  describe(name, () => {
    const { ConfidentialClientApplication, CryptoProvider, PublicClientApplication } = msal;
    function confidential(app: { id: string; secret: string }, path: string = contoso.tenant) {
      const authority = `${running.kith.httpsOrigin}/${path}`;
      return new ConfidentialClientApplication({
        auth: { clientId: app.id, clientSecret: app.secret, authority, knownAuthorities },
      });
    }

    function publicClient() {
      const { authority } = running;
      return new PublicClientApplication({
        auth: { clientId: native.id, authority, knownAuthorities },
      });
    }

    /** Calls Graph with a token and gives the answer's JSON. */
    async function callGraph(token: string, path: string) {
      const headers = { authorization: `Bearer ${token}` };
      const reply = await fetch(`${running.kith.httpsOrigin}/v1.0${path}`, { headers });
      assert.equal(reply.status, 200, await reply.clone().text());
      return reply.json() as Promise<{ userPrincipalName?: string }>;
    }

    test('client credentials by secret, for Graph and the origin, tenant by domain', async () => {
      for (const scope of [
        'https://graph.microsoft.com/.default',
        `${running.kith.httpsOrigin}/.default`,
      ]) {
        for (const path of [contoso.tenant, 'Contoso.Example']) {
          const result = await confidential(daemon, path).acquireTokenByClientCredential({
            scopes: [scope],
          });
          assert.equal(result?.fromCache, false);
          assert.deepEqual(decodeJwt(result!.accessToken).roles, ['User.Read.All']);
          await callGraph(result!.accessToken, `/users/${ada.id}`);
        }
      }
    });

    test('the second client-credentials call is answered from the cache', async () => {
      const client = confidential(daemon);
      const request = { scopes: ['https://graph.microsoft.com/.default'] };
      await client.acquireTokenByClientCredential(request);
      assert.equal((await client.acquireTokenByClientCredential(request))?.fromCache, true);
    });

    test('client credentials by certificate: PS256 with x5t#S256, and RS256 with x5t', async () => {
      const { certificate, authority } = running;
      const names = [
        { thumbprintSha256: certificate.sha256Hex },
        { thumbprintSha256: certificate.sha256Hex, x5c: certificate.cert },
        { thumbprint: certificate.sha1Hex },
      ];
      for (const name of names) {
        const client = new ConfidentialClientApplication({
          auth: {
            clientId: daemon.id,
            clientCertificate: { ...name, privateKey: certificate.key },
            authority,
            knownAuthorities,
          },
        });
        const scopes = ['https://graph.microsoft.com/.default'];
        const result = await client.acquireTokenByClientCredential({ scopes });
        assert.equal(decodeJwt(result!.accessToken).azpacr, '2');
      }
    });

    test('a wrong secret and an unknown client are errors with their AADSTS codes', async () => {
      const scopes = ['https://graph.microsoft.com/.default'];
      const wrong = confidential({ ...daemon, secret: 'no' });
      await assert.rejects(wrong.acquireTokenByClientCredential({ scopes }), {
        errorCode: 'invalid_client',
        errorNo: 7000215,
      });
      const nobody = confidential({ ...daemon, id: '00000000-0000-4000-8000-000000000000' });
      await assert.rejects(nobody.acquireTokenByClientCredential({ scopes }), {
        errorCode: 'unauthorized_client',
        errorNo: 700016,
      });
    });

    test('authorization code with PKCE by form_post, silent, refreshed, widened', async () => {
      const client = confidential(web);
      const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
      const asked = { scopes: ['User.Read'], redirectUri: web.redirect };
      const url = await client.getAuthCodeUrl({
        ...asked,
        responseMode: 'form_post',
        codeChallenge: challenge,
        codeChallengeMethod: 'S256',
        state: 'the state',
        nonce: 'the nonce',
      });
      const browser = new PlainBrowser();
      const page = await browser.open(url);
      assert.match(page.text, /Sign in to Web/);
      const answer = postedAnswer(await browser.submit(page, { user: ada.id }));
      assert.equal(answer.state, 'the state');
      const first = await client.acquireTokenByCode(
        { ...asked, code: answer.code!, codeVerifier: verifier, nonce: 'the nonce' },
        { code: answer.code!, client_info: answer.client_info!, nonce: 'the nonce' },
      );
      assert.equal(first.account?.username, ada.name);
      assert.equal(first.account?.homeAccountId, `${ada.id}.${contoso.tenant}`);
      assert.equal(first.account?.tenantId, contoso.tenant);
      assert.equal((await callGraph(first.accessToken, '/me')).userPrincipalName, ada.name);
      const account = first.account!;
      const silent = await client.acquireTokenSilent({ scopes: ['User.Read'], account });
      assert.equal(silent.fromCache, true);
      const fresh = await client.acquireTokenSilent({
        scopes: ['User.Read'],
        account,
        forceRefresh: true,
      });
      assert.notEqual(fresh.accessToken, first.accessToken);
      const wide = await client.acquireTokenSilent({ scopes: ['User.ReadWrite.All'], account });
      assert.match(String(decodeJwt(wide.accessToken).scp), /User\.ReadWrite\.All/);
      const qualified = ['https://graph.microsoft.com/User.Read'];
      await client.acquireTokenSilent({ scopes: qualified, account });
      const cached = await client.acquireTokenSilent({ scopes: qualified, account });
      assert.equal(cached.fromCache, true);
    });

    test('a public client signs in interactively on a loopback port of its choice', async () => {
      const browser = new PlainBrowser();
      const result = await publicClient().acquireTokenInteractive({
        scopes: ['User.Read'],
        async openBrowser(url) {
          const page = await browser.open(url);
          const sent = await browser.submit(page, { user: ben.id });
          if (sent.location) await fetch(sent.location);
          else await browser.submit(sent, {});
        },
      });
      assert.equal(result.account?.username, ben.name);
      assert.equal((await callGraph(result.accessToken, '/me')).userPrincipalName, ben.name);
    });

    test('a device signs in with a code', async () => {
      const browser = new PlainBrowser();
      const result = await publicClient().acquireTokenByDeviceCode({
        scopes: ['User.Read'],
        async deviceCodeCallback({ userCode, verificationUri, message }) {
          assert.match(message, new RegExp(userCode));
          const page = await browser.open(verificationUri);
          const people = await browser.submit(page, { user_code: userCode.toLowerCase() });
          const question = await browser.submit(people, { kith_action: 'pick', user: ada.id });
          const done = await browser.submit(question, { kith_action: 'accept' });
          assert.match(done.text, /You have signed in/);
        },
      });
      assert.equal(result?.account?.username, ada.name);
    });

    test('user name and password', async () => {
      const asked = { scopes: ['User.Read'], username: ada.name };
      const result = await publicClient().acquireTokenByUsernamePassword({
        ...asked,
        password: ada.password,
      });
      assert.equal(result?.account?.username, ada.name);
      await assert.rejects(
        publicClient().acquireTokenByUsernamePassword({ ...asked, password: 'wrong' }),
        { errorCode: 'invalid_grant', errorNo: 50126 },
      );
    });

    test('an API acts on behalf of the user whose token it was sent', async () => {
      const first = await publicClient().acquireTokenByUsernamePassword({
        scopes: [`api://${api.id}/access_as_user`],
        username: ada.name,
        password: ada.password,
      });
      assert.equal(decodeJwt(first!.accessToken).aud, api.id);
      const result = await confidential(api).acquireTokenOnBehalfOf({
        oboAssertion: first!.accessToken,
        scopes: ['User.Read'],
      });
      assert.equal((await callGraph(result!.accessToken, '/me')).userPrincipalName, ada.name);
      const graph = await publicClient().acquireTokenByUsernamePassword({
        scopes: ['User.Read'],
        username: ada.name,
        password: ada.password,
      });
      await assert.rejects(
        confidential(api).acquireTokenOnBehalfOf({
          oboAssertion: graph!.accessToken,
          scopes: ['User.Read'],
        }),
        { errorNo: 500131 },
      );
    });
  });
}
