import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Reply, type RunningKith, startKith } from '../running-kith.ts';

let kith: RunningKith;
let app: string;
let mine: string;
let someone: string;
before(async () => {
  kith = await startKith({ flags: ['--fidelity', 'graph'] });
  app = await kith.token({ app: '11111111-2222-4333-8444-555555555555' });
  mine = await kith.token();
  someone = `users/${(await send('GET', 'users?$top=3')).json.value[2].id}`;
});
after(() => kith?.close());

function send(method: string, path: string, body?: unknown, token = app): Promise<Reply> {
  return kith.request(`/v1.0/${path}`, { method, token, ...(body ? { body } : {}) });
}

/** A change is answered with nothing; then the property is this. */
async function assertBecomes(body: object, property: string, value: unknown): Promise<void> {
  const patched = await send('PATCH', someone, body);
  assert.equal(patched.status, 204, patched.text);
  const { json } = await send('GET', `${someone}?$select=${property}`);
  assert.deepEqual(json[property], value);
}

const written = { '@odata.type': '#Microsoft.DirectoryServices.CustomSecurityAttributeValue' };
const shown = { '@odata.type': '#microsoft.graph.customSecurityAttributeValue' };
const projects = { 'Project@odata.type': '#Collection(String)', Project: ['Baker', 'Cascade'] };

test('custom security attributes are assigned and removed one by one', async () => {
  const name = 'customSecurityAttributes';
  const assign = (sets: Record<string, object>) => ({
    [name]: Object.fromEntries(
      Object.entries(sets).map(([set, each]) => [set, { ...written, ...each }]),
    ),
  });
  const date = { ProjectDate: '2023-10-01' };
  await assertBecomes(assign({ Engineering: date }), name, { Engineering: { ...shown, ...date } });
  await assertBecomes(assign({ Engineering: projects, Marketing: { EmployeeId: 'Q1' } }), name, {
    Engineering: { ...shown, ...date, ...projects },
    Marketing: { ...shown, EmployeeId: 'Q1' },
  });
  const fewer = { 'Project@odata.type': '#Collection(String)', Project: [] };
  await assertBecomes(assign({ Engineering: fewer, Marketing: { EmployeeId: null } }), name, {
    Engineering: { ...shown, ...date },
  });
  await assertBecomes(assign({ Engineering: { ProjectDate: null } }), name, null);
  for (const wrong of ['x', 7, ['x']]) {
    assert.equal((await send('PATCH', someone, { [name]: { Engineering: wrong } })).status, 400);
  }
});

test('what somebody is to the law follows from age group and consent', async () => {
  const name = 'legalAgeGroupClassification';
  const minor = { ageGroup: 'Minor', consentProvidedForMinor: 'Granted' };
  await assertBecomes(minor, name, 'MinorWithParentalConsent');
  await assertBecomes({ consentProvidedForMinor: 'Denied' }, name, 'MinorWithoutParentalConsent');
  const free = { consentProvidedForMinor: 'NotRequired' };
  await assertBecomes(free, name, 'MinorNoParentalConsentRequired');
  await assertBecomes({ ageGroup: 'NotAdult' }, name, 'NotAdult');
  await assertBecomes({ ageGroup: null }, name, null);
});

test('certificates are bound to a user, who keeps a user name among the identities', async () => {
  const info = { certificateUserIds: ['X509:<PN>123456789098765@mil'] };
  await assertBecomes({ authorizationInfo: info }, 'authorizationInfo', info);
  const other = { signInType: 'userName', issuer: 'contoso.com', issuerAssignedId: 'a' };
  const refused = await send('PATCH', someone, { identities: [other] });
  assert.equal(refused.status, 400, refused.text);
  assert.equal(refused.json.error.target, 'identities');
  const { identities } = (await send('GET', `${someone}?$select=identities`)).json;
  await assertBecomes({ identities: [...identities, other] }, 'identities', [...identities, other]);
});

test('a Microsoft 365 group has the settings of its mailbox from the first', async () => {
  const names = 'allowExternalSenders,autoSubscribeNewMembers,isSubscribedByMail,unseenCount';
  const group = { displayName: 'Pier', mailEnabled: true, mailNickname: 'pier' };
  const unified = { ...group, groupTypes: ['Unified'], securityEnabled: false };
  const made = await send('POST', 'groups', unified);
  const { json } = await send('GET', `groups/${made.json.id}?$select=${names}`);
  const values = names.split(',').map((name) => json[name]);
  assert.deepEqual(values, [false, false, true, 0]);
  const shown = await send('PATCH', `groups/${made.json.id}`, { allowExternalSenders: true });
  assert.equal(shown.status, 200, shown.text);
  assert.equal(shown.json.id, made.json.id);
  const quiet = await send('PATCH', `groups/${made.json.id}`, { visibility: '' });
  assert.equal(quiet.status, 204, quiet.text);
  const { visibility } = (await send('GET', `groups/${made.json.id}`)).json;
  assert.equal(visibility, 'Public');
  const nickname = { ...unified, mailNickname: 'höhe' };
  assert.equal((await send('POST', 'groups', nickname)).json.error?.target, 'mailNickname');
  const roled = { ...unified, mailNickname: 'roled', isAssignableToRole: true };
  const refused = await send('POST', 'groups', roled);
  assert.equal(refused.json.error?.target, 'isAssignableToRole', refused.text);
  assert.equal((await send('POST', 'groups', { ...roled, securityEnabled: true })).status, 201);
});

test('a day is the instant with which it begins, as contacts have birthdays', async () => {
  const made = await send('POST', 'me/contacts', { givenName: 'Ana' }, mine);
  const body = { homeAddress: { street: '123 Some street' }, birthday: '1974-07-22' };
  const patched = await send('PATCH', `me/contacts/${made.json.id}`, body, mine);
  assert.equal(patched.json.birthday, '1974-07-22T00:00:00Z', patched.text);
  const wrong = await send('PATCH', `me/contacts/${made.json.id}`, { birthday: 'July' }, mine);
  assert.equal(wrong.status, 400);
});

test('what lies in a folder of contacts that is not there is not found either', async () => {
  for (const way of ['me/contactFolders/none/contacts', 'me/contactFolders/none/childFolders']) {
    const reply = await send('GET', way, undefined, mine);
    assert.equal(reply.status, 404, reply.text);
    assert.equal(reply.json.error.code, 'ErrorItemNotFound');
    assert.equal((await send('POST', way, { displayName: 'x' }, mine)).status, 404);
  }
});

test('licences of oneself are answered with somebody of the users', async () => {
  const body = { addLicenses: [], removeLicenses: [] };
  const { json } = await send('POST', 'me/assignLicense', body, mine);
  assert.equal(json['@odata.context'], `${kith.origin}/v1.0/$metadata#users/$entity`);
});

test('an extension is found by its name and by its qualified name', async () => {
  const type = { '@odata.type': 'microsoft.graph.openTypeExtension' };
  const body = { ...type, extensionName: 'com.contoso.deal', dealValue: 7 };
  assert.equal((await send('POST', `${someone}/extensions`, body)).status, 201);
  for (const id of ['com.contoso.deal', 'microsoft.graph.openTypeExtension.com.contoso.deal']) {
    const expand = encodeURIComponent(`extensions($filter=id eq '${id}')`);
    const { json } = await send('GET', `${someone}?$select=id&$expand=${expand}`);
    assert.equal(json.extensions[0]?.dealValue, 7, id);
  }
});

test('a space in front of a filter means nothing, as the page of delta writes one', async () => {
  const { id } = (await send('GET', `${someone}?$select=id`)).json;
  const path = `users/delta/?$filter=${encodeURIComponent(` id eq '${id}'`)}`;
  const { status, json, text } = await send('GET', path);
  assert.equal(status, 200, text);
  assert.deepEqual(
    json.value.map((each: { id: string }) => each.id),
    [id],
  );
  await assertBecomes({ jobTitle: 'a= b' }, 'jobTitle', 'a= b');
  const within = `users?$select=id&$filter=${encodeURIComponent(`jobTitle eq 'a= b'`)}`;
  const found = await send('GET', within);
  assert.deepEqual(found.json.value, [{ id }], found.text);
});

test('a group is known by its unique name, too, which stays what it is', async () => {
  const group = { displayName: 'Jetty', mailEnabled: false, securityEnabled: true };
  const one = { ...group, mailNickname: 'jetty1', uniqueName: '365contoso' };
  const { id } = (await send('POST', 'groups', one)).json;
  const other = await send('POST', 'groups', { ...one, mailNickname: 'jetty2' });
  assert.equal(other.json.error?.target, 'uniqueName', other.text);
  const named = "groups(uniqueName='365contoso')";
  assert.equal((await send('PATCH', named, { description: 'A jetty' })).status, 204);
  const { json } = await send('GET', named);
  assert.deepEqual([json.id, json.description], [id, 'A jetty']);
  assert.equal((await send('GET', "groups(uniqueName='none')")).status, 404);
  assert.equal((await send('PATCH', named, { uniqueName: 'other' })).status, 400);
});
