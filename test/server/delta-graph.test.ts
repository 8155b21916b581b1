import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type RequestOptions, type RunningKith, startKith } from '../running-kith.ts';
import { follow } from './delta-rounds.ts';

const ALL = ['User.ReadWrite.All', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'];

let kith: RunningKith;
let app: string;
let mira: string;

before(async () => {
  kith = await startKith();
  app = await kith.token({ app: '11111111-2222-4333-8444-555555555555', roles: ALL });
  mira = await kith.token();
});
after(() => kith.close());

async function write(path: string, method: string, body?: object, token = app) {
  const reply = await kith.request(path, { method, body, token });
  assert.ok(reply.status < 300, reply.text);
  return reply.json;
}

let number = 0;
async function makeUser(displayName: string): Promise<string> {
  number += 1;
  const user = {
    accountEnabled: true,
    displayName,
    mailNickname: `delta${number}`,
    userPrincipalName: `delta${number}@fernhollow.example`,
    passwordProfile: { password: 'Correct-horse 7' },
  };
  return (await write('/v1.0/users', 'POST', user)).id;
}

async function idOf(name: string): Promise<string> {
  return (await kith.request(`/v1.0/users/${name}@fernhollow.example`, { token: app })).json.id;
}

async function aGroup(): Promise<string> {
  return (await kith.request('/v1.0/groups?$top=1', { token: app })).json.value[0].id;
}

test('the first round shows everybody once, on pages, and ends with a delta link', async () => {
  const round = await follow(kith, '/v1.0/users/delta?$top=20', { token: app });
  const { json } = await kith.request('/v1.0/users?$top=999', { token: app });
  const ids = (members: readonly { id: string }[]) => members.map(({ id }) => id).sort();
  assert.ok(round.pages > 2);
  assert.deepEqual(ids(round.members), ids(json.value));
  assert.match(
    round.deltaLink,
    /^http:\/\/localhost:\d+\/v1\.0\/users\/delta\?\$deltatoken=[^&]+$/,
  );
  assert.equal('jobTitle' in round.members[0], true);
});

test('the function is called with and without parentheses and namespace', async () => {
  for (const name of ['delta', 'delta()', 'microsoft.graph.delta', 'microsoft.graph.delta()']) {
    const { last } = await follow(kith, `/v1.0/users/${name}?$deltatoken=latest`, { token: app });
    assert.deepEqual(last.json.value, [], name);
    assert.match(last.json['@odata.context'], /\/v1\.0\/\$metadata#users$/);
  }
});

test('what is created, changed and deleted is told in the next round alone', async () => {
  const start = await follow(kith, '/v1.0/users/delta?$deltatoken=latest', { token: app });
  const [one, two] = [await makeUser('One'), await makeUser('Two')];
  await write(`/v1.0/users/${one}`, 'PATCH', { jobTitle: 'Baker' });
  await write(`/v1.0/users/${two}`, 'DELETE');
  const next = await follow(kith, start.deltaLink, { token: app });
  const [first, second] = next.members;
  assert.equal(next.members.length, 2);
  assert.deepEqual([first.id, first.displayName, first.jobTitle], [one, 'One', 'Baker']);
  assert.equal('mail' in first && first.mail === null, false, 'What was never set is left out.');
  assert.deepEqual(Object.keys(second), ['id', '@removed']);
  assert.equal(second.id, two);
  const kept = await kith.request(`/v1.0/directory/deletedItems/${two}`, { token: app });
  const reason = kept.status === 200 ? 'changed' : 'deleted';
  assert.equal(second['@removed'].reason, reason);
  assert.deepEqual((await follow(kith, next.deltaLink, { token: app })).members, []);
});

test('who is deleted may be restored, and is told of again when nobody can', async () => {
  const id = await makeUser('Purged');
  const latest = await kith.request('/v1.0/users/delta?$deltatoken=latest', { token: app });
  const next = async (link: string) => {
    const { json } = await kith.request(link.slice(kith.origin.length), { token: app });
    return { told: json.value, link: json['@odata.deltaLink'] as string };
  };
  await write(`/v1.0/users/${id}`, 'DELETE');
  const soft = await next(latest.json['@odata.deltaLink']);
  assert.deepEqual(soft.told, [{ id, '@removed': { reason: 'changed' } }]);
  await write(`/v1.0/directory/deletedItems/${id}/restore`, 'POST');
  const restored = await next(soft.link);
  assert.deepEqual([restored.told[0].id, restored.told[0]['@removed']], [id, undefined]);
  await write(`/v1.0/users/${id}`, 'DELETE');
  const again = await next(restored.link);
  await write(`/v1.0/directory/deletedItems/${id}`, 'DELETE');
  const purged = await next(again.link);
  assert.deepEqual(purged.told, [{ id, '@removed': { reason: 'deleted' } }]);
  const groups = await kith.request('/v1.0/groups/delta', { token: app });
  assert.ok(!groups.text.includes(id));
});

test('only changes of what is selected are told; the id always is', async () => {
  const query = '$deltatoken=latest&$select=jobTitle,city';
  const start = await follow(kith, `/v1.0/users/delta?${query}`, { token: app });
  const id = await idOf('lukasz');
  await write(`/v1.0/users/${id}`, 'PATCH', { department: 'Elsewhere' });
  const unconcerned = await follow(kith, start.deltaLink, { token: app });
  assert.deepEqual(unconcerned.members, []);
  await write(`/v1.0/users/${id}`, 'PATCH', { jobTitle: 'Gardener', city: null });
  const minimal = { token: app, headers: { Prefer: 'return=minimal' } };
  const { members, last } = await follow(kith, unconcerned.deltaLink, minimal);
  assert.deepEqual(
    members.map(({ '@odata.etag': _, ...rest }) => rest),
    [{ id, jobTitle: 'Gardener', city: null }],
  );
  assert.equal(last.headers['preference-applied'], 'return=minimal');
});

test('a filter follows single people', async () => {
  const [one, two] = [await idOf('lukasz'), await makeUser('Followed')];
  const filter = encodeURIComponent(`id eq '${one}' or id eq '${two}'`);
  const start = await follow(kith, `/v1.0/users/delta?$filter=${filter}`, { token: app });
  assert.deepEqual(start.members.map(({ id }) => id).sort(), [one, two].sort());
  await makeUser('Not followed');
  await write(`/v1.0/users/${two}`, 'DELETE');
  const { members } = await follow(kith, start.deltaLink, { token: app });
  assert.deepEqual(
    members.map((each) => [each.id, '@removed' in each]),
    [[two, true]],
  );
});

test('members of groups are told with them, all at first, then those who come and go', async () => {
  const id = await aGroup();
  const filter = `$filter=${encodeURIComponent(`id eq '${id}'`)}`;
  const start = await follow(kith, `/v1.0/groups/delta?${filter}`, { token: app });
  const [group] = start.members;
  const before: readonly { id: string }[] = group['members@delta'];
  const listed = await kith.request(`/v1.0/groups/${id}/members?$select=id`, { token: app });
  assert.equal(before.length, listed.json.value.length);
  const gone = before[0]!.id;
  const come = await makeUser('Member');
  await write(`/v1.0/groups/${id}/members/$ref`, 'POST', {
    '@odata.id': `${kith.origin}/v1.0/users/${come}`,
  });
  await write(`/v1.0/groups/${id}/members/${gone}/$ref`, 'DELETE');
  const next = await follow(kith, start.deltaLink, { token: app });
  const type = '#microsoft.graph.user';
  assert.deepEqual(next.members[0]['members@delta'], [
    { '@odata.type': type, id: come },
    { '@odata.type': type, id: gone, '@removed': { reason: 'deleted' } },
  ]);
  await write(`/v1.0/users/${come}`, 'DELETE');
  const last = await follow(kith, next.deltaLink, { token: app });
  assert.deepEqual(last.members[0]['members@delta'], [
    { '@odata.type': type, id: come, '@removed': { reason: 'deleted' } },
  ]);
});

test('managers are told where they are selected', async () => {
  const path = '/v1.0/users/delta?$select=displayName,manager&$deltatoken=latest';
  const start = await follow(kith, path, { token: app });
  const [person, manager] = [await makeUser('Person'), await makeUser('Manager')];
  await write(`/v1.0/users/${person}/manager/$ref`, 'PUT', {
    '@odata.id': `${kith.origin}/v1.0/users/${manager}`,
  });
  const { members } = await follow(kith, start.deltaLink, { token: app });
  const told = members.find(({ id }) => id === person);
  assert.deepEqual(told['manager@delta'], [
    { '@odata.type': '#microsoft.graph.user', id: manager },
  ]);
});

test('changes of a photo and of a profile are told where they are selected', async () => {
  const path = '/beta/users/delta?$select=displayName,photo,profile&$deltatoken=latest';
  const start = await follow(kith, path, { token: app });
  await write('/beta/me/photo', 'PATCH', { height: 120, width: 120 }, mira);
  const { members } = await follow(kith, start.deltaLink, { token: app });
  assert.equal(members.length, 1);
  const [told] = members[0]['photo@delta'];
  assert.equal(told['@odata.type'], '#microsoft.graph.profilePhoto');
});

test("one's contacts are followed, and no one else's", async () => {
  const me: RequestOptions = { token: mira };
  const start = await follow(kith, '/v1.0/me/contacts/delta', {
    ...me,
    headers: { Prefer: 'odata.maxpagesize=2' },
  });
  const made = await write('/v1.0/me/contacts', 'POST', { displayName: 'Una' }, mira);
  const other = await write('/v1.0/me/contacts', 'POST', { displayName: 'Otto' }, mira);
  await write(`/v1.0/me/contacts/${other.id}`, 'DELETE', undefined, mira);
  const { members } = await follow(kith, start.deltaLink, me);
  const [una, otto] = members;
  assert.deepEqual([una.id, una.displayName], [made.id, 'Una']);
  assert.deepEqual(otto, { id: other.id, '@removed': { reason: 'deleted' } });
  const lukasz = await kith.token({ user: 'lukasz@fernhollow.example' });
  const link = start.deltaLink.replace(kith.origin, '');
  assert.equal((await kith.request(link, { token: lukasz })).status, 400);
});

test('whoever may not read all of the directory is refused', async () => {
  const scoped = (scopes: readonly string[]) =>
    kith.token({ user: 'mira@fernhollow.example', scopes });
  const basic = await scoped(['User.Read', 'User.ReadBasic.All']);
  assert.equal((await kith.request('/v1.0/users/delta', { token: basic })).status, 403);
  assert.equal((await kith.request('/v1.0/groups/delta', { token: basic })).status, 403);
  assert.equal((await kith.request('/v1.0/me/contacts/delta', { token: basic })).status, 403);
});

test('what delta queries do not take is refused', async () => {
  const refused: readonly (readonly [string, number])[] = [
    ['$orderby=displayName', 400],
    ['$search="displayName:a"', 400],
    ['$expand=manager,memberOf', 400],
    ['$expand=photo', 400],
    ['$filter=startswith(displayName,%27a%27)', 400],
    [`$filter=id in (${Array.from({ length: 51 }, (_, at) => `%27${at}%27`).join(',')})`, 400],
    ['$select=skills', 501],
    ['$select=nothing', 400],
    ['$deltatoken=x', 400],
    [`$deltatoken=${'%00'.repeat(100)}`, 400],
    ['$deltatoken=%ZZ', 400],
    ['$skiptoken=AAAAAAAAAAAAAAAAAAAAAA.AAAA', 400],
    ['$top=0', 400],
  ];
  for (const [query, status] of refused) {
    const path = `/v1.0/users/delta?${query.replaceAll(' ', '%20').replaceAll('"', '%22')}`;
    const reply = await kith.request(path, { token: app });
    assert.equal(reply.status, status, `${query}: ${reply.text}`);
  }
  assert.equal((await kith.request('/v1.0/users/delta/x', { token: app })).status < 500, true);
  const posted = await kith.request('/v1.0/users/delta', { method: 'POST', token: app });
  assert.equal(posted.status, 405);
});

test('a reset ends every round', async () => {
  const { deltaLink } = await follow(kith, '/v1.0/users/delta?$deltatoken=latest', { token: app });
  assert.equal((await kith.request('/_kith/reset', { method: 'POST' })).status < 300, true);
  const reply = await kith.request(deltaLink.replace(kith.origin, ''), { token: app });
  assert.equal(reply.status, 410, reply.text);
  assert.equal(reply.json.error.code, 'resyncRequired');
  const location = String(reply.headers.location);
  assert.equal(location, `${kith.origin}/v1.0/users/delta?$deltatoken=`);
  const again = await follow(kith, location, { token: app });
  assert.ok(again.members.length > 10);
});
