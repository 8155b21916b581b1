import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ClientSecretCredential, UsernamePasswordCredential } from '@azure/identity';
import { AzureIdentityAuthenticationProvider } from '@microsoft/kiota-authentication-azure';
import {
  createGraphServiceClient,
  GraphRequestAdapter,
  type GraphServiceClient,
} from '@microsoft/msgraph-sdk';
import '@microsoft/msgraph-sdk-users';
import type { Group, User } from '@microsoft/msgraph-sdk/models/index.js';
import { type RunningContoso, startContoso } from './contoso.ts';
import { contoso } from './contoso-seed.ts';

const { ada, ben, tenant, workbench } = contoso;

let running: RunningContoso;
/** Of Ada, who has signed in. */
let graph: GraphServiceClient;
let options: { authorityHost: string; disableInstanceDiscovery: boolean };
before(async () => {
  running = await startContoso();
  options = { authorityHost: running.kith.httpsOrigin, disableInstanceDiscovery: true };
  graph = clientOf(personal());
});
after(() => running?.[Symbol.asyncDispose]());

type Credential = ConstructorParameters<typeof AzureIdentityAuthenticationProvider>[0];

function personal(): Credential {
  const { id } = workbench;
  return new UsernamePasswordCredential(tenant, id, ada.name, ada.password, options);
}

function clientOf(credential: Credential, hosts = new Set(['localhost']), scopes?: string[]) {
  const provider = new AzureIdentityAuthenticationProvider(credential, scopes, undefined, hosts);
  const adapter = new GraphRequestAdapter(provider);
  adapter.baseUrl = `${running.kith.httpsOrigin}/v1.0`;
  return createGraphServiceClient(adapter);
}

test('the signed-in person is read, with a token for the server itself', async () => {
  const me = await graph.me.get();
  assert.equal(me?.userPrincipalName, ada.name);
  assert.equal(me?.displayName, 'Ada Lovelace');
  assert.deepEqual(me?.additionalData?.['@odata.etag'], 'W/"1"');
});

test('an application reads with scopes of Graph', async () => {
  const credential = new ClientSecretCredential(tenant, workbench.id, workbench.secret, options);
  const scopes = ['https://graph.microsoft.com/.default'];
  const client = clientOf(credential, new Set(['localhost']), scopes);
  assert.equal((await client.users.byUserId(ben.name).get())?.id, ben.id);
});

test('a host that is not among the allowed ones gets no token', async () => {
  const stranger = clientOf(personal(), new Set(['graph.microsoft.com']));
  await assert.rejects(stranger.me.get(), {
    responseStatusCode: 401,
    message: 'Access token is empty.',
  });
});

test('lists have options, pages and counts', async () => {
  const page = await graph.users.get({
    queryParameters: {
      select: ['id', 'displayName', 'createdDateTime'],
      orderby: ['displayName'],
      top: 2,
      count: true,
    },
    headers: { ConsistencyLevel: 'eventual' },
  });
  assert.equal(page?.odataCount, 3);
  assert.deepEqual(namesOf(page?.value), ['Ada Lovelace', 'Ben Lister']);
  const next = await graph.users.withUrl(page!.odataNextLink!).get();
  assert.deepEqual(namesOf(next?.value), ['Dora Gone']);
  assert.equal(next?.odataNextLink, undefined);
  const queryParameters = { filter: "startswith(displayName,'B') or mail eq 'x''y'" };
  const filtered = await graph.users.get({ queryParameters });
  assert.deepEqual(namesOf(filtered?.value), ['Ben Lister']);
  const found = await graph.users.get({
    queryParameters: { search: '"displayName:ada"' },
    headers: { ConsistencyLevel: 'eventual' },
  });
  assert.deepEqual(namesOf(found?.value), ['Ada Lovelace']);
  assert.equal(await graph.users.count.get({ headers: { ConsistencyLevel: 'eventual' } }), 3);
});

test('results of many types keep the properties of theirs', async () => {
  const manager = (await graph.users.byUserId(ben.id).manager.get()) as User;
  assert.equal(manager.userPrincipalName, ada.name);
  const reports = await graph.me.directReports.get();
  assert.equal((reports?.value?.[0] as User | undefined)?.userPrincipalName, ben.name);
  const groups = await graph.me.memberOf.get();
  assert.equal((groups?.value?.[0] as Group | undefined)?.mailNickname, 'engineers');
  const expanded = await graph.users.byUserId(ben.id).get({
    queryParameters: { select: ['id'], expand: ['manager($select=id,displayName)'] },
  });
  assert.equal((expanded?.manager as User | undefined)?.displayName, 'Ada Lovelace');
});

test('a person is created, changed and removed', async () => {
  const created = await graph.users.post({
    accountEnabled: true,
    displayName: 'Grace Hopper',
    mailNickname: 'grace',
    userPrincipalName: 'grace@contoso.example',
    passwordProfile: { password: 'Compile-this-1952', forceChangePasswordNextSignIn: false },
  });
  assert.equal(created?.displayName, 'Grace Hopper');
  const one = graph.users.byUserId(created!.id!);
  await one.patch({
    jobTitle: 'Rear admiral',
    businessPhones: ['+1 555 0100'],
    birthday: new Date('1906-12-09T00:00:00Z'),
  });
  const select = ['jobTitle', 'businessPhones', 'birthday', 'createdDateTime'];
  const read = await one.get({ queryParameters: { select } });
  assert.equal(read?.jobTitle, 'Rear admiral');
  assert.deepEqual(read?.businessPhones, ['+1 555 0100']);
  assert.deepEqual(read?.birthday, new Date('1906-12-09T00:00:00Z'));
  assert.ok(read?.createdDateTime instanceof Date);
  await one.manager.ref.put({ odataId: `${running.kith.httpsOrigin}/v1.0/users/${ada.id}` });
  assert.equal((await one.manager.get())?.id, ada.id);
  await one.manager.ref.delete();
  await one.delete();
  await assert.rejects(one.get(), { responseStatusCode: 404 });
});

test('contacts of the signed-in person', async () => {
  const contacts = await graph.me.contacts.get();
  assert.deepEqual(namesOf(contacts?.value), ['Charles Babbage']);
  const made = await graph.me.contacts.post({
    givenName: 'Mary',
    surname: 'Somerville',
    displayName: 'Mary Somerville',
    emailAddresses: [{ name: 'Mary', address: 'mary@stars.example' }],
  });
  assert.ok(made?.id);
  const one = graph.me.contacts.byContactId(made.id);
  await one.patch({ nickName: 'M' });
  const read = await one.get();
  assert.equal(read?.nickName, 'M');
  assert.equal(read?.emailAddresses?.[0]?.address, 'mary@stars.example');
  await one.delete();
});

test('refusals are errors with code, message and the id of the request', async () => {
  const nobody = graph.users.byUserId('nobody@contoso.example').get();
  await assert.rejects(nobody, (error: Refused) => {
    assert.equal(error.responseStatusCode, 404);
    const { code, innerError } = error.errorEscaped;
    assert.equal(code, 'Request_ResourceNotFound');
    assert.match(innerError.requestId, /^[0-9a-f-]{36}$/);
    assert.ok(innerError.date instanceof Date);
    return true;
  });
  const queryParameters = { filter: 'displayName eq' };
  await assert.rejects(graph.users.get({ queryParameters }), { responseStatusCode: 400 });
});

interface Refused {
  readonly responseStatusCode: number;
  readonly errorEscaped: {
    readonly code: string;
    readonly innerError: { readonly requestId: string; readonly date: unknown };
  };
}

test('a revoked token is challenged, and the client comes again with another', async () => {
  const client = clientOf(personal());
  await client.me.get();
  await running.kith.request('/_kith/revoke', {
    method: 'POST',
    body: { user: ada.id, tenant },
  });
  assert.equal((await client.me.get())?.id, ada.id);
});

function namesOf(list: readonly { displayName?: string | null }[] | null | undefined) {
  return list?.map(({ displayName }) => displayName);
}
