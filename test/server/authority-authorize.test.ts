import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { decodeJwt } from 'jose';
import { PlainBrowser, postedAnswer, type Visited } from '../clients/browser.ts';
import { type RunningContoso, startContoso } from '../clients/contoso.ts';
import { contoso } from '../clients/contoso-seed.ts';

const { ada, ben, web, native, spa, tenant } = contoso;
const verifier = 'v'.repeat(43);
const challenge = createHash('sha256').update(verifier).digest('base64url');

let running: RunningContoso;
before(async () => {
  running = await startContoso();
});
after(() => running?.[Symbol.asyncDispose]());

type Fields = Readonly<Record<string, string>>;

const asked: Fields = {
  client_id: web.id,
  response_type: 'code',
  scope: 'openid offline_access User.Read',
  redirect_uri: web.redirect,
  state: 'a state & more',
};
const nativeAsked: Fields = {
  ...asked,
  client_id: native.id,
  redirect_uri: 'http://localhost:51234',
  code_challenge: challenge,
  code_challenge_method: 'S256',
};

function urlOf(fields: Fields, segment: string = tenant): string {
  const query = new URLSearchParams(fields);
  return `${running.kith.httpsOrigin}/${segment}/oauth2/v2.0/authorize?${query}`;
}

function open(fields: Fields, browser = new PlainBrowser()): Promise<Visited> {
  return browser.open(urlOf(fields));
}

/** The parameters that an answer brings to an application. */
function answerOf({ location }: Visited): URLSearchParams {
  const url = new URL(location!);
  return url.hash === '' ? url.searchParams : new URLSearchParams(url.hash.slice(1));
}

async function redeem(fields: Fields) {
  const url = `${running.authority}/oauth2/v2.0/token`;
  const body = new URLSearchParams({ grant_type: 'authorization_code', ...fields });
  const reply = await fetch(url, { method: 'POST', body });
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came.
  return { status: reply.status, json: (await reply.json()) as any };
}

async function codeFor(fields: Fields): Promise<string> {
  return answerOf(await open({ ...fields, login_hint: ada.name })).get('code')!;
}

const webSecret = { client_id: web.id, client_secret: web.secret, redirect_uri: web.redirect };
const nativeClient = { client_id: native.id, redirect_uri: nativeAsked.redirect_uri! };

/** Addresses that are nobody's: the person is told, and goes nowhere. */
const strangers: readonly (readonly [client: string, uri: string])[] = [
  [web.id, 'https://evil.example/callback'],
  [web.id, `${web.redirect}/`],
  [web.id, `${web.redirect}?x=1`],
  [web.id, `${web.redirect}#x`],
  [web.id, 'https://web.contoso.example/CALLBACK'],
  [web.id, 'https://web.contoso.example:444/callback'],
  [web.id, 'http://web.contoso.example/callback'],
  [web.id, 'https://web.contoso.example@evil.example/callback'],
  [web.id, 'https://web.contoso.example.evil.example/callback'],
  [web.id, 'https://web.contoso.example/callback/../x'],
  [web.id, '//evil.example/callback'],
  [web.id, 'javascript:alert(1)'],
  [web.id, 'data:text/html,x'],
  [web.id, '/callback'],
  [web.id, `${web.redirect}\r\nSet-Cookie: x=1`],
  [native.id, 'http://localhost.evil.example:5000'],
  [native.id, 'http://127.0.0.1:5000'],
  [native.id, 'https://localhost:5000'],
  [native.id, 'http://localhost:5000/elsewhere'],
  [native.id, 'http://user@localhost:5000'],
];

describe('where an answer goes', () => {
  for (const [client, uri] of strangers) {
    test(`not to ${JSON.stringify(uri)}`, async () => {
      for (const extra of [{}, { prompt: 'none' }, { response_mode: 'form_post' }]) {
        const reply = await open({ ...asked, client_id: client, redirect_uri: uri, ...extra });
        assert.equal(reply.status, 400, reply.text);
        assert.equal(reply.location, undefined);
        assert.doesNotMatch(reply.text, /<form/);
      }
    });
  }

  test('an application that is not registered is answered nowhere', async () => {
    const reply = await open({ ...asked, client_id: 'nobody' });
    assert.equal(reply.status, 400);
    assert.match(reply.text, /AADSTS700016/);
    assert.doesNotMatch(reply.text, /<script/);
  });

  test('to any port of a loopback address', async () => {
    for (const uri of ['http://localhost:1', 'http://localhost:65535', 'http://localhost']) {
      const reply = await open({ ...nativeAsked, redirect_uri: uri, login_hint: ada.name });
      assert.equal(reply.status, 302);
      assert.ok(reply.location?.startsWith(`${uri}?`), `${reply.location}`);
    }
  });
});

/** Requests whose application is told what is wrong. */
const told: readonly (readonly [name: string, fields: Fields, error: string, code: number])[] = [
  ['no response type', { response_type: '' }, 'invalid_request', 900144],
  ['an access token', { response_type: 'token' }, 'unsupported_response_type', 70005],
  ['a mode that is not known', { response_mode: 'magic' }, 'unsupported_response_mode', 70007],
  ['no scope', { scope: '' }, 'invalid_request', 900144],
  ['a malformed scope', { scope: 'a"b' }, 'invalid_scope', 70011],
  ['a prompt that is not known', { prompt: 'shout' }, 'invalid_request', 90023],
  ['prompt none with another', { prompt: 'none login' }, 'invalid_request', 90023],
  [
    'plain PKCE',
    { code_challenge: verifier, code_challenge_method: 'plain' },
    'invalid_request',
    50148,
  ],
  ['PKCE without a method', { code_challenge: challenge }, 'invalid_request', 50148],
  [
    'a short challenge',
    { code_challenge: 'x', code_challenge_method: 'S256' },
    'invalid_request',
    50148,
  ],
  ['an id token without a nonce', { response_type: 'id_token' }, 'invalid_request', 900144],
  ['a request object', { request: 'x.y.z' }, 'invalid_request', 90013],
  ['silence without a session', { prompt: 'none' }, 'login_required', 50058],
];

describe('the authorize endpoint tells the application of', () => {
  for (const [name, fields, error, code] of told) {
    test(name, async () => {
      const reply = await open({ ...asked, ...fields });
      assert.equal(reply.status, 302, reply.text);
      assert.ok(reply.location!.startsWith(web.redirect));
      const answer = answerOf(reply);
      assert.equal(answer.get('error'), error);
      assert.match(answer.get('error_description')!, new RegExp(`^AADSTS${code}: `));
      assert.equal(answer.get('state'), asked.state);
    });
  }

  test('a public client without PKCE', async () => {
    const clients: readonly (readonly [string, string])[] = [
      [native.id, 'http://localhost:5'],
      [spa.id, spa.redirect],
    ];
    for (const [client, uri] of clients) {
      const reply = await open({ ...asked, client_id: client, redirect_uri: uri });
      assert.match(answerOf(reply).get('error_description')!, /^AADSTS9002325/);
    }
  });
});

describe('a code', () => {
  test('works once, and its second use ends what came of the first', async () => {
    const code = await codeFor(asked);
    const first = await redeem({ ...webSecret, code });
    assert.equal(first.status, 200, JSON.stringify(first.json));
    const second = await redeem({ ...webSecret, code });
    assert.deepEqual(second.json.error_codes, [54005]);
    const refresh = await redeem({
      ...webSecret,
      grant_type: 'refresh_token',
      refresh_token: first.json.refresh_token,
      scope: 'User.Read',
    });
    assert.equal(refresh.json.error, 'invalid_grant');
  });

  test('is redeemed by its own client, at its own address, with its own verifier', async () => {
    const web1 = await codeFor(asked);
    const rows: readonly (readonly [Fields, number])[] = [
      [{ ...nativeClient, code: web1, code_verifier: verifier }, 70000],
      [{ ...webSecret, code: web1, redirect_uri: 'https://evil.example/' }, 500112],
      [{ client_id: web.id, code: web1, redirect_uri: web.redirect }, 7000218],
      [{ ...webSecret, code: web1, code_verifier: verifier }, 501481],
      [{ client_id: web.id, client_secret: web.secret, code: web1 }, 500112],
    ];
    for (const [fields, expected] of rows) {
      assert.deepEqual((await redeem(fields)).json.error_codes, [expected]);
    }
    const code = await codeFor(nativeAsked);
    for (const bad of [{}, { code_verifier: 'w'.repeat(43) }, { code_verifier: challenge }]) {
      const reply = await redeem({ ...nativeClient, code, ...bad });
      assert.deepEqual(reply.json.error_codes, [501481], JSON.stringify(bad));
    }
    const good = await redeem({ ...nativeClient, code, code_verifier: verifier });
    assert.equal(good.status, 200, JSON.stringify(good.json));
    assert.equal(decodeJwt(good.json.access_token).oid, ada.id);
  });

  test('carries the nonce into the id token', async () => {
    const code = await codeFor({ ...asked, nonce: 'n-0S6' });
    const { json } = await redeem({ ...webSecret, code });
    assert.equal(decodeJwt(json.id_token).nonce, 'n-0S6');
  });
});

describe('the sign-in page', () => {
  test('says who signs in to what, runs no script, and lets nobody frame it', async () => {
    const page = await open(asked);
    assert.equal(page.status, 200);
    for (const text of ['Sign in to Web', 'Contoso', 'web.contoso.example', 'Ada Lovelace']) {
      assert.ok(page.text.includes(text), text);
    }
    assert.doesNotMatch(page.text, /<script|Dora Gone/);
    const policy = page.headers.get('content-security-policy')!;
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.match(policy, /form-action 'self' https:\/\/web\.contoso\.example/);
    assert.equal(page.headers.get('cache-control'), 'no-store');
    assert.equal(page.headers.get('x-frame-options'), 'DENY');
    for (const cookie of page.headers.getSetCookie()) {
      assert.match(cookie, /^__Host-.*; Path=\/; Secure; HttpOnly; SameSite=(Lax|None)$/);
    }
  });

  test('escapes whatever comes from a request', async () => {
    const evil = `"><img src=x onerror=alert(1)>`;
    const page = await open({ ...asked, state: evil, login_hint: evil, extra: evil });
    assert.ok(!page.text.includes('<img'), page.text);
  });

  test('takes forms from its own browser alone', async () => {
    const page = await open(asked);
    const stranger = new PlainBrowser();
    const reply = await stranger.submit(page, { user: ada.id });
    assert.equal(reply.status, 200);
    assert.equal(reply.location, undefined);
    assert.match(reply.text, /Please try again/);
  });

  test('is skipped where somebody has signed in, and shown when it is asked for', async () => {
    const browser = new PlainBrowser();
    const page = await open(asked, browser);
    const first = await browser.submit(page, { user: ada.id });
    assert.equal(first.status, 303);
    for (const prompt of [{}, { prompt: 'none' }]) {
      const again = await open({ ...asked, ...prompt }, browser);
      assert.equal(again.status, 302);
      assert.ok(answerOf(again).get('code'));
    }
    for (const prompt of ['login', 'select_account']) {
      assert.equal((await open({ ...asked, prompt }, browser)).status, 200, prompt);
    }
    const consent = await open({ ...asked, prompt: 'consent' }, browser);
    assert.match(consent.text, /asks for permission/);
    const declined = await browser.submit(consent, { kith_action: 'decline' });
    assert.equal(answerOf(declined).get('error'), 'access_denied');
    const accepted = await browser.submit(consent, { kith_action: 'accept' });
    assert.ok(answerOf(accepted).get('code'));
    const old = await open({ ...asked, max_age: '0', prompt: 'none' }, browser);
    assert.equal(answerOf(old).get('error'), 'login_required');
    const other = await open({ ...asked, prompt: 'none', login_hint: 'x@y.example' }, browser);
    assert.equal(answerOf(other).get('error'), 'login_required');
  });

  test('a new sign-in takes another session', async () => {
    const browser = new PlainBrowser();
    const cookies = [];
    for (const user of [ada.id, ben.id]) {
      const page = await open({ ...asked, prompt: 'login' }, browser);
      const sent = await browser.submit(page, { user });
      cookies.push(sent.headers.getSetCookie().find((each) => each.includes('session')));
    }
    assert.notEqual(cookies[0], cookies[1]);
  });
});

describe('an answer', () => {
  test('comes in the query, in the fragment, or as a form', async () => {
    const hinted = { ...asked, login_hint: ada.name, client_info: '1' };
    const query = await open({ ...hinted, response_mode: 'query' });
    assert.equal(new URL(query.location!).searchParams.get('state'), asked.state);
    const fragment = await open({ ...hinted, response_mode: 'fragment' });
    assert.equal(new URL(fragment.location!).search, '');
    assert.equal(answerOf(fragment).get('state'), asked.state);
    const form = await open({ ...hinted, response_mode: 'form_post' });
    assert.equal(form.status, 200);
    const answer = postedAnswer(form);
    assert.equal(answer.state, asked.state);
    const info = JSON.parse(Buffer.from(answer.client_info!, 'base64url').toString());
    assert.deepEqual(info, { uid: ada.id, utid: tenant });
    assert.match(form.headers.get('content-security-policy')!, /script-src 'sha256-/);
  });

  test('never brings a token in a query', async () => {
    const reply = await open({
      ...asked,
      response_type: 'id_token',
      response_mode: 'query',
      nonce: 'x',
      login_hint: ada.name,
    });
    assert.equal(answerOf(reply).get('error'), 'unsupported_response_mode');
    assert.equal(answerOf(reply).get('id_token'), null);
  });
});

test('signing out ends the session, and goes on to registered addresses alone', async () => {
  const browser = new PlainBrowser();
  await browser.submit(await open(asked, browser), { user: ada.id });
  const logout = `${running.authority}/oauth2/v2.0/logout`;
  const away = `?post_logout_redirect_uri=${encodeURIComponent('https://evil.example/')}`;
  const stays = await browser.open(logout + away);
  assert.equal(stays.status, 200);
  assert.equal(stays.location, undefined);
  const reply = await open({ ...asked, prompt: 'none' }, browser);
  assert.equal(answerOf(reply).get('error'), 'login_required');
});
