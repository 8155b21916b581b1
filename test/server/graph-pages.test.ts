import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type RunningKith, startKith } from '../running-kith.ts';
import { directoryRows, type Row } from './graph-page-rows.ts';

const OBJECT = '#directoryObjects/$entity';
const OBJECTS = '#directoryObjects';
const CONTACT = "#users('{me}')/contacts/$entity";
const photo = Buffer.from(
  '/9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsO' +
    'CwkJDRENDg8QEBEQCgwSExIQEw8QEBD/yQALCAABAAEBAREA/8wABgAQEAX/2gAIAQEAAD8A0s8g/9k=',
  'base64',
);
const working = {
  startTime: '18:30:00.0000000',
  daysOfWeek: ['Monday', 'Tuesday'],
  timeZone: { name: 'Pacific Standard Time' },
};
const away = { automaticRepliesSetting: { status: 'Scheduled' } };
const extension = { extensionName: 'com.contoso.settings', theme: 'dark' };
const missing = '4562bcc8-c436-4f95-b7c0-4f8ce89dca5e';

const rows: readonly Row[] = [
  { ask: 'GET /me/manager', context: OBJECT, has: ['@odata.type', 'displayName'] },
  { ask: 'GET /me/manager?$select=id', context: '#directoryObjects(id)/$entity', has: ['id'] },
  { ask: 'GET /users?$select=mail,id&$top=1', isApp: true, context: '#users(mail,id)' },
  { ask: 'GET /me?$select=jobTitle,DisplayName', context: '#users(jobTitle,displayName)/$entity' },
  { ask: 'GET /me/manager/$ref', context: '#$ref', has: ['@odata.id'] },
  { ask: 'GET /directoryObjects/{other}', isApp: true, context: OBJECT, has: ['@odata.type'] },
  { ask: 'GET /me/memberOf', context: OBJECTS, has: ['@odata.type', 'id'] },
  {
    ask: 'GET /me/memberOf/microsoft.graph.group?$count=true',
    ...{ isAdvanced: true, context: '#groups', has: ['displayName'] },
  },
  {
    ask: 'GET /groups/{group}/members/microsoft.graph.user?$count=true&$select=id',
    ...{ isApp: true, isAdvanced: true, context: '#users(id)' },
  },
  { ask: 'GET /me/ownedObjects', context: OBJECTS },
  { ask: 'GET /me/joinedTeams', context: '#teams' },
  { ask: 'GET /me/licenseDetails', context: "#users('{me}')/licenseDetails", has: ['skuId'] },
  { ask: 'GET /me/people', context: "#users('{me}')/people", has: ['scoredEmailAddresses'] },
  { ask: 'PATCH /me/mailboxSettings', body: away, has: ['automaticRepliesSetting'] },
  { ask: 'PATCH /me/mailboxSettings', body: { workingHours: working }, has: ['workingHours'] },
  { ask: 'GET /me/mailboxSettings/timeZone', context: "#users('{me}')/mailboxSettings/timeZone" },
  {
    ask: 'POST /me/extensions',
    body: { '@odata.type': 'microsoft.graph.openTypeExtension', ...extension },
    ...{ status: 201, context: "#users('{me}')/extensions/$entity", has: ['theme', 'id'] },
  },
  { ask: 'DELETE /me/extensions/com.contoso.settings', status: 204 },
  {
    ask: 'POST /me/contacts',
    body: { givenName: 'Pavel', surname: 'Bansky' },
    ...{ status: 201, context: CONTACT, has: ['@odata.etag', 'changeKey'], keep: 'contact' },
  },
  { ask: 'GET /me/contacts/delta', has: ['id'] },
  { ask: 'DELETE /me/contacts/{contact}', status: 204 },
  { ask: 'GET /me/contacts/{contact}', status: 404, code: 'ErrorItemNotFound' },
  { ask: 'PATCH /me/contacts/{contact}', body: {}, status: 404, code: 'ErrorItemNotFound' },
  {
    ask: 'POST /me/contactFolders',
    body: { displayName: 'Volunteers' },
    ...{ status: 201, context: "#users('{me}')/contactFolders/$entity", keep: 'folder' },
  },
  { ask: 'GET /me/contactFolders/delta', has: ['id', 'displayName'] },
  { ask: 'POST /me/contactFolders/{folder}/contacts', body: { givenName: 'Ana' }, status: 201 },
  { ask: 'GET /me/contactFolders/{folder}/contacts/delta', has: ['givenName'] },
  { ask: 'DELETE /me/contactFolders/{folder}', status: 204 },
  { ask: 'GET /me/photo', context: '#Me/photo/$entity', has: ['@odata.mediaContentType'] },
  { ask: 'GET /users/{me}/photo', isApp: true, context: "#users('{me}')/photo/$entity" },
  { ask: 'GET /me', isApp: true, status: 400, code: 'BadRequest' },
  { ask: `GET /users/${missing}`, isApp: true, status: 404, code: 'Request_ResourceNotFound' },
  { ask: 'GET /users?$search="displayName:wa"', isApp: true, status: 400 },
  { ask: 'DELETE /users/{third}', isApp: true, status: 204 },
  { ask: 'GET /directory/deletedItems/{third}', isApp: true, context: OBJECT },
  { ask: 'POST /directory/deletedItems/{third}/restore', isApp: true, context: OBJECT },
];

describe("requests of Graph's pages", () => {
  let kith: RunningKith;
  const known = new Map<string, string>();
  const tokens = { user: '', app: '' };

  before(async () => {
    kith = await startKith({ flags: ['--fidelity', 'graph'] });
    const app = '11111111-2222-4333-8444-555555555555';
    tokens.app = await kith.token({ app });
    const { value } = (await kith.request('/v1.0/users?$expand=manager', { token: tokens.app }))
      .json;
    const led = value.filter(({ manager }: { manager?: object }) => manager);
    for (const [at, name] of ['me', 'other', 'third'].entries()) known.set(name, led[at].id);
    tokens.user = await kith.token({ user: known.get('me')! });
    const groups = (await kith.request('/v1.0/groups', { token: tokens.app })).json.value;
    known.set('group', groups[0].id);
    await kith.request('/v1.0/me/photo/$value', { method: 'PUT', body: photo, token: tokens.user });
  });
  after(() => kith?.close());

  const fill = (text: string) =>
    text.replace(/\{(\w+)\}/g, (whole, name) => known.get(name) ?? whole);

  for (const root of ['v1.0', 'beta']) {
    test(`are answered as they show at ${root}`, async () => {
      known.set('n', root.replace('.', ''));
      for (const row of [...rows, ...directoryRows]) await checkRow(root, row);
    });
  }

  async function checkRow(root: string, row: Row): Promise<void> {
    const { ask, body, isAdvanced, isApp, status = 200, context, has = [], code, keep } = row;
    const [, method = '', path = ''] = /^(\w+) (.*)$/.exec(ask)!;
    const sent = body instanceof Buffer ? body : body && fill(JSON.stringify(body));
    const reply = await kith.request(`/${root}${encodeURI(fill(path))}`, {
      ...{ method, body: sent, token: isApp ? tokens.app : tokens.user },
      headers: {
        ...(isAdvanced ? { ConsistencyLevel: 'eventual' } : {}),
        ...(typeof sent === 'string' ? { 'content-type': 'application/json' } : {}),
      },
    });
    const said = `${root} ${ask}: ${reply.text.slice(0, 300)}`;
    assert.equal(reply.status, status, said);
    if (context !== undefined) {
      const wanted = `${kith.origin}/${root}/$metadata${fill(context)}`;
      assert.equal(reply.json['@odata.context'], wanted, said);
    }
    const [shown] = Array.isArray(reply.json?.value) ? reply.json.value : [reply.json];
    for (const name of has) assert.notEqual(shown?.[name], undefined, `${name}: ${said}`);
    if (code !== undefined) assert.equal(reply.json.error.code, code, said);
    if (keep !== undefined) known.set(keep, reply.json.id);
    if (row.keepName !== undefined) known.set(row.keepName, reply.json.name);
  }
});
