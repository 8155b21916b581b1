import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Reply, type RunningKith, startKith } from '../running-kith.ts';
import { makeScratchFolder } from './scratch-folder.ts';

let kith: RunningKith;
let token: string;
before(async () => {
  kith = await startKith({ flags: ['--fidelity', 'graph'] });
  token = await kith.token({ app: 'desk', roles: ['User.Invite.All'] });
});
after(() => kith?.close());

const site = 'https://app.fabrikam.example/welcome';

function invite(address: string, more: object = {}, by = token): Promise<Reply> {
  const body = { invitedUserEmailAddress: address, inviteRedirectUrl: site, ...more };
  return kith.request('/v1.0/invitations', { method: 'POST', token: by, body });
}

async function guest(id: string) {
  const path = `/v1.0/users/${id}?$select=id,mail,userType,externalUserState,userPrincipalName`;
  return (await kith.request(path, { token: await kith.token() })).json;
}

/** Follows a link with the page's cookie, and sends its form with what is filled in. */
async function accept(
  url: string,
  filled: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const page = await fetch(url);
  const text = await page.text();
  assert.equal(page.status, 200, text);
  const fields = [...text.matchAll(/name="([^"]+)" value="([^"]*)"/g)];
  const form = new URLSearchParams(
    fields.map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')]),
  );
  for (const [name, value] of Object.entries(filled)) form.set(name, value);
  const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? '';
  const target = new URL('/redeem', url);
  const headers = { cookie };
  return fetch(target, { method: 'POST', body: form, headers, redirect: 'manual' });
}

test('somebody from elsewhere is invited, is a guest, and accepts', async () => {
  const message = { customizedMessageBody: 'Hello', messageLanguage: 'en', ccRecipients: [] };
  const made = await invite('ola@fabrikam.example', { invitedUserMessageInfo: message });
  assert.equal(made.status, 201, made.text);
  const { status, invitedUser, invitedUserType, inviteRedeemUrl } = made.json;
  assert.deepEqual([status, invitedUserType], ['PendingAcceptance', 'Guest']);
  assert.deepEqual(made.json.invitedUserMessageInfo, message);
  assert.match(made.json['@odata.context'], /\$metadata#invitations\/\$entity$/);
  assert.deepEqual(await guest(invitedUser.id), {
    ...{ '@odata.context': (await guest(invitedUser.id))['@odata.context'], id: invitedUser.id },
    ...{ mail: 'ola@fabrikam.example', userType: 'Guest', externalUserState: 'PendingAcceptance' },
    userPrincipalName: 'ola_fabrikam.example#EXT#@fernhollow.example',
  });
  const done = await accept(inviteRedeemUrl);
  assert.deepEqual([done.status, done.headers.get('location')], [303, site]);
  assert.equal((await guest(invitedUser.id)).externalUserState, 'Accepted');
  const again = await invite('OLA@fabrikam.example');
  assert.deepEqual([again.json.invitedUser.id, again.json.status], [invitedUser.id, 'Completed']);
});

test('a guest accepts once more where somebody asks who may change people', async () => {
  const { invitedUser, inviteRedeemUrl } = (await invite('pia@fabrikam.example')).json;
  await accept(inviteRedeemUrl);
  const reset = { resetRedemption: true, invitedUser: { id: invitedUser.id } };
  assert.equal((await invite('pia@fabrikam.example', reset)).status, 403);
  const roles = ['User.Invite.All', 'User.ReadWrite.All'];
  const administrator = await kith.token({ app: 'desk', roles });
  const asked = await invite('pia@fabrikam.example', reset, administrator);
  assert.equal(asked.json.status, 'PendingAcceptance', asked.text);
  assert.equal((await guest(invitedUser.id)).externalUserState, 'PendingAcceptance');
});

test('whoever belongs to the directory, and what is no address, is not invited', async () => {
  const refused: readonly [string, object, RegExp][] = [
    ['mira@fernhollow.example', {}, /^Invitee is in inviter tenant$/],
    ['nobody', {}, /email address/],
    ['two@one.example@three.example', {}, /email address/],
    ['rex@fabrikam.example', { inviteRedirectUrl: 'javascript:alert(1)' }, /redirect URL/],
    ['rex@fabrikam.example', { inviteRedirectUrl: '' }, /redirect URL/],
    ['rex@fabrikam.example', { invitedUserType: 'King' }, /invitedUserType/],
    ['rex@fabrikam.example', { mood: 'calm' }, /mood/],
  ];
  for (const [address, more, message] of refused) {
    const reply = await invite(address, more);
    assert.equal(reply.status, 400, reply.text);
    assert.match(reply.json.error.message, message);
  }
  const basic = await kith.token({ user: 'mira@fernhollow.example', scopes: ['User.Read'] });
  assert.equal((await invite('rex@fabrikam.example', {}, basic)).status, 403);
  assert.equal((await kith.request('/v1.0/invitations', { token })).status, 501);
});

test('an invitation that nobody has signed leads nowhere', async () => {
  const { inviteRedeemUrl } = (await invite('sam@fabrikam.example')).json;
  for (const name of ['rd', 'user', 'until', 'ticket', 'tenant']) {
    const url = new URL(inviteRedeemUrl);
    url.searchParams.set(name, `${url.searchParams.get(name)}1`);
    assert.equal((await fetch(url)).status, 404, name);
  }
  const foreign = await fetch(new URL('/redeem', inviteRedeemUrl), {
    method: 'POST',
    body: new URL(inviteRedeemUrl).searchParams,
  });
  assert.equal(foreign.status, 200);
  assert.match(await foreign.text(), /Please try again/);
});

const HARBOUR = '4562bcc8-c436-4f95-b7c0-4f8ce89dca5e';
const desk = { id: 'dddddddd-0000-4000-8000-00000000000d', secret: 'a secret of the desk' };
const harbour = [
  { tenant: { id: HARBOUR, displayName: 'Harbour', domains: ['harbour.example'] } },
  {
    ...{ '@set': 'applications', appId: desk.id, displayName: 'Desk' },
    passwordCredentials: [{ secretText: desk.secret }],
    appRolesGranted: ['User.Invite.All', 'User.ReadWrite.All'],
  },
];

async function signIn({ origin }: RunningKith): Promise<string> {
  const body = new URLSearchParams({
    ...{ grant_type: 'client_credentials', scope: 'https://graph.microsoft.com/.default' },
    ...{ client_id: desk.id, client_secret: desk.secret },
  });
  const response = await fetch(`${origin}/harbour.example/oauth2/v2.0/token`, {
    method: 'POST',
    body,
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

test('in a directory a guest chooses a password once, and keeps it', async () => {
  await using scratch = await makeScratchFolder();
  const seed = join(scratch.path, 'harbour.jsonl');
  await writeFile(seed, harbour.map((line) => JSON.stringify(line)).join('\n'));
  await using directory = await startKith({ flags: ['--mode', 'directory', '--seed', seed] });
  const own = await signIn(directory);
  const ask = async (more: object = {}) => {
    const body = { invitedUserEmailAddress: 'ola@fabrikam.example', inviteRedirectUrl: site };
    const options = { method: 'POST', token: own, body: { ...body, ...more } };
    const { json, text } = await directory.request('/v1.0/invitations', options);
    assert.ok(json.inviteRedeemUrl, text);
    return json;
  };
  const { inviteRedeemUrl } = await ask();
  assert.match(await (await accept(inviteRedeemUrl)).text(), /at least 10 characters/);
  const chosen = { password: 'a long new word', again: 'a long new word' };
  assert.equal((await accept(inviteRedeemUrl, chosen)).status, 303);
  const again = await ask({ resetRedemption: true });
  assert.doesNotMatch(await (await fetch(again.inviteRedeemUrl)).text(), /name="again"/);
});
