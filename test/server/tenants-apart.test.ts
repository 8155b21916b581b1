import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type RunningKith, startKith } from '../running-kith.ts';
import { makeScratchFolder } from './scratch-folder.ts';

/** Two tenants in one store, with the same ids, names and groups, and different data. */

const north = '11111111-1111-4111-8111-111111111111';
const south = '22222222-2222-4222-8222-222222222222';
const shared = 'aaaaaaaa-0000-4000-8000-000000000001';
const second = 'aaaaaaaa-0000-4000-8000-000000000002';
const group = 'bbbbbbbb-0000-4000-8000-000000000001';
const onlyNorth = 'aaaaaaaa-0000-4000-8000-00000000000a';
const contact = 'cccccccc-0000-4000-8000-000000000001';
function tenant(id: string, name: string): readonly object[] {
  const at = (user: string) => `${user}@${name}.example`;
  const user = (key: string, upn: string, more: object = {}) => ({
    '@set': 'users',
    id: key,
    userPrincipalName: at(upn),
    displayName: `${name} ${upn}`,
    mobilePhone: `secret-of-${name}`,
    ...more,
  });
  return [
    { tenant: { id, displayName: name, domains: [`${name}.example`] } },
    user(second, 'boss'),
    user(shared, 'ann', { 'manager@odata.bind': `users('${second}')` }),
    ...(name === 'north' ? [user(onlyNorth, 'only')] : []),
    {
      '@set': 'groups',
      id: group,
      displayName: `${name} group`,
      groupTypes: ['Unified'],
      'members@odata.bind': [`users('${shared}')`],
    },
    { '@parent': `users('${shared}')/contacts`, id: contact, displayName: `${name} contact` },
    { '@parent': `users('${shared}')/contacts`, id: second, displayName: `${name} contact 2` },
    { '@parent': `users('${shared}')/contacts`, id: onlyNorth, displayName: `${name} contact 3` },
  ];
}

let kith: RunningKith;
let folder: Awaited<ReturnType<typeof makeScratchFolder>>;
let northern: string;
let southern: string;
before(async () => {
  folder = await makeScratchFolder();
  const seed = join(folder.path, 'two.jsonl');
  const lines = [...tenant(north, 'north'), ...tenant(south, 'south')];
  await writeFile(seed, lines.map((line) => JSON.stringify(line)).join('\n'));
  kith = await startKith({ flags: ['--seed', seed, '--fidelity', 'odata'] });
  northern = await kith.token({ user: shared, tenant: north });
  southern = await kith.token({ user: shared, tenant: south });
});
after(async () => {
  await kith?.close();
  await folder[Symbol.asyncDispose]();
});

async function get(path: string, token = southern) {
  const headers = { Prefer: 'odata.maxpagesize=1', ConsistencyLevel: 'eventual' };
  return kith.request(path.replaceAll(' ', '%20'), { token, headers });
}

for (const path of [
  '/localtest/me',
  `/localtest/users/${shared}`,
  '/v1.0/users',
  '/v1.0/users?$orderby=displayName desc',
  "/v1.0/users?$filter=startswith(mobilePhone,'secret')",
  '/v1.0/users?$search="north"',
  '/v1.0/me?$expand=manager',
  '/v1.0/me/manager',
  '/v1.0/me/memberOf',
  '/v1.0/me/contacts',
  `/v1.0/me/contacts/${contact}`,
  `/v1.0/groups/${group}`,
  `/v1.0/groups/${group}/members?$expand=microsoft.graph.user/manager`,
  `/v1.0/groups?$filter=members/any(m:m/displayName eq 'north ann')`,
  `/beta/me/joinedGroups/${group}`,
  '/v1.0/users/delta',
  '/v1.0/groups/delta',
]) {
  test(`the south sees nothing of the north in ${path}`, async () => {
    const { status, text } = await get(path.replaceAll('"', '%22'));
    assert.equal(status, 200, text);
    assert.doesNotMatch(text.replaceAll('north%20', ''), /north/, text);
    const there = await get(path.replaceAll('"', '%22'), northern);
    assert.doesNotMatch(there.text, /south/);
  });
}

test('who is only in the north is nobody in the south', async () => {
  for (const name of [onlyNorth, 'only@north.example', 'ann@north.example']) {
    const { status } = await get(`/v1.0/users/${name}`);
    assert.equal(status, 404, name);
    assert.equal((await get(`/v1.0/users/${name}`, northern)).status, 200, name);
  }
  const { text } = await get("/v1.0/users/$count?$filter=displayName eq 'north ann'");
  assert.equal(text, '0');
});

test('the south relates to nobody in the north', async () => {
  for (const [method, path] of [
    ['POST', `/v1.0/groups/${group}/members/$ref`],
    ['PUT', `/v1.0/users/${shared}/manager/$ref`],
  ] as const) {
    for (const id of [`users/${onlyNorth}`, `directoryObjects/${onlyNorth}`]) {
      const body = { '@odata.id': `${kith.origin}/v1.0/${id}` };
      const { status, text } = await kith.request(path, { method, token: southern, body });
      assert.equal(status, 404, `${method} ${path} ${id}: ${text}`);
    }
  }
  const body = { 'members@odata.bind': [`users('${onlyNorth}')`] };
  const { status } = await kith.request(`/v1.0/groups/${group}`, { token: southern, body });
  assert.equal(status, 404);
});

test('a change in the south leaves the north as it is', async () => {
  const before = await get('/localtest/me', northern);
  const body = { city: 'southville', mobilePhone: 'south-2' };
  const path = `/v1.0/users/${shared}`;
  assert.equal((await kith.request(path, { token: southern, body })).status, 200);
  assert.equal((await get('/localtest/me', northern)).text, before.text);
  const named = { userPrincipalName: 'only@north.example' };
  const taken = await kith.request(`/v1.0/users/${second}`, { token: southern, body: named });
  assert.equal(taken.status, 200, 'the name of somebody in the north is free in the south');
});

test('tokens of pages and of changes fit no other tenant', async () => {
  for (const path of ['/v1.0/users', '/v1.0/me/contacts', '/v1.0/users/delta']) {
    const { json } = await get(path, northern);
    const next = new URL(json['@odata.nextLink']);
    const crossed = await get(next.pathname + next.search);
    assert.equal(crossed.status, 400, crossed.text);
    assert.doesNotMatch(crossed.text, /north /);
    assert.equal((await get(next.pathname + next.search, northern)).status, 200);
  }
  const latest = await get('/v1.0/users/delta?$deltatoken=latest', northern);
  const link = new URL(latest.json['@odata.deltaLink']);
  assert.equal((await get(link.pathname + link.search)).status, 400);
});

test('a batch stays in its tenant', async () => {
  const requests = ['/me', `/users/${onlyNorth}`, '/users'].map((url, index) => {
    return { id: String(index), method: 'GET', url };
  });
  const headers = { Prefer: 'odata.continue-on-error' };
  const { json, text } = await kith.request('/v1.0/$batch', {
    method: 'POST',
    token: southern,
    body: { requests },
    headers,
  });
  const statuses = json.responses.map(({ status }: { status: number }) => status).toSorted();
  assert.deepEqual(statuses, [200, 200, 404]);
  assert.doesNotMatch(text, /north (ann|boss|only)|secret-of-north/);
});
