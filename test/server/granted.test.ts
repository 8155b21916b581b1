import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Reply, type RunningKith, startKith } from '../running-kith.ts';

const GRAPH = '00000003-0000-0000-c000-000000000000';
const ROLE = '7a9ddfc4-cc8a-48ea-8275-8ecbffffd5a0';
const NOBODY = '4562bcc8-c436-4f95-b7c0-4f8ce89dca5e';
const NO_ROLE = '00000000-0000-0000-0000-000000000000';

let kith: RunningKith;
let token: string;
let tenant: string;
/** Object ids: of Graph, of the survey application, of a person, and of a group of theirs. */
let ids: { graph: string; survey: string; mira: string; group: string };
let roleOfGraph: string;
let credentials: { client_id: string; client_secret: string };

before(async () => {
  kith = await startKith();
  token = await kith.token({ app: NOBODY });
  const graph = await send('GET', `servicePrincipals(appId='${GRAPH}')`);
  tenant = (await send('GET', 'organization')).json.value[0].id;
  const named = graph.json.appRoles.find(({ value }: Named) => value === 'User.Read.All');
  roleOfGraph = named.id;
  const appRoles = [
    { id: ROLE, value: 'Survey.Write', displayName: 'Write', isEnabled: true },
    { id: GRAPH, value: 'Survey.Old', displayName: 'Old', isEnabled: false },
  ];
  const made = await send('POST', 'applications', { displayName: 'Survey', appRoles });
  const { appId, id } = made.json;
  const secret = await send('POST', `applications/${id}/addPassword`, {});
  credentials = { client_id: appId, client_secret: secret.json.secretText };
  const survey = (await send('POST', 'servicePrincipals', { appId })).json.id;
  const mira = (await send('GET', 'users/mira@fernhollow.example')).json.id;
  const group = (await send('GET', `users/${mira}/memberOf/microsoft.graph.group`)).json.value[0]
    .id;
  ids = { graph: graph.json.id, survey, mira, group };
});
after(() => kith?.close());

interface Named {
  readonly value: string;
}

function send(method: string, path: string, body?: object): Promise<Reply> {
  return kith.request(`/v1.0/${path}`, { method, token, ...(body ? { body } : {}) });
}

async function claimsOf(more: Record<string, string>, kind = 'access_token') {
  const response = await fetch(`${kith.origin}/${tenant}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({ ...credentials, ...more }),
  });
  const answer = (await response.json()) as Record<string, string>;
  const [, claims = ''] = (answer[kind] ?? '').split('.');
  return JSON.parse(Buffer.from(claims, 'base64url').toString() || 'null');
}

const asItself = (scope = 'https://graph.microsoft.com/.default') =>
  claimsOf({ grant_type: 'client_credentials', scope });
const asMira = (scope: string, kind?: string) => {
  const username = 'mira@fernhollow.example';
  return claimsOf({ grant_type: 'password', username, password: 'any', scope }, kind);
};

test('a role of Graph that an application has is in its tokens until it is taken', async () => {
  assert.deepEqual((await asItself()).roles, []);
  const list = `servicePrincipals/${ids.survey}/appRoleAssignments`;
  const body = { principalId: ids.survey, resourceId: ids.graph, appRoleId: roleOfGraph };
  const made = await send('POST', list, body);
  assert.equal(made.status, 201, made.text);
  const { id, principalType, resourceDisplayName, createdDateTime } = made.json;
  assert.deepEqual([principalType, resourceDisplayName], ['ServicePrincipal', 'Microsoft Graph']);
  assert.ok(createdDateTime);
  assert.equal(made.headers.location, `${kith.origin}/v1.0/${list}/${id}`);
  assert.deepEqual((await asItself()).roles, ['User.Read.All']);
  const to = await send('GET', `servicePrincipals/${ids.graph}/appRoleAssignedTo`);
  assert.ok(to.json.value.some((each: { id: string }) => each.id === id));
  assert.equal((await send('GET', `${list}/${id}`)).json.appRoleId, roleOfGraph);
  assert.equal((await send('POST', list, body)).status, 400);
  assert.equal((await send('DELETE', `${list}/${id}`)).status, 204);
  assert.equal((await send('GET', `${list}/${id}`)).status, 404);
  assert.deepEqual((await asItself()).roles, []);
});

test('people have the roles that they or their groups are assigned', async () => {
  assert.equal((await asMira('openid', 'id_token')).roles, undefined);
  const assigned = `servicePrincipals/${ids.survey}/appRoleAssignedTo`;
  const body = { principalId: ids.group, resourceId: ids.survey, appRoleId: ROLE };
  const made = await send('POST', assigned, body);
  assert.equal(made.status, 201, made.text);
  assert.equal(made.json.principalType, 'Group');
  assert.deepEqual((await asMira('openid', 'id_token')).roles, ['Survey.Write']);
  const own = await asMira(`${credentials.client_id}/.default`);
  assert.deepEqual([own.aud, own.roles], [credentials.client_id, ['Survey.Write']]);
  const ofGroup = await send('GET', `groups/${ids.group}/appRoleAssignments?$select=appRoleId`);
  assert.equal(ofGroup.json.value[0].appRoleId, ROLE);
  await send('DELETE', `${assigned}/${made.json.id}`);
  const any = { principalId: ids.mira, resourceId: ids.survey, appRoleId: NO_ROLE };
  const plain = await send('POST', `users/${ids.mira}/appRoleAssignments`, any);
  assert.equal(plain.status, 201, plain.text);
  const mine = await kith.request('/v1.0/me/appRoleAssignments', { token: await kith.token() });
  assert.deepEqual(
    mine.json.value.map(({ id }: { id: string }) => id),
    [plain.json.id],
  );
  assert.equal((await asMira('openid', 'id_token')).roles, undefined);
  const other = `groups/${ids.group}/appRoleAssignments/${plain.json.id}`;
  assert.equal((await send('DELETE', other)).status, 404);
});

test('what is granted is expanded, for whoever may read it', async () => {
  const body = { principalId: ids.mira, resourceId: ids.survey, appRoleId: ROLE };
  const made = await send('POST', `users/${ids.mira}/appRoleAssignments`, body);
  const grant = { clientId: ids.survey, consentType: 'Principal', principalId: ids.mira };
  const granted = { ...grant, resourceId: ids.graph, scope: 'User.Read' };
  const scopes = await send('POST', 'oauth2PermissionGrants', granted);
  const expanded: readonly [string, string, string][] = [
    [`users/${ids.mira}`, 'appRoleAssignments', made.json.id],
    [`servicePrincipals/${ids.survey}`, 'appRoleAssignedTo', made.json.id],
    [`users/${ids.mira}`, 'oauth2PermissionGrants', scopes.json.id],
    [`servicePrincipals/${ids.survey}`, 'oauth2PermissionGrants', scopes.json.id],
  ];
  for (const [path, name, id] of expanded) {
    const { json, text } = await send('GET', `${path}?$expand=${name}($select=id)&$select=id`);
    const held = json[name]?.map((each: { id: string }) => each.id);
    assert.ok(held?.includes(id), `${path} ${name} ${text}`);
  }
  const none = await send('GET', `groups/${ids.group}?$expand=appRoleAssignments&$select=id`);
  assert.deepEqual(none.json.appRoleAssignments, []);
  const basic = await kith.token({ user: 'mira@fernhollow.example', scopes: ['User.Read.All'] });
  const all = '/v1.0/users?$expand=appRoleAssignments';
  assert.equal((await kith.request(all, { token: basic })).status, 403);
  await send('DELETE', `oauth2PermissionGrants/${scopes.json.id}`);
  await send('DELETE', `users/${ids.mira}/appRoleAssignments/${made.json.id}`);
});

test('scopes are granted to an application, changed and taken back', async () => {
  const body = {
    ...{ clientId: ids.survey, consentType: 'AllPrincipals', resourceId: ids.graph },
    scope: 'User.Read Contacts.Read',
  };
  const made = await send('POST', 'oauth2PermissionGrants', body);
  assert.equal(made.status, 201, made.text);
  assert.equal((await send('POST', 'oauth2PermissionGrants', body)).status, 400);
  const graph = 'https://graph.microsoft.com/.default';
  assert.equal((await asMira(graph)).scp, 'User.Read Contacts.Read');
  const one = `oauth2PermissionGrants/${made.json.id}`;
  assert.ok((await send('PATCH', one, { scope: 'User.Read' })).status < 300);
  assert.equal((await asMira(graph)).scp, 'User.Read');
  const list = `servicePrincipals/${ids.survey}/oauth2PermissionGrants`;
  assert.equal((await send('GET', list)).json.value[0].scope, 'User.Read');
  assert.equal((await send('DELETE', one)).status, 204);
  assert.equal((await asMira(graph)).scp, '');
});

test('what cannot be granted is refused', async () => {
  const assignments = `users/${ids.mira}/appRoleAssignments`;
  const right = { principalId: ids.mira, resourceId: ids.survey, appRoleId: ROLE };
  const grant = { clientId: ids.survey, resourceId: ids.graph, scope: 'User.Read' };
  const refused: readonly [string, object, number][] = [
    [assignments, { ...right, principalId: ids.group }, 400],
    [assignments, { ...right, resourceId: NOBODY }, 404],
    [assignments, { ...right, appRoleId: NOBODY }, 400],
    [assignments, { ...right, appRoleId: GRAPH }, 400],
    [assignments, { resourceId: ids.survey }, 400],
    [assignments, {}, 400],
    [`users/${NOBODY}/appRoleAssignments`, { ...right, principalId: NOBODY }, 404],
    ['appRoleAssignments', right, 405],
    ['oauth2PermissionGrants', grant, 400],
    ['oauth2PermissionGrants', { ...grant, consentType: 'Everybody' }, 400],
    ['oauth2PermissionGrants', { ...grant, consentType: 'Principal' }, 400],
    ['oauth2PermissionGrants', { ...grant, consentType: 'Principal', principalId: NOBODY }, 404],
    [
      'oauth2PermissionGrants',
      { ...grant, consentType: 'AllPrincipals', principalId: ids.mira },
      404,
    ],
  ];
  for (const [path, body, status] of refused) {
    const reply = await send('POST', path, body);
    assert.equal(reply.status, status, `${path} ${JSON.stringify(body)} ${reply.text}`);
  }
  const basic = await kith.token({ user: 'mira@fernhollow.example', scopes: ['User.Read'] });
  const asked = await kith.request('/v1.0/oauth2PermissionGrants', { token: basic });
  assert.equal(asked.status, 403);
});
