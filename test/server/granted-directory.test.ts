import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PlainBrowser } from '../clients/browser.ts';
import { type RunningContoso, startContoso } from '../clients/contoso.ts';
import { contoso } from '../clients/contoso-seed.ts';
import type { Reply } from '../running-kith.ts';

const { ada, native, tenant, web, workbench } = contoso;
const PASSWORDS = 'User-PasswordProfile.ReadWrite.All';
const chosen = 'Another-Quay-77';

let running: RunningContoso;
/** The token of an application that may grant what others ask for. */
let token: string;

before(async () => {
  running = await startContoso({ flags: ['--mode', 'directory'] });
  const { id: client_id, secret: client_secret } = workbench;
  const scope = 'https://graph.microsoft.com/.default';
  const asked = await ask({ grant_type: 'client_credentials', client_id, client_secret, scope });
  token = asked.json.access_token;
});
after(() => running?.[Symbol.asyncDispose]());

function ask(fields: Record<string, string>): Promise<Reply> {
  return running.kith.request(`/${tenant}/oauth2/v2.0/token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
}

function signIn(password: string, scope: string): Promise<Reply> {
  const username = ada.name;
  return ask({ grant_type: 'password', client_id: native.id, username, password, scope });
}

function send(method: string, path: string, body?: object): Promise<Reply> {
  return running.kith.request(`/v1.0/${path}`, { method, token, ...(body ? { body } : {}) });
}

test('what a person agrees to stands in the directory, until it is taken away', async () => {
  const query = new URLSearchParams({
    ...{ client_id: web.id, response_type: 'code', redirect_uri: web.redirect },
    scope: 'User.Read Contacts.Read',
  });
  const url = `${running.kith.httpsOrigin}/${tenant}/oauth2/v2.0/authorize?${query}`;
  const browser = new PlainBrowser();
  const page = await browser.open(url);
  const consent = await browser.submit(page, { username: ada.name, password: ada.password });
  await browser.submit(consent, { kith_action: 'accept' });
  const silently = async () => {
    const { location } = await browser.open(`${url}&prompt=none`);
    return new URL(location!).searchParams.get('error');
  };
  assert.equal(await silently(), null);
  const { json } = await send('GET', `users/${ada.id}/oauth2PermissionGrants`);
  const [{ id, scope, consentType }] = json.value;
  assert.deepEqual([scope, consentType], ['Contacts.Read', 'Principal']);
  assert.equal((await send('DELETE', `oauth2PermissionGrants/${id}`)).status, 204);
  assert.equal(await silently(), 'consent_required');
});

test('a person who does not administer changes their own password, and no other one', async () => {
  assert.equal((await signIn(ada.password, PASSWORDS)).status, 400, 'Nobody has granted it yet.');
  const client = `servicePrincipals(appId='${native.id}')`;
  const granted = (await send('GET', `${client}?$select=id`)).json.id;
  const [grant] = (await send('GET', `servicePrincipals/${granted}/oauth2PermissionGrants`)).json
    .value;
  const scope = `${grant.scope} ${PASSWORDS}`;
  const changed = await send('PATCH', `oauth2PermissionGrants/${grant.id}`, { scope });
  assert.ok(changed.status < 300, changed.text);
  const own = (await signIn(ada.password, PASSWORDS)).json.access_token;
  const change = (path: string, currentPassword: string) =>
    running.kith.request(`/v1.0/${path}/changePassword`, {
      ...{ method: 'POST', token: own },
      body: { currentPassword, newPassword: chosen },
    });
  assert.equal((await change('me', 'wrong')).status, 400);
  const body = { passwordProfile: { password: chosen } };
  const reset = await running.kith.request('/v1.0/me', { method: 'PATCH', token: own, body });
  assert.equal(reset.status, 403);
  assert.equal((await change(`users/${contoso.ben.id}`, contoso.ben.password)).status, 403);
  assert.equal((await change('me', ada.password)).status, 204);
  assert.equal((await signIn(chosen, 'User.Read')).status, 200);
  assert.equal((await signIn(ada.password, 'User.Read')).status, 400);
});
