import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Reply, type RunningKith, startKith } from '../running-kith.ts';

/** Profiles that several write at once, and that some may read less of than others. */

const profile = '/beta/me/profile';
const mira = 'mira@fernhollow.example';
const ingrid = 'ingrid@fernhollow.example';

let kith: RunningKith;
let token: string;
before(async () => {
  kith = await startKith();
  token = await kith.token();
  await ask(profile, 'DELETE');
});
after(() => kith?.close());

function ask(path: string, method = 'GET', body?: unknown, as = token): Promise<Reply> {
  return kith.request(encodeURI(path), {
    token: as,
    method,
    ...(body === undefined ? {} : { body }),
  });
}

function namesIn({ json }: Reply): string[] {
  return json.value.map((each: { displayName: string }) => each.displayName).sort();
}

test('facets that are made at once are all there, and so are the values of the user', async () => {
  await ask('/localtest/me', 'PATCH', { skills: [] });
  const names = Array.from({ length: 20 }, (_, index) => `Skill ${10 + index}`);
  const made = await Promise.all(
    names.map((displayName) => ask(`${profile}/skills`, 'POST', { displayName })),
  );
  assert.deepEqual([...new Set(made.map(({ status }) => status))], [201]);
  assert.deepEqual(namesIn(await ask(`${profile}/skills?$top=100`)), names);
  const { json } = await ask('/localtest/me?$select=skills');
  assert.deepEqual(json.skills.toSorted(), names);
  const gone = made.map(({ json: { id } }) => ask(`${profile}/skills/${id}`, 'DELETE'));
  assert.deepEqual([...new Set((await Promise.all(gone)).map(({ status }) => status))], [204]);
  assert.deepEqual((await ask('/localtest/me?$select=skills')).json.skills, []);
});

test('the requests of an atomic group see what the ones before have made', async () => {
  const requests = [
    {
      id: '1',
      atomicityGroup: 'g',
      method: 'post',
      url: 'me/profile/awards',
      body: { displayName: 'One' },
    },
    {
      id: '2',
      atomicityGroup: 'g',
      method: 'patch',
      url: 'me/profile',
      body: { awards: [{ displayName: 'Two' }] },
    },
    {
      id: '3',
      atomicityGroup: 'g',
      method: 'post',
      url: 'me/profile/skills',
      body: { displayName: 'Ropes' },
    },
    {
      id: '4',
      atomicityGroup: 'g',
      method: 'post',
      url: 'me/profile/skills',
      body: { displayName: 'Sails' },
    },
  ].map((each) => ({ ...each, headers: { 'Content-Type': 'application/json' } }));
  const reply = await kith.request('/beta/$batch', {
    token,
    method: 'POST',
    headers: { 'OData-Version': '4.01' },
    body: { requests },
  });
  const statuses = reply.json.responses.map(({ status }: { status: number }) => status);
  assert.deepEqual(statuses, [201, 200, 201, 201], reply.text);
  assert.deepEqual(namesIn(await ask(`${profile}/awards`)), ['One', 'Two']);
  const { json } = await ask('/localtest/me?$select=skills');
  assert.deepEqual(json.skills, ['Ropes', 'Sails']);
  const bad = [...requests.slice(0, 1), { ...requests[3]!, body: { displayName: '' } }];
  const refused = await kith.request('/beta/$batch', {
    token,
    method: 'POST',
    headers: { 'OData-Version': '4.01' },
    body: { requests: bad },
  });
  assert.equal(refused.status, 200);
  assert.deepEqual(namesIn(await ask(`${profile}/awards`)), ['One', 'Two']);
});

test('what starts from the user is for those who may read that of the user', async () => {
  const at = `/beta/users/${mira}/profile`;
  const basic = await kith.token({ user: ingrid, scopes: ['User.ReadBasic.All'] });
  const whole = await kith.token({ user: ingrid, scopes: ['User.Read.All'] });
  await ask(`${profile}/phones`, 'POST', { displayName: 'Desk', number: '+44 1' });
  const little = (await ask(at, 'GET', undefined, basic)).json;
  const much = (await ask(at, 'GET', undefined, whole)).json;
  const types = ({ phones }: { phones: { type: string }[] }) => phones.map(({ type }) => type);
  assert.deepEqual(types(little), ['other']);
  assert.deepEqual(types(much), ['other', 'business', 'mobile', 'businessFax']);
  assert.equal(little.emails.length, 1);
  assert.deepEqual([little.positions, little.anniversaries, little.notes], [[], [], []]);
  assert.equal(much.positions[0].manager.displayName, 'Ingrid Falkenrath');
  const [name] = little.names;
  assert.deepEqual([name.first, name.nickname], ['Mira', null]);
  const filter = '$filter=nickname ne null';
  assert.deepEqual((await ask(`${at}/names?${filter}`, 'GET', undefined, basic)).json.value, []);
});

test('a manager is named to those who may read who it is', async () => {
  const own = await kith.token({ user: mira, scopes: ['User.Read'] });
  const { positions } = (await ask(profile, 'GET', undefined, own)).json;
  assert.equal(positions[0].manager, null);
  assert.equal((await ask(profile)).json.positions[0].manager.relationship, 'manager');
});

test('facets of others are written by those who may, as far as they reach them', async () => {
  const at = `/beta/users/${mira}/profile/awards`;
  const writer = await kith.token({ user: ingrid, scopes: ['User.ReadWrite.All'] });
  const own = await kith.token({ user: ingrid, scopes: ['User.ReadWrite'] });
  assert.equal((await ask(at, 'POST', { displayName: 'x' }, own)).status, 403);
  const made = await ask(at, 'POST', { displayName: 'For you', allowedAudiences: 'me' }, writer);
  assert.deepEqual([made.status, made.json.displayName], [201, 'For you']);
  assert.equal((await ask(`${at}/${made.json.id}`, 'GET', undefined, writer)).status, 404);
  const change = { displayName: 'Mine' };
  assert.equal((await ask(`${at}/${made.json.id}`, 'PATCH', change, writer)).status, 404);
  assert.equal((await ask(`${at}/${made.json.id}`, 'PATCH', change)).json.displayName, 'Mine');
  const reading = await kith.token({ user: mira, scopes: ['User.Read'] });
  assert.equal((await ask(`${profile}/awards`, 'POST', change, reading)).status, 403);
  const deep = { awards: [change] };
  assert.equal((await ask(profile, 'PATCH', deep, reading)).status, 403);
});
