import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Endpoint, GraphQueryable, graphfi, graphGet } from '@pnp/graph';
import '@pnp/graph/batching.js';
import '@pnp/graph/contacts/index.js';
import '@pnp/graph/directory-objects/index.js';
import '@pnp/graph/groups/index.js';
import '@pnp/graph/members/index.js';
import '@pnp/graph/users/index.js';
import { PublicClientApplication } from '@azure/msal-node';
import { GraphDefault } from '@pnp/nodejs';
import { type RunningContoso, startContoso } from './contoso.ts';
import { contoso } from './contoso-seed.ts';

const { ada, ben, engineers, workbench } = contoso;

let running: RunningContoso;
// biome-ignore lint/suspicious/noExplicitAny: PnP adds its parts to a module unknown to tsc.
type Graph = any;
/** As an application, and as Ada. */
let app: Graph;
let graph: Graph;
before(async () => {
  running = await startContoso();
  const { kith, authority } = running;
  const baseUrl = `${kith.httpsOrigin}/v1.0`;
  const knownAuthorities = [`localhost:${kith.port}`];
  const auth = { clientId: workbench.id, authority, knownAuthorities };
  const config = { auth: { ...auth, clientSecret: workbench.secret } };
  app = graphfi().using(GraphDefault({ baseUrl, msal: { config } }));
  const signedIn = await new PublicClientApplication({ auth }).acquireTokenByUsernamePassword({
    scopes: ['User.ReadWrite.All', 'Group.ReadWrite.All', 'Contacts.ReadWrite'],
    username: ada.name,
    password: ada.password,
  });
  graph = graphfi().using(GraphDefault({ baseUrl }), (instance) => {
    instance.on.auth(async (url: URL, init: RequestInit) => {
      const headers = { ...init.headers, Authorization: `Bearer ${signedIn!.accessToken}` };
      return [url, { ...init, headers }];
    });
    return instance;
  });
});
after(() => running?.[Symbol.asyncDispose]());

test('an application gets a token for the server itself, and reads', async () => {
  const user = await app.users.getById(ada.name)();
  assert.equal(user.id, ada.id);
});

test('the signed-in person', async () => {
  assert.equal((await graph.me()).userPrincipalName, ada.name);
});

test('options reach the server, with %24 before their names and + for spaces', async () => {
  const users = await graph.users
    .select('id', 'displayName')
    .filter("displayName eq 'Ada Lovelace' or displayName eq 'Ben Lister'")();
  assert.deepEqual(users.map(Object.keys), [
    ['@odata.etag', 'id', 'displayName'],
    ['@odata.etag', 'id', 'displayName'],
  ]);
  assert.deepEqual(namesOf(users).sort(), ['Ada Lovelace', 'Ben Lister']);
});

test('pages follow each other until there is none', async () => {
  const names: unknown[] = [];
  for await (const page of graph.users.top(2).select('displayName')) names.push(namesOf(page));
  assert.deepEqual(names, [['Ada Lovelace', 'Ben Lister'], ['Dora Gone']]);
});

test('search asks for eventual consistency by itself', async () => {
  const found = await graph.users.search('"displayName:ben"')();
  assert.deepEqual(namesOf(found), ['Ben Lister']);
});

test('a person is changed with a body, and read with a header of JSON', async () => {
  await graph.users.getById(ben.id).update({ jobTitle: 'Engineer' });
  const ben2 = await graph.users.getById(ben.id).select('jobTitle')();
  assert.equal(ben2.jobTitle, 'Engineer');
});

test('relations of people and groups', async () => {
  const manager = await graph.users.getById(ben.id).manager();
  assert.equal(manager.id, ada.id);
  const reports = await graph.me.directReports();
  assert.deepEqual(
    reports.map(({ id }: { id: string }) => id),
    [ben.id],
  );
  const group = graph.groups.getById(engineers.id);
  assert.equal((await group()).displayName, 'Engineers');
  assert.deepEqual(namesOf(await group.members()).sort(), ['Ada Lovelace', 'Ben Lister']);
  const filtered = await graph.groups.filter("groupTypes/any(c:c eq 'Unified')")();
  assert.deepEqual(
    filtered.map(({ id }: { id: string }) => id),
    [engineers.id],
  );
});

test('objects are found by their ids, with a type that nothing asks for', async () => {
  const found = await app.directoryObjects.getByIds([ada.id, engineers.id], 'user');
  assert.deepEqual(namesOf(found).sort(), ['Ada Lovelace', 'Engineers']);
});

test('a contact is added, changed and deleted, where bodies are empty', async () => {
  // It writes `surName`, and Graph takes names in any case.
  const made = await graph.me.contacts.add('Mary', 'Somerville', [], []);
  assert.equal(made.surname, 'Somerville');
  const one = graph.me.contacts.getById(String(made.id));
  await one.update({ nickName: 'M' });
  assert.equal((await one()).nickName, 'M');
  await one.delete();
  await assert.rejects(one(), /404/);
});

test('the beta root, by the behaviour that leads there', async () => {
  const me = await graph.me.using(Endpoint('beta'))();
  assert.match(String((me as Record<string, unknown>)['@odata.context']), /\/beta\/\$metadata/);
});

test('requests of a batch are answered each, in v1.0 and in beta', async () => {
  const [batched, execute] = graph.batched();
  const answers = Promise.all([
    batched.me.select('id')(),
    batched.users.getById(ben.id).select('displayName')(),
    batched.users
      .getById('nobody@contoso.example')()
      .catch((error: Error) => error.message),
    batched.groups.top(1)(),
  ]);
  await execute();
  const [me, user, nobody, groups] = await answers;
  assert.equal(me.id, ada.id);
  assert.equal(user.displayName, 'Ben Lister');
  assert.match(String(nobody), /404/);
  assert.equal(groups.length, 1);

  const [beta, run] = graph.using(Endpoint('beta')).batched();
  const asked = beta.me.select('id')();
  await run();
  assert.equal((await asked).id, ada.id);
});

test('a refusal is an error with the status and the text of the answer', async () => {
  const wrong = GraphQueryable([graph.users, `${running.kith.httpsOrigin}/v1.0`], 'nosuch');
  await assert.rejects(graphGet(wrong), (error: { status: number; message: string }) => {
    assert.equal(error.status, 400);
    assert.match(error.message, /Resource not found for the segment 'nosuch'/);
    return true;
  });
});

function namesOf(list: readonly { displayName?: string | null | undefined }[]) {
  return list.map(({ displayName }) => displayName);
}
