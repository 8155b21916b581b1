import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type RunningContoso, startContoso } from '../clients/contoso.ts';
import { contoso } from '../clients/contoso-seed.ts';
import { createDatabase, type TestDatabase } from '../postgres.ts';

const COUNT = process.env.KITH_TEST_FULL ? 20_000 : 1_000;

const names = [
  ...['client_id', 'scope', 'grant_type', 'response_type', 'response_mode', 'redirect_uri'],
  ...['state', 'nonce', 'prompt', 'login_hint', 'code', 'refresh_token', 'device_code', 'claims'],
  ...['assertion', 'client_assertion', 'client_assertion_type', 'client_secret', 'resource'],
  ...['username', 'password', 'code_challenge', 'code_challenge_method', 'code_verifier'],
  ...['max_age', 'requested_token_use', 'kith_action', 'kith_form', 'user', 'user_code', 'token'],
  ...['kith_search', 'post_logout_redirect_uri', 'id_token_hint', 'authorization_endpoint'],
];
const values = [
  ...['', 'x', '%', '%00', '%ff', '%F0%9F%98%80', 'a'.repeat(3000), '{}', '[]', 'null', '-1', '"'],
  ...['..', '%2e%2e', '%3Cb%3E', '%27;--', 'https://graph.microsoft.com/.default', 'openid'],
  ...['User.Read', 'code', 'id_token', 'none', 'login', 'query', 'form_post', 'S256', 'pick'],
  ...['authorization_code', 'refresh_token', 'password', 'client_credentials', 'device_code'],
  ...['on_behalf_of', 'urn:ietf:params:oauth:grant-type:jwt-bearer', 'e30.e30.e30', '1'],
  ...['urn:ietf:params:oauth:client-assertion-type:jwt-bearer', 'http://localhost:1/', 'accept'],
  ...[contoso.ada.name, contoso.ada.id, contoso.daemon.id, contoso.web.id, contoso.web.redirect],
];
const places = [
  ...['oauth2/v2.0/token', 'oauth2/v2.0/authorize', 'oauth2/v2.0/devicecode', 'oauth2/token'],
  ...['oauth2/v2.0/logout', 'v2.0/.well-known/openid-configuration', 'discovery/v2.0/keys'],
];
const others = [
  ...['/devicelogin', '/error', '/oidc/userinfo', '/common/discovery/instance'],
  ...['/common/UserRealm/x', '/_kith/setup', '/_kith/password', '/_kith/forgotten'],
  '/_kith/administration',
];

/** Numbers from 0 to below a limit, the same in every run. */
function numbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

function makeRequest(number: (limit: number) => number) {
  const pick = (list: readonly string[]) => list[number(list.length)]!;
  const pairs = (limit: number) =>
    Array.from({ length: number(limit) }, () => `${pick(names)}=${pick(values)}`).join('&');
  const tenant = number(3) === 0 ? pick(values) : pick([contoso.domain, 'common', contoso.tenant]);
  const path = number(4) === 0 ? pick(others) : `/${encodeURIComponent(tenant)}/${pick(places)}`;
  const method = pick(['GET', 'POST', 'POST', 'POST', 'HEAD', 'PUT', 'OPTIONS']);
  const form = 'application/x-www-form-urlencoded';
  const authorizations = ['Basic eA==', 'Basic eDp5', 'Basic ,', 'Bearer x.y.z', 'x'];
  return {
    path: `${path}?${pairs(6).replaceAll('"', '%22')}`,
    method,
    ...(method === 'POST' ? { body: pairs(9) } : {}),
    headers: {
      'Content-Type': pick([form, form, form, 'application/json']),
      ...(number(4) === 0 ? { Authorization: pick(authorizations) } : {}),
      Cookie: `__Host-kith-session=${number(9)}; __Host-kith-form=${number(9)}`,
    },
  };
}

for (const mode of ['emulator', 'directory']) {
  describe(`whatever is asked of the authority of a ${mode}, on PostgreSQL`, () => {
    let database: TestDatabase;
    let running: RunningContoso;
    before(async () => {
      database = await createDatabase();
      running = await startContoso({ store: database.url, flags: ['--mode', mode] });
    });
    after(async () => {
      await running?.[Symbol.asyncDispose]();
      await database?.drop();
    });

    test('it never fails by itself, and leads nobody away', async () => {
      const number = numbers(mode.length);
      const seen = new Set<number>();
      for (let count = 0; count < COUNT; count++) {
        const { path, ...options } = makeRequest(number);
        const reply = await running.kith.request(path, options);
        seen.add(reply.status);
        const asked = `${options.method} ${path}\n${JSON.stringify(options)}\n${reply.text}`;
        assert.ok(reply.status < 500, asked);
        const { location } = reply.headers;
        if (location === undefined) continue;
        const isKnown = [contoso.web.redirect, 'http://localhost:'].some((each) =>
          location.startsWith(each),
        );
        assert.ok(isKnown, asked);
      }
      assert.ok(seen.size > 4, [...seen].join());
    });
  });
}
