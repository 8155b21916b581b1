import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as oidc from 'openid-client';
import { PlainBrowser, postedAnswer } from './browser.ts';
import { type RunningContoso, startContoso } from './contoso.ts';
import { contoso } from './contoso-seed.ts';

let running: RunningContoso;
let issuer: URL;
before(async () => {
  running = await startContoso();
  issuer = new URL(`${running.authority}/v2.0`);
});
after(() => running?.[Symbol.asyncDispose]());

const { ada, daemon, web, spa, native } = contoso;

test('client credentials by secret in the body and by Basic', async () => {
  for (const method of [oidc.ClientSecretPost, oidc.ClientSecretBasic]) {
    const config = await oidc.discovery(issuer, daemon.id, undefined, method(daemon.secret));
    const tokens = await oidc.clientCredentialsGrant(config, {
      scope: 'https://graph.microsoft.com/.default',
    });
    assert.equal(tokens.token_type, 'bearer');
  }
});

test('a wrong secret is refused', async () => {
  const config = await oidc.discovery(issuer, daemon.id, 'no');
  const scope = 'https://graph.microsoft.com/.default';
  await assert.rejects(oidc.clientCredentialsGrant(config, { scope }), { error: 'invalid_client' });
});

test('code with PKCE, id token checked by the keys, userinfo, refresh, logout', async () => {
  const config = await oidc.discovery(issuer, web.id, web.secret);
  const verifier = oidc.randomPKCECodeVerifier();
  const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: web.redirect,
    scope: 'openid profile email offline_access User.Read',
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  });
  const browser = new PlainBrowser();
  const reply = await browser.submit(await browser.open(url.href), { user: ada.id });
  assert.equal(reply.status, 303);
  const tokens = await oidc.authorizationCodeGrant(config, new URL(reply.location!), {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
  });
  const claims = tokens.claims()!;
  assert.equal(claims.preferred_username, ada.name);
  assert.equal(claims.email, ada.name);
  const info = await oidc.fetchUserInfo(config, tokens.access_token, claims.sub);
  assert.equal(info.name, 'Ada Lovelace');
  const refreshed = await oidc.refreshTokenGrant(config, tokens.refresh_token!);
  assert.notEqual(refreshed.refresh_token, tokens.refresh_token);
  await assert.rejects(oidc.refreshTokenGrant(config, tokens.refresh_token!), {
    error: 'invalid_grant',
  });
  await assert.rejects(oidc.refreshTokenGrant(config, refreshed.refresh_token!), {
    error: 'invalid_grant',
  });
  const end = oidc.buildEndSessionUrl(config, {
    post_logout_redirect_uri: web.redirect,
    state: 'bye',
  });
  const left = await browser.open(end.href);
  assert.equal(left.location, `${web.redirect}?state=bye`);
  const again = await browser.open(`${url.href}&prompt=none`);
  assert.equal(new URL(again.location!).searchParams.get('error'), 'login_required');
});

test('the hybrid flow: a code and an id token that is bound to it', async () => {
  const config = await oidc.discovery(issuer, web.id, web.secret);
  oidc.useCodeIdTokenResponseType(config);
  const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: web.redirect,
    scope: 'openid User.Read',
    response_mode: 'form_post',
    login_hint: ada.name,
    state,
    nonce,
  });
  const answer = postedAnswer(await new PlainBrowser().open(url.href));
  const request = new Request(web.redirect, {
    method: 'POST',
    body: new URLSearchParams(answer),
  });
  const tokens = await oidc.authorizationCodeGrant(config, request, {
    expectedState: state,
    expectedNonce: nonce,
  });
  assert.equal(tokens.claims()?.oid, ada.id);
});

test('an id token alone, in the fragment', async () => {
  const config = await oidc.discovery(issuer, spa.id, undefined, oidc.None());
  oidc.useIdTokenResponseType(config);
  const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: spa.redirect,
    scope: 'openid',
    login_hint: ada.name,
    state,
    nonce,
  });
  const { location } = await new PlainBrowser().open(url.href);
  const claims = await oidc.implicitAuthentication(config, new URL(location!), nonce, {
    expectedState: state,
  });
  assert.equal(claims.oid, ada.id);
});

test('a device signs in, with the grant type by its URN', async () => {
  const config = await oidc.discovery(issuer, native.id, undefined, oidc.None());
  const device = await oidc.initiateDeviceAuthorization(config, { scope: 'openid User.Read' });
  const browser = new PlainBrowser();
  const people = await browser.submit(await browser.open(device.verification_uri), {
    user_code: device.user_code,
  });
  const question = await browser.submit(people, { kith_action: 'pick', user: ada.id });
  await browser.submit(question, { kith_action: 'accept' });
  const tokens = await oidc.pollDeviceAuthorizationGrant(config, { ...device, interval: 1 });
  assert.equal(tokens.claims()?.oid, ada.id);
});
