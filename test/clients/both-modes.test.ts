import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ClientSecretCredential, UsernamePasswordCredential } from '@azure/identity';
import {
  ConfidentialClientApplication,
  CryptoProvider,
  PublicClientApplication,
} from '@azure/msal-node';
import { decodeJwt } from 'jose';
import { PlainBrowser, postedAnswer, type Visited } from './browser.ts';
import { type RunningContoso, startContoso } from './contoso.ts';
import { contoso } from './contoso-seed.ts';

const { ada, ben, daemon, native, tenant, web } = contoso;
const scopes = ['https://graph.microsoft.com/.default'];

/** Signs Ada in on the pages of a mode, and agrees where she is asked. */
async function signIn(browser: PlainBrowser, page: Visited): Promise<Visited> {
  const isBench = page.text.includes('kith_action" value="pick"');
  const fields = isBench ? { user: ada.id } : { username: ada.name, password: ada.password };
  const next = await browser.submit(page, fields);
  const isAsked = next.text.includes('value="accept"');
  return isAsked ? browser.submit(next, { kith_action: 'accept' }) : next;
}

/** What every flow needs to point a client at the server. */
function pointers({ authority, kith }: RunningContoso) {
  const knownAuthorities = [`localhost:${kith.port}`];
  return {
    msal: { authority, knownAuthorities },
    identity: { authorityHost: kith.httpsOrigin, disableInstanceDiscovery: true },
  };
}

for (const mode of ['emulator', 'directory']) {
  describe(`a seed of one's own in ${mode} mode`, () => {
    test('signs its people and applications in, and the log tells no secret', async () => {
      const flags = ['--mode', mode, '--log-level', 'trace'];
      await using running = await startContoso({ flags });
      const { msal, identity } = pointers(running);
      const secrets: string[] = [daemon.secret, web.secret, ada.password, ben.password];
      const { certificate, kith } = running;
      secrets.push(...certificate.key.split('\n').filter((line) => line.length > 40));

      const clientCertificate = {
        thumbprintSha256: certificate.sha256Hex,
        privateKey: certificate.key,
      };
      for (const proof of [{ clientSecret: daemon.secret }, { clientCertificate }]) {
        const auth = { clientId: daemon.id, ...msal, ...proof };
        const app = new ConfidentialClientApplication({ auth });
        const { accessToken } = (await app.acquireTokenByClientCredential({ scopes }))!;
        assert.deepEqual(decodeJwt(accessToken).roles, ['User.Read.All']);
        secrets.push(accessToken);
        const read = await kith.request(`/v1.0/users/${ben.id}`, { token: accessToken });
        assert.equal(read.status, 200);
        const write = await kith.request(`/v1.0/users/${ben.id}`, {
          token: accessToken,
          body: { jobTitle: 'none of its business' },
        });
        assert.equal(write.status, 403);
      }

      const client = new ConfidentialClientApplication({
        auth: { clientId: web.id, clientSecret: web.secret, ...msal },
      });
      const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
      const asked = { scopes: ['User.Read'], redirectUri: web.redirect };
      const pkce = { codeChallenge: challenge, codeChallengeMethod: 'S256' };
      const url = await client.getAuthCodeUrl({ ...asked, ...pkce, responseMode: 'form_post' });
      const browser = new PlainBrowser();
      const answer = postedAnswer(await signIn(browser, await browser.open(url)));
      const redeemed = { ...asked, code: answer.code!, codeVerifier: verifier };
      const signedIn = await client.acquireTokenByCode(redeemed);
      assert.equal(signedIn.account?.username, ada.name);
      secrets.push(answer.code!, verifier, signedIn.accessToken, signedIn.idToken);
      const me = await kith.request('/v1.0/me', { token: signedIn.accessToken });
      assert.equal(me.json.id, ada.id);
      await assert.rejects(client.acquireTokenByCode(redeemed), { errorCode: 'invalid_grant' });

      const program = new PublicClientApplication({ auth: { clientId: native.id, ...msal } });
      const person = { scopes: ['User.Read'], username: ben.name, password: ben.password };
      const personal = await program.acquireTokenByUsernamePassword(person);
      assert.equal(personal?.account?.username, ben.name);
      await assert.rejects(
        program.acquireTokenByUsernamePassword({ ...person, password: 'a guess of mine' }),
        { errorCode: 'invalid_grant' },
      );
      secrets.push(personal!.accessToken, 'a guess of mine');

      for (const credential of [
        new ClientSecretCredential(tenant, daemon.id, daemon.secret, identity),
        new UsernamePasswordCredential(tenant, native.id, ben.name, ben.password, identity),
      ]) {
        secrets.push((await credential.getToken(scopes)).token);
      }

      const log = kith.log();
      assert.match(log, /the authority refused/, 'Requests are logged at this level.');
      // Of a token the signature is what nobody may have.
      const told = secrets.filter((secret) => log.includes(secret.split('.').at(-1)!));
      assert.deepEqual(told, []);
    });
  });
}
