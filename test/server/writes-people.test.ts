import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertError } from '../contract/expectations.ts';
import { type Reply, type RequestOptions, type RunningKith, startKith } from '../running-kith.ts';

let kith: RunningKith;
let token: string;
let miraId: string;
before(async () => {
  kith = await startKith();
  token = await kith.token();
  miraId = (await kith.request('/v1.0/me', { token })).json.id;
});
after(() => kith?.close());

function send(path: string, options: RequestOptions = {}): Promise<Reply> {
  const method = options.body === undefined ? 'GET' : 'POST';
  return kith.request(`/v1.0/${path}`, { method, token, ...options });
}

let count = 0;
function newUser(more: object = {}) {
  count += 1;
  return {
    accountEnabled: true,
    displayName: 'New Person',
    mailNickname: `new${count}`,
    userPrincipalName: `new${count}@fernhollow.example`,
    passwordProfile: { password: 'Lantern-Quay-14' },
    ...more,
  };
}

describe('a new user', () => {
  test('has an id and what Graph requires, and no password in any answer', async () => {
    const made = await send('users', { body: newUser() });
    assert.equal(made.status, 201, made.text);
    const { id, displayName } = made.json;
    assert.equal(displayName, 'New Person');
    assert.match(id, /^[\da-f-]{36}$/);
    assert.equal(made.headers.location, `${kith.origin}/v1.0/users('${id}')`);
    assert.doesNotMatch(made.text, /Lantern-Quay/);
    const found = await send(`users/new${count}@fernhollow.example?$select=passwordProfile,id`);
    assert.equal(found.json.id, id);
    assert.doesNotMatch(found.text, /Lantern-Quay/);
  });

  test('is refused without what is required, or with an id or a name that is taken', async () => {
    const { displayName, passwordProfile, ...rest } = newUser();
    const incomplete = await send('users', { body: rest });
    assertError(incomplete, 400, 'Request_BadRequest');
    const { details } = incomplete.json.error;
    const targets = details.map((each: { target: string }) => each.target);
    assert.deepEqual(targets, ['displayName', 'passwordProfile/password']);
    const userPrincipalName = 'MIRA@fernhollow.example';
    assertError(await send('users', { body: newUser({ userPrincipalName }) }), 400);
    assertError(await send('users', { body: newUser({ id: crypto.randomUUID() }) }), 400);
  });

  test('is deleted again, with the relations', async () => {
    const bind = { 'manager@odata.bind': `${kith.origin}/v1.0/users/${miraId}` };
    const { id } = (await send('users', { body: newUser(bind) })).json;
    assert.equal((await send(`users/${id}/manager`)).json.id, miraId);
    assert.equal((await send(`users/${id}`, { method: 'DELETE' })).status, 204);
    assertError(await send(`users/${id}`), 404);
    const { value } = (await send('me/directReports?$top=999')).json;
    assert.ok(!value.some((each: { id: string }) => each.id === id));
  });

  test('wants permissions, of an application too', async () => {
    const user = 'mira@fernhollow.example';
    for (const scopes of [['User.Read'], ['User.ReadWrite'], ['Group.ReadWrite.All']]) {
      const weak = await kith.token({ user, scopes });
      assertError(await send('users', { token: weak, body: newUser() }), 403);
      assertError(await send(`users/${miraId}`, { token: weak, method: 'DELETE' }), 403);
    }
    assert.equal((await send('me')).status, 200);
  });
});

describe('references of people', () => {
  const graph = 'https://graph.microsoft.com/v1.0';

  test('give a manager and take it away', async () => {
    const { id } = (await send('users', { body: newUser() })).json;
    const path = `users/${id}/manager/$ref`;
    const body = { '@odata.id': `${graph}/users/${miraId}` };
    assert.equal((await send(path, { method: 'PUT', body })).status, 204);
    assert.equal((await send(`users/${id}/manager`)).json.id, miraId);
    assert.equal((await send(path, { method: 'DELETE' })).status, 204);
    assertError(await send(path, { method: 'DELETE' }), 404);
    assertError(await send(path, { method: 'POST', body }), 405);
  });

  test('add members to a group, whatever set names them, and remove them', async () => {
    const group = {
      displayName: 'Lanterns',
      mailEnabled: false,
      mailNickname: 'lanterns',
      securityEnabled: true,
    };
    assertError(await send('groups', { body: { displayName: 'x' } }), 400);
    const made = await send('groups', {
      body: { ...group, 'owners@odata.bind': [`${graph}/users/${miraId}`] },
    });
    assert.equal(made.status, 201, made.text);
    const at = `groups/${made.json.id}`;
    assert.equal((await send(`${at}/owners`)).json.value[0].id, miraId);
    const { id } = (await send('users', { body: newUser() })).json;
    const body = { '@odata.id': `${graph}/directoryObjects/${id}` };
    assert.equal((await send(`${at}/members/$ref`, { body })).status, 204);
    assert.equal((await send(`${at}/members`)).json.value[0].id, id);
    assert.equal((await send(`${at}/members/${id}/$ref`, { method: 'DELETE' })).status, 204);
    assertError(await send(`${at}/members/${id}/$ref`, { method: 'DELETE' }), 404);
    const unknown = { '@odata.id': `${graph}/directoryObjects/${crypto.randomUUID()}` };
    assertError(await send(`${at}/members/$ref`, { body: unknown }), 404);
    const bind = { 'members@odata.bind': [`${graph}/directoryObjects/${id}`] };
    assert.equal((await send(at, { method: 'PATCH', body: bind })).status, 200);
    assert.equal((await send(`${at}/members`)).json.value.length, 1);
    const patched = await send(at, { method: 'PATCH', body: { description: 'lit' } });
    assert.equal(patched.json.description, 'lit');
    const weak = await kith.token({ user: 'mira@fernhollow.example', scopes: ['Group.Read.All'] });
    assertError(await send(`${at}/members/$ref`, { token: weak, body }), 403);
    assertError(await send(at, { token: weak, method: 'PATCH', body: bind }), 403);
    assert.equal((await send(at, { method: 'DELETE' })).status, 204);
    assertError(await send(at), 404);
  });
});

test('contacts are made, changed and deleted by their owner', async () => {
  const made = await send('me/contacts', { body: { givenName: 'Ada', emailAddresses: [] } });
  assert.equal(made.status, 201, made.text);
  const at = `me/contacts/${made.json.id}`;
  assert.match(made.headers.location ?? '', /\/users\('[\da-f-]+'\)\/contacts\('[\da-f-]+'\)$/);
  assert.equal((await send(at, { method: 'PATCH', body: { surname: 'L' } })).json.surname, 'L');
  assert.equal((await send(`users/${miraId}/contacts/${made.json.id}`)).json.givenName, 'Ada');
  const { value } = (await send('users?$top=5&$select=id')).json;
  const other = value.find(({ id }: { id: string }) => id !== miraId).id;
  assertError(await send(`users/${other}/contacts`, { body: { givenName: 'x' } }), 403);
  assert.equal((await send(at, { method: 'DELETE' })).status, 204);
  assertError(await send(at), 404);
});

test('one property of a person is written by whoever may write the person', async () => {
  const put = { method: 'PUT', body: { value: 'Chief' } };
  assert.equal((await send('me/jobTitle', put)).status, 204);
  assert.equal((await send('me/jobTitle')).json.value, 'Chief');
  assert.equal((await send('me/jobTitle', { method: 'DELETE' })).status, 204);
  assert.equal((await send('me/jobTitle')).status, 204);
  const weak = await kith.token({ user: 'mira@fernhollow.example', scopes: ['User.Read'] });
  assertError(await send('me/jobTitle', { ...put, token: weak }), 403);
});

test('what Graph does not make is not made', async () => {
  const missing = crypto.randomUUID();
  assertError(await send(`users/${missing}`, { method: 'PATCH', body: { jobTitle: 'x' } }), 404);
  assertError(await send(`users/${missing}`, { method: 'PUT', body: newUser() }), 405);
  assertError(await send('me', { method: 'PATCH', body: { manager: {} } }), 501);
});
