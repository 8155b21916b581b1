import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { decodeJwt } from 'jose';
import { PlainBrowser, type Visited } from '../clients/browser.ts';
import { type RunningContoso, startContoso } from '../clients/contoso.ts';
import { contoso } from '../clients/contoso-seed.ts';
import { createDatabase, type TestDatabase } from '../postgres.ts';
import { type RunningKith, startKith } from '../running-kith.ts';
import { makeScratchFolder } from './scratch-folder.ts';

const { ada, ben, daemon, web, native, tenant } = contoso;
const directory = ['--mode', 'directory'];
const chosen = 'a password of my own';

/** The newest link of a kind that the operator has been told. */
function toldLink(kith: RunningKith, path: string): string {
  const links = kith.log().match(new RegExp(`https://\\S+/_kith/${path}\\?token=\\S+`, 'g')) ?? [];
  assert.ok(links.length > 0, kith.log());
  return links.at(-1)!;
}

function authorizeUrl(kith: RunningKith, scope: string, more: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    client_id: web.id,
    response_type: 'code',
    scope,
    redirect_uri: web.redirect,
    ...more,
  });
  return `${kith.httpsOrigin}/${tenant}/oauth2/v2.0/authorize?${query}`;
}

function ask(kith: RunningKith, fields: Record<string, string>) {
  return kith.request(`/${tenant}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams(fields).toString(),
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  });
}

function signIn(kith: RunningKith, user: { name: string; password: string }, scope = 'User.Read') {
  return ask(kith, {
    grant_type: 'password',
    client_id: native.id,
    username: user.name,
    password: user.password,
    scope,
  });
}

function codeOf({ location }: Visited): string {
  const code = new URL(location!).searchParams.get('code');
  assert.ok(code, `${location}`);
  return code;
}

describe('a directory', () => {
  let running: RunningContoso;
  let kith: RunningKith;
  before(async () => {
    running = await startContoso({ flags: directory });
    kith = running.kith;
  });
  after(() => running?.[Symbol.asyncDispose]());

  test('has no bench: no minted tokens, no list of people, no strangers', async () => {
    for (const path of ['token', 'reset', 'revoke', 'rotate-keys']) {
      const reply = await kith.request(`/_kith/${path}`, { method: 'POST', body: {} });
      assert.equal(reply.status, 400, path);
      assert.equal(reply.json.error.code, 'RequestBroker--ParseUri');
    }
    const page = await new PlainBrowser().open(authorizeUrl(kith, 'User.Read'));
    assert.match(page.text, /type="password"/);
    assert.doesNotMatch(page.text, /Ada Lovelace/);
    const hinted = authorizeUrl(kith, 'User.Read', { login_hint: ada.name });
    assert.equal((await new PlainBrowser().open(hinted)).status, 200);
    const picked = await new PlainBrowser().open(hinted);
    const forged = await new PlainBrowser().submit(picked, { kith_action: 'pick', user: ada.id });
    assert.equal(forged.location, undefined);
  });

  test('its first administrator comes in by a link that works once', async () => {
    const link = toldLink(kith, 'setup');
    const browser = new PlainBrowser();
    const page = await browser.open(link);
    assert.match(page.text, /first administrator of <strong>Contoso/);
    const fields = { name: 'Root Person', username: 'root@contoso.example' };
    const short = await browser.submit(page, { ...fields, password: 'short', again: 'short' });
    assert.match(short.text, /at least 10 characters/);
    const differs = await browser.submit(page, { ...fields, password: chosen, again: 'other' });
    assert.match(differs.text, /passwords differ/);
    const done = await browser.submit(page, { ...fields, password: chosen, again: chosen });
    assert.match(done.text, /administers Contoso now/);
    assert.equal((await browser.open(link)).status, 404);
    assert.equal(
      (await browser.submit(page, { ...fields, password: chosen, again: chosen })).status,
      404,
    );
    const reply = await signIn(kith, { name: fields.username, password: chosen });
    assert.equal(reply.status, 200, reply.text);
  });

  test('a person signs in by password, agrees once, and is not asked again', async () => {
    const browser = new PlainBrowser();
    const url = authorizeUrl(kith, 'User.Read Contacts.Read');
    const page = await browser.open(url);
    const wrong = await browser.submit(page, { username: ada.name, password: 'wrong' });
    assert.equal(wrong.status, 200);
    assert.match(wrong.text, /role="alert"/);
    const consent = await browser.submit(page, { username: ada.name, password: ada.password });
    assert.match(consent.text, /<code>Contacts\.Read<\/code>/);
    assert.doesNotMatch(consent.text, /<code>User\.Read<\/code>/);
    const silent = await browser.open(`${url}&prompt=none`);
    assert.equal(new URL(silent.location!).searchParams.get('error'), 'consent_required');
    codeOf(await browser.submit(consent, { kith_action: 'accept' }));
    codeOf(await browser.open(`${url}&prompt=none`));
    const other = new PlainBrowser();
    const again = await other.submit(await other.open(url), {
      username: ada.name.toUpperCase(),
      password: ada.password,
    });
    codeOf(again);
  });

  test('only an administrator agrees to what reaches others, for all if they want', async () => {
    const browser = new PlainBrowser();
    const url = authorizeUrl(kith, 'Group.Read.All');
    const page = await browser.submit(await browser.open(url), {
      username: ada.name,
      password: ada.password,
    });
    assert.match(page.text, /Only an administrator can agree to Group\.Read\.All/);
    const forced = await browser.submit(page, { kith_action: 'accept', for_all: 'yes' });
    assert.equal(new URL(forced.location!).searchParams.get('error'), 'access_denied');
    const root = new PlainBrowser();
    const asked = await root.submit(await root.open(url), {
      username: 'root@contoso.example',
      password: chosen,
    });
    codeOf(await root.submit(asked, { kith_action: 'accept', for_all: 'yes' }));
    codeOf(await browser.open(url));
  });

  test('a person who does not administer cannot change others, whatever the scope', async () => {
    const scope = 'User.ReadWrite.All';
    const plain = (await signIn(kith, ada, scope)).json.access_token as string;
    const ruler = { name: 'root@contoso.example', password: chosen };
    const root = (await signIn(kith, ruler, scope)).json.access_token as string;
    assert.equal(decodeJwt(plain).scp, scope);
    const path = `/v1.0/users/${ben.id}`;
    const body = { city: 'Bern' };
    assert.equal((await kith.request(path, { token: plain, body })).status, 403);
    assert.equal((await kith.request(path, { token: root, body })).status, 200);
  });

  test('disabling a person ends sessions and tokens at once', async () => {
    const scope = 'User.ReadWrite.All offline_access';
    const reply = await signIn(kith, ben, scope);
    const { access_token: token, refresh_token: refresh } = reply.json;
    assert.equal((await kith.request('/v1.0/me', { token })).status, 200);
    const ruler = { name: 'root@contoso.example', password: chosen };
    const root = (await signIn(kith, ruler, scope)).json.access_token as string;
    const set = (accountEnabled: boolean) =>
      kith.request(`/v1.0/users/${ben.id}`, { token: root, body: { accountEnabled } });
    assert.equal((await set(false)).status, 200);
    assert.equal((await kith.request('/v1.0/me', { token })).status, 401);
    assert.deepEqual((await signIn(kith, ben)).json.error_codes, [50057]);
    const refreshed = await ask(kith, {
      grant_type: 'refresh_token',
      client_id: native.id,
      refresh_token: refresh,
      scope: 'User.Read',
    });
    assert.deepEqual(refreshed.json.error_codes, [50057]);
    assert.equal((await set(true)).status, 200);
    assert.equal((await kith.request('/v1.0/me', { token })).status, 200);
  });

  test('a forgotten password: the operator has a link, and the old password ends', async () => {
    const before = (await signIn(kith, ben)).json.access_token as string;
    const browser = new PlainBrowser();
    const page = await browser.open(`${kith.httpsOrigin}/_kith/forgotten`);
    const known = await browser.submit(page, { username: ben.name });
    const unknown = await browser.submit(page, { username: 'nobody@contoso.example' });
    assert.equal(known.text, unknown.text);
    const link = toldLink(kith, 'password');
    const form = await browser.open(link);
    const done = await browser.submit(form, { password: chosen, again: chosen });
    assert.match(done.text, /is changed/);
    assert.equal((await browser.open(link)).status, 404);
    assert.equal((await kith.request('/v1.0/me', { token: before })).status, 401);
    assert.deepEqual((await signIn(kith, ben)).json.error_codes, [50126]);
    assert.equal((await signIn(kith, { ...ben, password: chosen })).status, 200);
  });

  test('administrators make others so, hand out links and give applications secrets', async () => {
    const url = `${kith.httpsOrigin}/_kith/administration`;
    const plain = new PlainBrowser();
    const refusal = await plain.submit(await plain.open(url), {
      username: ada.name,
      password: ada.password,
    });
    assert.equal(refusal.status, 303);
    assert.equal((await plain.open(url)).status, 403);
    const root = new PlainBrowser();
    await root.submit(await root.open(url), { username: 'root@contoso.example', password: chosen });
    const page = await root.open(url);
    const link = await root.submit(page, { kith_action: 'link', username: ada.name });
    assert.match(link.text, /_kith\/password\?token=[\w-]{43}/);
    const appointed = await root.submit(page, { kith_action: 'appoint', username: ada.name });
    assert.match(appointed.text, /administers the directory now/);
    assert.equal((await plain.open(url)).status, 200);
    await root.submit(page, { kith_action: 'dismiss', username: ada.name });
    assert.equal((await plain.open(url)).status, 403);
    const itself = await root.submit(page, {
      kith_action: 'dismiss',
      username: 'root@contoso.example',
    });
    assert.match(itself.text, /Somebody else has to do that/);
    const given = await root.submit(page, { kith_action: 'secret', application: daemon.id });
    const secret = /shown again: ([\w-]{43})/.exec(given.text)?.[1];
    for (const each of [secret, daemon.secret]) {
      const reply = await ask(kith, {
        grant_type: 'client_credentials',
        client_id: daemon.id,
        client_secret: String(each),
        scope: 'https://graph.microsoft.com/.default',
      });
      assert.equal(reply.status, 200, reply.text);
    }
    const stranger = await new PlainBrowser().submit(page, {
      kith_action: 'appoint',
      username: ada.name,
    });
    assert.match(stranger.text, /Please try again/);
  });

  test('never tells passwords or secrets', () => {
    for (const secret of [ada.password, chosen, daemon.secret, web.secret]) {
      assert.ok(!kith.log().includes(secret));
    }
  });
});

test('sessions, consents, codes and refresh tokens outlive the process', async () => {
  await using scratch = await makeScratchFolder();
  const first = await startContoso({ dataDir: scratch.path, flags: directory });
  const { port } = first.kith;
  const browser = new PlainBrowser();
  const scope = 'User.Read Contacts.Read offline_access';
  const url = authorizeUrl(first.kith, scope);
  const page = await browser.open(url);
  const consent = await browser.submit(page, { username: ada.name, password: ada.password });
  const code = codeOf(await browser.submit(consent, { kith_action: 'accept' }));
  await first[Symbol.asyncDispose]();
  await using second = await startContoso({
    dataDir: scratch.path,
    flags: [...directory, '--port', String(port)],
  });
  const client = { client_id: web.id, client_secret: web.secret, redirect_uri: web.redirect };
  const reply = await ask(second.kith, { ...client, grant_type: 'authorization_code', code });
  assert.equal(reply.status, 200, reply.text);
  codeOf(await browser.open(`${url}&prompt=none`));
});

describe('two processes of one PostgreSQL', () => {
  let database: TestDatabase;
  let one: RunningContoso;
  let two: RunningKith;
  before(async () => {
    database = await createDatabase();
    one = await startContoso({ store: database.url, flags: directory });
    two = await startKith({ store: database.url, flags: directory });
  });
  after(async () => {
    await two?.close();
    await one?.[Symbol.asyncDispose]();
    await database?.drop();
  });

  test('share keys, refresh tokens, and the end of a person', async () => {
    const first = await signIn(one.kith, ada, 'User.Read offline_access');
    const refresh = (kith: RunningKith) =>
      ask(kith, {
        grant_type: 'refresh_token',
        client_id: native.id,
        refresh_token: first.json.refresh_token,
        scope: 'User.Read',
      });
    const used = await refresh(two);
    assert.equal(used.status, 200, used.text);
    assert.equal((await refresh(one.kith)).json.error, 'invalid_grant');
    const token = used.json.access_token as string;
    // Each process is its own origin here, so only its own takes the token.
    assert.equal((await two.request('/v1.0/me', { token })).status, 200);
    const setUp = toldLink(two, 'setup').replace(/:\d+\//, `:${one.kith.port}/`);
    const browser = new PlainBrowser();
    const fields = { name: 'Root', username: 'root@contoso.example', password: chosen };
    await browser.submit(await browser.open(setUp), { ...fields, again: chosen });
    const ruler = { name: fields.username, password: chosen };
    const root = (await signIn(one.kith, ruler, 'User.ReadWrite.All')).json.access_token as string;
    const disabled = await one.kith.request(`/v1.0/users/${ada.id}`, {
      token: root,
      body: { accountEnabled: false },
    });
    assert.equal(disabled.status, 200, disabled.text);
    await sleep(1_100);
    assert.equal((await two.request('/v1.0/me', { token })).status, 401);
  });
});
