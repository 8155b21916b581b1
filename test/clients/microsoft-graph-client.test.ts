import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { UsernamePasswordCredential } from '@azure/identity';
import {
  BatchRequestContent,
  BatchResponseContent,
  Client,
  type GraphError,
  PageIterator,
  ResponseType,
} from '@microsoft/microsoft-graph-client';
import type { User } from '@microsoft/microsoft-graph-types';
import { type RunningContoso, startContoso } from './contoso.ts';
import { contoso } from './contoso-seed.ts';

const { ada, ben, tenant, workbench } = contoso;
/** The smallest PNG there is: one point. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let running: RunningContoso;
let graph: Client;
before(async () => {
  running = await startContoso();
  graph = clientFor('localhost');
});
after(() => running?.[Symbol.asyncDispose]());

function clientFor(host: string): Client {
  const { httpsOrigin: baseUrl } = running.kith;
  const options = { authorityHost: baseUrl, disableInstanceDiscovery: true };
  const { id } = workbench;
  const credential = new UsernamePasswordCredential(tenant, id, ada.name, ada.password, options);
  const scopes = ['User.ReadWrite.All', 'Group.ReadWrite.All', 'ProfilePhoto.ReadWrite.All'];
  const getAccessToken = async () => (await credential.getToken(scopes)).token;
  const customHosts = new Set([host]);
  return Client.initWithMiddleware({ baseUrl, customHosts, authProvider: { getAccessToken } });
}

test('a host that the client does not know gets no token, and says what is missing', async () => {
  await assert.rejects(clientFor('elsewhere').api('/me').get(), (error: GraphError) => {
    assert.equal(error.statusCode, 401);
    assert.equal(error.code, 'InvalidAuthenticationToken');
    assert.match(error.headers!.get('www-authenticate')!, /^Bearer /);
    return true;
  });
});

test('options of lists, unencoded as the client sends them', async () => {
  const list = await graph
    .api('/users')
    .header('ConsistencyLevel', 'eventual')
    .filter("startswith(displayName,'A') or mail eq 'ben@contoso.example'")
    .orderby('displayName desc')
    .select(['id', 'displayName'])
    .count(true)
    .top(5)
    .get();
  assert.equal(list['@odata.count'], 2);
  assert.deepEqual(namesOf(list.value), ['Ben Lister', 'Ada Lovelace']);
  const found = await graph
    .api('/users')
    .header('ConsistencyLevel', 'eventual')
    .search('"displayName:dora"')
    .get();
  assert.deepEqual(namesOf(found.value), ['Dora Gone']);
  const expanded = await graph.api(`/users/${ben.id}`).expand('manager($select=displayName)').get();
  assert.equal(expanded.manager.displayName, 'Ada Lovelace');
});

test('a count is a text', async () => {
  const counting = graph.api('/users/$count').header('ConsistencyLevel', 'eventual');
  assert.equal(await counting.responseType(ResponseType.TEXT).get(), '3');
});

test('pages are followed by their links, and by $skipToken', async () => {
  const first = await graph.api('/users').top(2).select('displayName').get();
  const names: unknown[] = [];
  const iterator = new PageIterator(graph, first, (user: User) => {
    names.push(user.displayName);
    return true;
  });
  await iterator.iterate();
  assert.deepEqual(names, ['Ada Lovelace', 'Ben Lister', 'Dora Gone']);
  const token = new URL(first['@odata.nextLink']).searchParams.get('$skiptoken')!;
  const next = await graph.api('/users').top(2).select('displayName').skipToken(token).get();
  assert.deepEqual(namesOf(next.value), ['Dora Gone']);
});

test('changes are told from one delta link to the next', async () => {
  const first = await graph.api('/users/delta').select('displayName').get();
  const before = new PageIterator(graph, first, () => true);
  await before.iterate();
  await graph.api(`/users/${ben.id}`).patch({ displayName: 'Benjamin Lister' });
  const changes = await graph.api(before.getDeltaLink()!).get();
  assert.deepEqual(namesOf(changes.value), ['Benjamin Lister']);
  await graph.api(`/users/${ben.id}`).patch({ displayName: 'Ben Lister' });
});

test('a change is answered with nothing, and a deletion too', async () => {
  assert.ok((await graph.api('/me').patch({ officeLocation: '1/2' })) !== null);
  const made = await graph.api('/groups').post({
    displayName: 'Temporary',
    mailEnabled: false,
    mailNickname: 'temporary',
    securityEnabled: true,
  });
  const url = `${running.kith.httpsOrigin}/v1.0/directoryObjects/${ben.id}`;
  await graph.api(`/groups/${made.id}/members/$ref`).post({ '@odata.id': url });
  const { value } = await graph.api(`/groups/${made.id}/members`).get();
  assert.deepEqual(namesOf(value), ['Ben Lister']);
  await graph.api(`/groups/${made.id}/members/${ben.id}/$ref`).delete();
  await graph.api(`/groups/${made.id}`).delete();
});

test('a photo is sent as JSON in name, and as a stream, and is read as an image', async () => {
  await graph.api('/me/photo/$value').put(png);
  const blob = await graph.api('/me/photo/$value').get();
  assert.ok(blob instanceof Blob);
  assert.match(blob.type, /^image\//);
  const photo = await graph.api('/me/photo').get();
  assert.match(photo['@odata.mediaContentType'], /^image\//);
  const photoOfBen = graph.api(`/users/${ben.id}/photo/$value`);
  await photoOfBen.option('duplex', 'half').putStream(new Blob([png]).stream());
  const bytes = await graph
    .api(`/users/${ben.id}/photo/$value`)
    .responseType(ResponseType.ARRAYBUFFER)
    .get();
  assert.ok(bytes.byteLength > 0);
});

test('a batch answers each of its requests, bodies and images included', async () => {
  const request = (path: string, init?: RequestInit) =>
    new Request(`${running.kith.httpsOrigin}${path}`, init);
  const body = JSON.stringify({ jobTitle: 'Countess' });
  const headers = { 'Content-Type': 'application/json' };
  const content = new BatchRequestContent([
    { id: '1', request: request('/me', { method: 'PATCH', body, headers }) },
    { id: '2', request: request('/users/nobody@contoso.example'), dependsOn: ['1'] },
    { id: '3', request: request('/me?$select=jobTitle'), dependsOn: ['1'] },
    { id: '4', request: request('/me/photo/$value'), dependsOn: ['1'] },
  ]);
  const answers = new BatchResponseContent(
    await graph.api('/$batch').post(await content.getContent()),
  );
  const of = (id: string) => answers.getResponseById(id)!;
  assert.equal(pick(await of('1').json()).jobTitle, 'Countess');
  assert.equal(of('2').status, 404);
  assert.deepEqual(pick(await of('2').json(), 'error').code, 'Request_ResourceNotFound');
  assert.equal(pick(await of('3').json()).jobTitle, 'Countess');
  assert.match(of('4').headers.get('Content-Type')!, /^image\//);
});

test('a refusal has code, status, request id and date', async () => {
  await assert.rejects(graph.api('/users/nobody').get(), (error: GraphError) => {
    assert.equal(error.statusCode, 404);
    assert.equal(error.code, 'Request_ResourceNotFound');
    assert.match(error.requestId!, /^[0-9a-f-]{36}$/);
    assert.ok(error.date instanceof Date && !Number.isNaN(error.date.getTime()));
    return true;
  });
});

function namesOf(list: readonly User[]) {
  return list.map(({ displayName }) => displayName);
}

/** A JSON object, or one of its members that is one. */
function pick(json: unknown, name?: string): Record<string, unknown> {
  const members = json as Record<string, unknown>;
  return name === undefined ? members : (members[name] as Record<string, unknown>);
}
