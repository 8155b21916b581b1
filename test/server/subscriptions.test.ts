import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { guardedPost } from '#server/notifications/guarded-post.ts';
import { type RunningKith, startKith } from '../running-kith.ts';
import { confirm, openWebhook, type Webhook } from './webhook.ts';

const ALL = ['User.ReadWrite.All', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'];
const HOUR = 3_600_000;

let kith: RunningKith;
let app: string;
let mira: string;
let webhook: Webhook;

before(async () => {
  [kith, webhook] = await Promise.all([startKith(), openWebhook()]);
  app = await kith.token({ app: '11111111-2222-4333-8444-555555555555', roles: ALL });
  mira = await kith.token();
});
after(async () => {
  await kith.close();
  await webhook[Symbol.asyncDispose]();
});

function soon(milliseconds = HOUR): string {
  return new Date(Date.now() + milliseconds).toISOString();
}

function post(body: object, token = app) {
  return kith.request('/v1.0/subscriptions', { method: 'POST', body, token });
}

function subscription(resource: string, more: object = {}): object {
  return {
    changeType: 'created,updated,deleted',
    notificationUrl: webhook.url,
    resource,
    expirationDateTime: soon(),
    clientState: 'secret',
    ...more,
  };
}

async function subscribe(resource: string, more: object = {}, token = app) {
  const reply = await post(subscription(resource, more), token);
  assert.equal(reply.status, 201, reply.text);
  return reply.json;
}

async function write(path: string, method: string, body?: object, token = app) {
  const reply = await kith.request(`/v1.0/${path}`, { method, body, token });
  assert.ok(reply.status < 300, reply.text);
  return reply.json;
}

async function idOf(name: string): Promise<string> {
  return (await kith.request(`/v1.0/users/${name}@fernhollow.example`, { token: app })).json.id;
}

async function remove({ id }: { id: string }, token = app): Promise<void> {
  await write(`subscriptions/${id}`, 'DELETE', undefined, token);
}

test('a subscription is made, shown, listed, renewed and deleted by its application', async () => {
  const made = await subscribe('users');
  assert.deepEqual(
    [made.applicationId, made.resource, made.clientState, made.changeType],
    ['11111111-2222-4333-8444-555555555555', 'users', 'secret', 'created,updated,deleted'],
  );
  const path = `/v1.0/subscriptions/${made.id}`;
  assert.equal((await kith.request(path, { token: app })).json.id, made.id);
  const listed = await kith.request('/v1.0/subscriptions', { token: app });
  assert.deepEqual(
    listed.json.value.map(({ id }: { id: string }) => id),
    [made.id],
  );
  const expirationDateTime = soon(2 * HOUR);
  const renewed = await kith.request(path, { body: { expirationDateTime }, token: app });
  assert.deepEqual([renewed.status, renewed.json.expirationDateTime], [200, expirationDateTime]);
  for (const method of ['GET', 'PATCH', 'DELETE'] as const) {
    const body = method === 'PATCH' ? { expirationDateTime } : undefined;
    assert.equal((await kith.request(path, { method, body, token: mira })).status, 404, method);
  }
  assert.deepEqual((await kith.request('/v1.0/subscriptions', { token: mira })).json.value, []);
  await remove(made);
  assert.equal((await kith.request(path, { token: app })).status, 404);
});

test('what happens to people is told in order, with the fields of Graph', async () => {
  const made = await subscribe('users');
  const start = webhook.told.length;
  const id = await idOf('lukasz');
  await write(`users/${id}`, 'PATCH', { jobTitle: 'Told' });
  const [first] = (await webhook.until(start + 1)).slice(start);
  const tenantId = first.tenantId;
  assert.match(tenantId, /^[0-9a-f-]{36}$/);
  assert.deepEqual(first, {
    subscriptionId: made.id,
    subscriptionExpirationDateTime: made.expirationDateTime,
    clientState: 'secret',
    changeType: 'updated',
    resource: `Users/${id}`,
    tenantId,
    resourceData: { '@odata.type': '#Microsoft.Graph.User', '@odata.id': `Users/${id}`, id },
  });
  const user = await write('users', 'POST', {
    accountEnabled: true,
    displayName: 'New',
    mailNickname: 'newly',
    userPrincipalName: 'newly@fernhollow.example',
    passwordProfile: { password: 'Correct horse 7' },
  });
  await webhook.until(start + 2);
  await write(`users/${user.id}`, 'DELETE');
  const all = (await webhook.until(start + 3)).slice(start);
  const kinds = all.map(({ changeType, resourceData }) => [changeType, resourceData.id]);
  const gone = await kith.request(`/v1.0/directory/deletedItems/${user.id}`, { token: app });
  assert.deepEqual(kinds.slice(1), [
    ['created', user.id],
    [gone.status === 200 ? 'updated' : 'deleted', user.id],
  ]);
  await remove(made);
});

test('one person, the members of a group, contacts and photos are told of', async () => {
  const [lukasz, other] = [await idOf('lukasz'), await idOf('elif')];
  const group = (await kith.request('/v1.0/groups?$top=1', { token: app })).json.value[0].id;
  const start = webhook.told.length;
  const made = [
    await subscribe(`/users/${lukasz}`),
    await subscribe(`groups/${group}/members`),
    await subscribe('users?$select=photo', { changeType: 'updated', clientState: null }),
  ];
  const own = await subscribe('me/contacts', {}, mira);
  await write(`users/${other}`, 'PATCH', { jobTitle: 'Not told' });
  await write(`users/${lukasz}`, 'PATCH', { jobTitle: 'Told again' });
  await webhook.until(start + 1);
  const members = await kith.request(`/v1.0/groups/${group}/members`, { token: app });
  const leaver: string = members.json.value[0].id;
  await write(`groups/${group}/members/${leaver}/$ref`, 'DELETE');
  await webhook.until(start + 2);
  const contact = await write('me/contacts', 'POST', { displayName: 'Una' }, mira);
  await webhook.until(start + 3);
  await write('me/photo', 'PATCH', { height: 120, width: 120 }, mira);
  const all = (await webhook.until(start + 4)).slice(start);
  const me = await idOf('mira');
  const told = all.map(({ changeType, resource, resourceData }) => [
    changeType,
    resource,
    resourceData['@odata.type'],
  ]);
  assert.deepEqual(told, [
    ['updated', `Users/${lukasz}`, '#Microsoft.Graph.User'],
    ['updated', `Groups/${group}`, '#Microsoft.Graph.Group'],
    ['created', `Users/${me}/Contacts/${contact.id}`, '#Microsoft.Graph.Contact'],
    ['updated', `Users/${me}/Photo`, '#Microsoft.Graph.ProfilePhoto'],
  ]);
  assert.deepEqual(all[1].resourceData['members@delta'], [{ id: leaver, '@removed': 'deleted' }]);
  for (const each of made) await remove(each);
  await remove(own, mira);
});

test('what an endpoint does not take is sent again, together and once', async () => {
  const made = await subscribe('users', { changeType: 'updated' });
  const [start, posts] = [webhook.told.length, webhook.sizes.length];
  const ids = [await idOf('lukasz'), await idOf('elif'), await idOf('juergen')];
  webhook.fail(503);
  for (const id of ids) await write(`users/${id}`, 'PATCH', { jobTitle: 'While it fails' });
  await new Promise((resolve) => setTimeout(resolve, 600));
  webhook.fail(undefined);
  const all = (await webhook.until(start + ids.length)).slice(start);
  assert.deepEqual(
    all.map(({ resourceData }) => resourceData.id),
    ids,
  );
  assert.ok(webhook.sizes.length - posts < ids.length + 1);
  await remove(made);
});

test('a subscription survives a restart, and misses nothing meanwhile', async () => {
  const { dataDir } = kith;
  await using listener = await openWebhook();
  const first = await startKith({ dataDir: `${dataDir}/again` });
  const roles = ALL;
  const token = await first.token({ app: '11111111-2222-4333-8444-555555555555', roles });
  const body = subscription('users', { notificationUrl: listener.url });
  const options = { method: 'POST', body, token };
  assert.equal((await first.request('/v1.0/subscriptions', options)).status, 201);
  const person = await first.request('/v1.0/users/lukasz@fernhollow.example', { token });
  const path = `/v1.0/users/${person.json.id}`;
  await first.request(path, { body: { jobTitle: 'One' }, token });
  await listener.until(1);
  listener.fail(500);
  await first.request(path, { body: { jobTitle: 'Two' }, token });
  await first.kill();
  listener.fail(undefined);
  await using _second = await startKith({ dataDir: `${dataDir}/again` });
  const told = await listener.until(2);
  assert.deepEqual(
    told.map(({ resource }) => resource),
    [`Users/${person.json.id}`, `Users/${person.json.id}`],
  );
});

test('when a subscription ends with the one who made it, that is told', async () => {
  await using lifecycle = await openWebhook();
  const anna = await write('users', 'POST', {
    accountEnabled: true,
    displayName: 'Anna',
    mailNickname: 'leaver',
    userPrincipalName: 'leaver@fernhollow.example',
    passwordProfile: { password: 'Correct horse 7' },
  });
  const token = await kith.token({ user: 'leaver@fernhollow.example' });
  const more = { lifecycleNotificationUrl: lifecycle.url };
  const made = await subscribe('me/contacts', more, token);
  await write(`users/${anna.id}`, 'DELETE');
  const [told] = await lifecycle.until(1);
  assert.deepEqual(
    [told.subscriptionId, told.lifecycleEvent, told.clientState],
    [made.id, 'subscriptionRemoved', 'secret'],
  );
});

test('what is no subscription is refused with what is wrong about it', async () => {
  const far = soon(30 * 24 * HOUR);
  const refused: readonly (readonly [object, string, number?])[] = [
    [{ changeType: 'moved' }, 'changeType'],
    [{ changeType: undefined }, 'changeType'],
    [{ notificationUrl: undefined }, 'notificationUrl'],
    [{ notificationUrl: 'file:///etc/passwd' }, 'notificationUrl'],
    [{ notificationUrl: 'ftp://localhost/x' }, 'notificationUrl'],
    [{ notificationUrl: 'unix:/run/x.sock' }, 'notificationUrl'],
    [{ notificationUrl: 'http://unix:/run/x.sock:/y' }, 'notificationUrl'],
    [{ notificationUrl: '/told' }, 'notificationUrl'],
    [{ notificationUrl: 'http://me:secret@localhost:1/' }, 'notificationUrl'],
    [{ notificationUrl: 'http://0.0.0.0:1/' }, 'notificationUrl'],
    [{ notificationUrl: 'http://169.254.169.254/latest' }, 'notificationUrl'],
    [{ notificationUrl: 'http://2852039166/latest' }, 'notificationUrl'],
    [{ notificationUrl: 'http://[fe80::1]/' }, 'notificationUrl'],
    [{ notificationUrl: 'http://localhost:1/' }, 'notificationUrl'],
    [{ notificationUrl: 'http://does-not-exist.invalid/' }, 'notificationUrl'],
    [{ notificationUrl: `http://localhost/${'x'.repeat(3000)}` }, 'notificationUrl'],
    [{ lifecycleNotificationUrl: 'http://localhost:1/' }, 'lifecycleNotificationUrl'],
    [{ resource: 'chats/1/messages' }, 'resource'],
    [{ resource: 'users?$filter=true' }, 'resource'],
    [{ resource: 'users/delta' }, 'resource'],
    [{ resource: '/'.repeat(1000) }, 'resource'],
    [{ resource: 'applications' }, 'resource'],
    [{ resource: 'users/00000000-0000-0000-0000-000000000009' }, '', 404],
    [{ expirationDateTime: undefined }, 'expirationDateTime'],
    [{ expirationDateTime: far }, 'expirationDateTime'],
    [{ expirationDateTime: '2001-01-01T00:00:00Z' }, 'expirationDateTime'],
    [{ expirationDateTime: 'soon' }, 'expirationDateTime'],
    [{ clientState: 'x'.repeat(129) }, 'clientState'],
    [{ includeResourceData: true }, 'encryptionCertificate'],
    [{ unknown: 1 }, 'unknown'],
  ];
  for (const [more, target, status = 400] of refused) {
    const reply = await post(subscription('users', more));
    assert.equal(reply.status, status, `${JSON.stringify(more).slice(0, 99)} ${reply.text}`);
    if (target !== '') assert.equal(reply.json.error.target, target, reply.text);
  }
  const basic = await kith.token({ user: 'mira@fernhollow.example', scopes: ['User.Read'] });
  assert.equal((await post(subscription('users'), basic)).status, 403);
  assert.equal((await post(subscription('groups'), basic)).status, 403);
});

test('an endpoint that does not confirm as it should makes no subscription', async () => {
  const wrong: readonly Parameters<typeof openWebhook>[0][] = [
    (_, response) => response.writeHead(200, { 'Content-Type': 'text/plain' }).end('other'),
    (_, response, token) => response.writeHead(200, { 'Content-Type': 'text/html' }).end(token),
    (_, response, token) => response.writeHead(202, { 'Content-Type': 'text/plain' }).end(token),
    (_, response) => response.writeHead(302, { Location: webhook.url }).end(),
    (request) => request.socket.destroy(),
    (_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/plain' });
      const more = (error?: Error | null) => {
        if (!error) response.write('x'.repeat(65_536), more);
      };
      more();
    },
  ];
  for (const [index, answer] of wrong.entries()) {
    await using endpoint = await openWebhook(answer);
    const reply = await post(subscription('users', { notificationUrl: endpoint.url }));
    assert.equal(reply.status, 400, `${index}: ${reply.text}`);
    assert.equal(reply.json.error.code, 'InvalidRequest');
  }
  const { json } = await kith.request('/v1.0/subscriptions', { token: app });
  assert.deepEqual(json.value, []);
});

test('a directory sends to nobody in its own network, whatever names it', async () => {
  const hits: string[] = [];
  const inside = createServer((request, response) => {
    hits.push(request.url!);
    confirm(
      request,
      response,
      new URL(request.url!, 'http://x').searchParams.get('validationToken'),
    );
  });
  await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve));
  const { port } = inside.address() as { port: number };
  for (const host of ['localhost', '127.0.0.1', '2130706433', '0x7f.1', '[::ffff:7f00:1]']) {
    const url = new URL(`http://${host}:${port}/inside`);
    const sent = guardedPost({ url, contentType: 'text/plain', body: '', reach: 'public' });
    await assert.rejects(sent, /is not one that notifications are sent to/, host);
  }
  inside.close();
  assert.deepEqual(hits, []);
});
