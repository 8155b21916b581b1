import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type RunningKith, startKith } from '../running-kith.ts';

const usual =
  'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;' +
  'charset=utf-8';

describe('the form of an answer', () => {
  let kith: RunningKith;
  let token: string;
  before(async () => {
    kith = await startKith();
    token = await kith.token();
  });
  after(() => kith?.close());

  function get(path: string, headers: Readonly<Record<string, string>> = {}) {
    return kith.request(path, { token, headers });
  }

  /** What is asked, and the status and content type of the answer. */
  const negotiated: readonly (readonly [string, Record<string, string>, number, RegExp])[] = [
    ['/v1.0/me', {}, 200, /^application\/json;odata\.metadata=minimal/],
    ['/v1.0/me', { Accept: 'text/html, */*;q=0.1' }, 200, /metadata=minimal/],
    ['/v1.0/me', { Accept: 'application/json;odata.metadata=full' }, 200, /metadata=full/],
    ['/v1.0/users', { Accept: 'application/json;metadata=none' }, 200, /metadata=none/],
    ['/v1.0/me', { Accept: 'application/json;IEEE754Compatible=true' }, 200, /Compatible=true/],
    ['/v1.0/me', { Accept: 'application/xml' }, 406, /json/],
    ['/v1.0/me', { Accept: 'application/json;odata.metadata=some' }, 406, /json/],
    ['/v1.0/me?$format=json', { Accept: 'application/xml' }, 200, /metadata=minimal/],
    ['/v1.0/me?$format=application/json;odata.metadata%3Dfull', {}, 200, /metadata=full/],
    ['/v1.0/me?format=application/json;metadata=none', {}, 200, /metadata=none/],
    ['/v1.0/me?$format=xml', {}, 406, /json/],
    ['/v1.0/me?$format=atom', {}, 406, /json/],
    ['/v1.0/me/displayName/$value', { Accept: 'text/plain' }, 200, /^text\/plain/],
    ['/v1.0/', { Accept: 'application/json;odata.metadata=none' }, 200, /metadata=none/],
    ['/v1.0/me', { 'OData-MaxVersion': '4.0' }, 200, /odata\.metadata=minimal/],
    ['/v1.0/me', { 'OData-MaxVersion': '4.01' }, 200, /;metadata=minimal/],
    ['/v1.0/me', { 'OData-MaxVersion': '5.0' }, 200, /;metadata=minimal/],
    ['/v1.0/me', { 'OData-MaxVersion': '3.0' }, 406, /json/],
    ['/v1.0/me', { 'OData-MaxVersion': 'four' }, 406, /json/],
    ['/v1.0/me', { 'OData-Version': '4.01' }, 200, /odata\.metadata=minimal/],
    ['/v1.0/me', { 'OData-Version': '3.0' }, 200, /json/],
    ['/v1.0/me', { Isolation: 'snapshot' }, 412, /json/],
  ];

  for (const [path, headers, status, type] of negotiated) {
    test(`${path} with ${JSON.stringify(headers)} is ${status}`, async () => {
      const reply = await get(path, headers);
      assert.equal(reply.status, status, reply.text);
      assert.match(reply.headers['content-type']!, type);
    });
  }

  test('a refusal says what was asked for', async () => {
    const refused = await get('/v1.0/users', { Accept: 'application/xml' });
    assert.match(refused.json.error.message, /^The requested format 'application\/xml' cannot/);
  });

  test('the usual answer is the same whether JSON is asked for or nothing', async () => {
    const plain = await get('/v1.0/me');
    assert.equal(plain.headers['content-type'], usual);
    assert.equal(plain.headers['odata-version'], '4.0');
    const asked = await get('/v1.0/me', { Accept: 'application/json', 'OData-MaxVersion': '4.0' });
    assert.equal(asked.text, plain.text);
  });

  test('4.01 has its version in the header and no prefix in control information', async () => {
    const headers = { 'OData-MaxVersion': '4.01' };
    const { json, headers: answered } = await get('/v1.0/users?$top=2&$select=id', headers);
    assert.equal(answered['odata-version'], '4.01');
    assert.deepEqual(Object.keys(json), ['@context', '@nextLink', 'value']);
    assert.deepEqual(Object.keys(json.value[0]), ['@etag', 'id']);
  });

  test('without metadata the stored members are all there is', async () => {
    const { json } = await get('/v1.0/me', { Accept: 'application/json;odata.metadata=none' });
    assert.equal(json.displayName, 'Mira Oakley');
    assert.ok(Object.keys(json).every((name) => !name.includes('@')));
    const page = await get('/v1.0/users?$top=3', { Accept: 'application/json;metadata=none' });
    assert.deepEqual(Object.keys(page.json), ['@odata.nextLink', 'value']);
  });

  test('full metadata leads to everything that an entity is related to', async () => {
    const accept = { Accept: 'application/json;odata.metadata=full' };
    const { json } = await get('/v1.0/me', accept);
    assert.equal(json['@odata.type'], '#microsoft.graph.user');
    assert.equal(json['businessPhones@odata.type'], '#Collection(String)');
    const self = json['@odata.id'].slice(kith.origin.length);
    assert.equal((await get(self)).json.id, json.id);
    const manager = json['manager@odata.navigationLink'].slice(kith.origin.length);
    assert.equal((await get(manager)).json.displayName, 'Ingrid Falkenrath');
    const list = await get('/v1.0/users?$top=1', accept);
    assert.ok(list.json.value[0]['@odata.id'].startsWith(`${kith.origin}/v1.0/users('`));
    const photo = await get('/v1.0/me/photo', accept);
    assert.equal(photo.json['@odata.mediaReadLink'], `${photo.json['@odata.id']}/$value`);
    const contacts = await get('/beta/me/contacts?$top=1', accept);
    const [contact] = contacts.json.value;
    const again = await get(
      contact['@odata.id'].replace(/.*\/contacts\('(.*)'\)/, '/beta/me/contacts/$1'),
    );
    assert.equal(again.json.id, contact.id);
  });

  test('nulls are left out where the client prefers it, in lists and nested too', async () => {
    const prefer = { Prefer: 'omit-values=nulls, odata.maxpagesize=2' };
    const reply = await get(
      '/v1.0/users?$select=id,deletedDateTime&$expand=manager($select=deletedDateTime)',
      {
        ...prefer,
        Accept: 'application/json;odata.metadata=none',
      },
    );
    const applied = 'odata.maxpagesize=2, omit-values=nulls';
    assert.equal(reply.headers['preference-applied'], applied);
    for (const user of reply.json.value) {
      assert.equal('deletedDateTime' in user, false);
      if (user.manager) assert.deepEqual(user.manager, {});
    }
    const shown = await get('/v1.0/users?$select=id,deletedDateTime&$top=1');
    assert.equal(shown.json.value[0].deletedDateTime, null);
    assert.equal('preference-applied' in shown.headers, false);
  });

  test('at /localtest every object names its type, in any form that says types', async () => {
    const path = '/localtest/me?$select=identities';
    const { json } = await get(path, { Prefer: 'omit-values=nulls' });
    assert.equal(json['@odata.type'], '#microsoft.graph.user');
    assert.equal(json.identities[0]['@odata.type'], 'microsoft.graph.objectIdentity');
    const none = await get(path, { Accept: 'application/json;odata.metadata=none' });
    assert.deepEqual(Object.keys(none.json), ['identities']);
    assert.equal('@odata.type' in none.json.identities[0], false);
  });
});

describe('what is shown inline', () => {
  let kith: RunningKith;
  before(async () => {
    kith = await startKith();
  });
  after(() => kith?.close());

  /** Scopes of Mira's, what she asks for, and whether she is shown it. */
  const allowed: readonly (readonly [readonly string[], string, number])[] = [
    [['User.Read'], '/v1.0/me?$select=id&$expand=manager', 403],
    [['User.Read.All'], '/v1.0/me?$select=id&$expand=manager', 200],
    [['User.Read'], '/v1.0/me?$select=id&$expand=directReports', 200],
    [['User.ReadBasic.All'], '/v1.0/users?$expand=directReports', 403],
    [['User.Read'], '/beta/me?$expand=contacts', 403],
    [['User.Read', 'Contacts.Read'], '/beta/me?$expand=contacts', 200],
    [['Group.ReadBasic.All'], '/v1.0/groups?$expand=members', 200],
    [['Group.ReadBasic.All'], '/v1.0/groups?$expand=owners', 403],
  ];

  for (const [scopes, path, status] of allowed) {
    test(`${scopes.join(' and ')} let ${path} be ${status}`, async () => {
      const token = await kith.token({ user: 'mira@fernhollow.example', scopes });
      const reply = await kith.request(path, { token });
      assert.equal(reply.status, status, reply.text);
    });
  }

  test('references are read alone, as reading what they lead to is allowed', async () => {
    const token = await kith.token();
    const one = await kith.request('/v1.0/me/manager/$ref', { token });
    const manager = await kith.request('/v1.0/me/manager', { token });
    assert.deepEqual(one.json, {
      '@odata.context': `${kith.origin}/v1.0/$metadata#$ref`,
      '@odata.id': `${kith.origin}/v1.0/users('${manager.json.id}')`,
    });
    const path = '/v1.0/me/directReports/$ref?$top=3';
    const { json } = await kith.request(path, { token });
    assert.equal(json['@odata.context'], `${kith.origin}/v1.0/$metadata#Collection($ref)`);
    assert.equal(json.value.length, 3);
    const next = await kith.request(json['@odata.nextLink'].slice(kith.origin.length), { token });
    assert.equal(next.json.value.length, 3);
    const little = await kith.token({ user: 'mira@fernhollow.example', scopes: ['User.Read'] });
    assert.equal((await kith.request('/v1.0/me/manager/$ref', { token: little })).status, 403);
  });
});
