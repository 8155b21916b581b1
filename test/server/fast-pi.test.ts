import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertError } from '../contract/expectations.ts';
import { type Reply, type RequestOptions, type RunningKith, startKith } from '../running-kith.ts';

const FAST_PI = 'Microsoft.Fast.PI.ViewGenerator.V2.Profile.Models';

let kith: RunningKith;
let token: string;
let miraId: string;
before(async () => {
  kith = await startKith();
  token = await kith.token();
  miraId = (await kith.request('/v1.0/me', { token })).json.id;
});
after(() => kith?.close());

function ask(path: string, options: RequestOptions = {}): Promise<Reply> {
  const [root, way] = path.startsWith('/') ? ['', path] : ['/beta/', path];
  return kith.request(`${root}${way.replaceAll(' ', '%20')}`, { token, ...options });
}

function mine(path: string, options: RequestOptions = {}): Promise<Reply> {
  return ask(`user/${miraId}/profile${path}`, options);
}

function post(path: string, body: object): Promise<Reply> {
  return mine(path, { method: 'POST', body });
}

describe('a profile in the Fast.PI dialect', () => {
  test('is read in the other dialect as soon as it is written in one', async () => {
    const made = await post('/skills', { displayName: 'Rust', proficiency: 'expert' });
    assert.equal(made.status, 201, made.text);
    const { id } = made.json;
    assert.equal(
      made.headers.location,
      `${kith.origin}/beta/user('${miraId}')/profile/skills('${id}')`,
    );
    const read = await ask(`me/profile/skills/${id}`);
    assert.equal(read.json.displayName, 'Rust');
    await ask(`me/profile/skills/${id}`, { body: { proficiency: 'elementary' } });
    const [shown] = (await mine(`/skills?$filter=id eq '${id}'&$count=true`)).json.value;
    assert.equal(shown.proficiency, 'elementary');
    assert.equal((await mine(`/skills/${id}`, { method: 'DELETE' })).status, 204);
    assert.equal((await ask(`me/profile/skills/${id}`)).status, 404);
  });

  test('names its types, and nothing that only Graph has', async () => {
    const body = {
      '@odata.type': `#${FAST_PI}.projectParticipation`,
      displayName: 'Bridge',
      client: { '@odata.type': `#${FAST_PI}.companyDetail`, displayName: 'Fernhollow' },
    };
    const { id } = (await post('/projects', body)).json;
    const inGraph = await ask(`/localtest/me/profile/projects/${id}`);
    assert.doesNotMatch(inGraph.text, /Fast\.PI/);
    assert.equal(inGraph.json.client['@odata.type'], 'microsoft.graph.companyDetail');
    const inFastPi = await ask(`/localtest/user/${miraId}/profile/projects/${id}`);
    assert.doesNotMatch(inFastPi.text, /microsoft\.graph/);
    assert.equal(inFastPi.json.client['@odata.type'], `${FAST_PI}.companyDetail`);
    assert.ok('sources' in inGraph.json);
    assert.ok(!('sources' in inFastPi.json));
    assertError(await mine(`/projects?$filter=sources/any()`), 400);
    assertError(await mine(`/projects?$select=sources`), 400);
    assertError(await mine(`/projects/${id}`, { body: { sources: [] } }), 400);
  });

  test('leaves what only Graph says of a facet as it is', async () => {
    const body = {
      displayName: 'Tunnel',
      client: { displayName: 'Fernhollow', costCenter: '17' },
      colleagues: [{ displayName: 'Ann', userId: 'a' }, { displayName: 'Bo' }],
    };
    const made = await ask('me/profile/projects', { method: 'POST', body });
    const change = {
      client: { department: 'Rivers' },
      colleagues: [{ displayName: 'Bo' }, { displayName: 'Ann' }],
    };
    const changed = await mine(`/projects/${made.json.id}`, { body: change });
    assert.equal(changed.status, 200, changed.text);
    const read = await ask(`me/profile/projects/${made.json.id}`);
    const { client, colleagues } = read.json;
    assert.deepEqual([client.costCenter, client.department], ['17', 'Rivers']);
    assert.deepEqual(colleagues, [{ displayName: 'Bo' }, { displayName: 'Ann', userId: 'a' }]);
  });

  test('takes every option of the query language', async () => {
    for (const displayName of ['Chess', 'Choir', 'Darts'])
      await post('/interests', { displayName });
    const found = "$filter=startswith(displayName,'Ch')&$orderby=displayName desc";
    const asked = `${found}&$select=displayName&$count=true`;
    const page = await mine(`/interests?${asked}&$top=1`);
    assert.equal(page.json['@odata.count'], 2);
    assert.equal(page.json.value[0].displayName, 'Choir');
    const next = await kith.request(page.json['@odata.nextLink'].slice(kith.origin.length), {
      token,
    });
    assert.equal(next.json.value[0].displayName, 'Chess');
    const whole = await mine(
      "?$expand=interests($select=displayName;$filter=displayName eq 'Darts')",
    );
    assert.deepEqual(
      whole.json.interests.map((each: { displayName: string }) => each.displayName),
      ['Darts'],
    );
    assert.deepEqual(Object.keys((await mine('')).json), ['@odata.context', '@odata.etag', 'id']);
    const first = (await mine('/interests?$top=1')).json.value[0].id;
    const name = await mine(`/interests/${first}/displayName`);
    assert.match(name.json['@odata.context'], /#user\('/);
    const reference = await mine(`/interests/${first}/$ref`);
    assert.match(reference.json['@odata.id'], /\/user\('/);
  });

  test('is changed with its facets, all of them or none', async () => {
    const skill = (displayName: unknown) => ({
      '@odata.type': `#${FAST_PI}.skillProficiency`,
      displayName,
    });
    const wrong = { skills: [skill('Falconry'), skill(7)] };
    assertError(await mine('', { body: wrong }), 400);
    assert.equal((await mine("/skills/$count?$filter=displayName eq 'Falconry'")).text, '0');
    const changed = await mine('', { body: { skills: [skill('Falconry'), skill('Fencing')] } });
    assert.deepEqual(Object.keys(changed.json).slice(2), ['@odata.type', 'id']);
    const newest = '$orderby=createdDateTime desc,displayName&$top=2&$select=displayName,id';
    const [other, one] = (await mine(`/skills?${newest}`)).json.value;
    assert.deepEqual([one.displayName, other.displayName], ['Falconry', 'Fencing']);
    const removed = { '@removed': { reason: 'deleted' }, id: other.id };
    await mine('', { body: { skills: [{ id: one.id, displayName: 'Hawking' }, removed] } });
    assert.equal((await ask(`me/profile/skills/${one.id}`)).json.displayName, 'Hawking');
    assert.equal((await ask(`me/profile/skills/${other.id}`)).status, 404);
    assertError(await mine('', { body: { extensions: [{ favourite: 'blue' }] } }), 400);
    assertError(await mine('', { body: { sources: [] } }), 400);
    assert.equal((await mine('', { method: 'DELETE' })).status, 204);
    assert.equal((await ask(`me/profile/skills/${one.id}`)).status, 404);
  });

  test('has data of applications beside the facets', async () => {
    const made = await post('/extensions', {
      '@odata.type': `#${FAST_PI}.personExtension`,
      favourite: 'blue',
      nested: { '@odata.type': '#microsoft.graph.identity', id: '7' },
    });
    assert.equal(made.status, 201, made.text);
    const { id } = made.json;
    const changed = await mine(`/extensions/${id}`, { body: { favourite: 'red', age: 3 } });
    assert.equal(changed.json.favourite, 'red');
    const [shown] = (await mine("/extensions?$filter=favourite eq 'red'")).json.value;
    assert.deepEqual([shown.age, shown.nested.id], [3, '7']);
    assertError(await ask('me/profile/extensions'), 400);
    assert.equal((await mine(`/extensions/${id}`, { method: 'DELETE' })).status, 204);
  });

  test('shows data of applications to its audience alone', async () => {
    const [own, open] = await Promise.all([
      post('/extensions', { mood: 'calm', allowedAudiences: 'me' }),
      post('/extensions', { mood: 'busy' }),
    ]);
    const other = await kith.token({ user: 'ingrid@fernhollow.example' });
    const seen = async (path: string) => (await mine(path, { token: other })).json;
    assert.deepEqual(
      (await seen('/extensions?$count=true')).value.map(({ mood }: { mood: string }) => mood),
      ['busy'],
    );
    assert.equal((await seen('/extensions?$count=true'))['@odata.count'], 1);
    assert.deepEqual((await seen("/extensions?$filter=mood eq 'calm'")).value, []);
    assert.equal((await seen('?$expand=extensions')).extensions.length, 1);
    const hidden = await mine(`/extensions/${own.json.id}`, { token: other });
    assertError(hidden, 404);
    const options = { token: other, body: { mood: 'loud' } };
    assertError(await mine(`/extensions/${own.json.id}`, options), 404);
    assertError(await mine(`/extensions/${own.json.id}`, { token: other, method: 'DELETE' }), 404);
    assert.equal((await mine(`/extensions/${open.json.id}`, options)).status, 200);
    assert.equal((await mine('/extensions')).json.value.length, 2);
    for (const { json } of [own, open]) await mine(`/extensions/${json.id}`, { method: 'DELETE' });
  });

  test('takes types by the names that they had first', async () => {
    const type = `#${FAST_PI}.personAnniversary`;
    const made = await post('/anniversaries', { '@odata.type': type, date: '2011-02-03' });
    assert.equal(made.status, 201, made.text);
    const name = { '@odata.type': `#${FAST_PI}.yomiPersonName`, first: 'Mi-ra' };
    const named = await post('/names', { displayName: 'Mira', pronunciation: name });
    assert.equal(named.status, 201, named.text);
    await mine(`/anniversaries/${made.json.id}`, { method: 'DELETE' });
    await mine(`/names/${named.json.id}`, { method: 'DELETE' });
  });
});

describe('the users of Fast.PI', () => {
  test("are the directory's, by id alone", async () => {
    const page = await ask('user?$top=2');
    assert.deepEqual(Object.keys(page.json.value[0]), ['@odata.etag', 'id']);
    assert.match(page.json['@odata.nextLink'], /\/beta\/user\?/);
    const one = await ask(`/localtest/user/${miraId}`);
    assert.equal(one.json['@odata.type'], `#${FAST_PI}.user`);
    assert.equal((await ask(`user/${miraId}`, { body: {} })).json.id, miraId);
    assertError(await ask(`user/${miraId}`, { body: { id: crypto.randomUUID() } }), 400);
    assertError(await ask(`user/${miraId}`, { body: { displayName: 'No' } }), 400);
    assertError(await ask("user?$filter=displayName eq 'Mira'"), 400);
  });

  test('have the photos of the directory, by id alone', async () => {
    const { json } = await ask(`user/${miraId}/photos`);
    const sizes = (await ask('me/photos')).json.value;
    assert.deepEqual(
      json.value.map(({ id }: { id: string }) => id),
      sizes.map(({ id }: { id: string }) => id),
    );
    assert.ok(json.value.every((each: object) => !('height' in each)));
    const bytes = await ask(`user/${miraId}/photos/48x48/$value`);
    assert.deepEqual(bytes.bytes, (await ask('me/photos/48x48/$value')).bytes);
    assert.equal((await ask(`user/${miraId}/photo/$value`)).headers['content-type'], 'image/jpeg');
    assertError(await ask(`user/${miraId}/photos`, { method: 'POST', body: {} }), 405);
    const put = { method: 'PUT', body: bytes.bytes };
    assertError(await ask(`user/${miraId}/photo/$value`, put), 405);
  });

  test('are told of no changes: those are told in the dialect of Graph', async () => {
    await using plain = await startKith({ flags: ['--fidelity', 'odata'] });
    const as = { token: await plain.token(), headers: { Prefer: 'track-changes' } };
    const tracked = await plain.request('/beta/users?$select=id', as);
    assert.ok(tracked.json['@odata.deltaLink'] ?? tracked.json['@odata.nextLink']);
    const page = await plain.request('/beta/user', as);
    assert.deepEqual(Object.keys(page.json.value[0]), ['@odata.etag', 'id']);
    assert.ok(!('@odata.deltaLink' in page.json));
    assertError(await plain.request('/beta/user?$deltatoken=x', as), 400);
  });

  test('are reached with the permissions of people', async () => {
    const scopes = ['User.Read'];
    const little = await kith.token({ user: 'mira@fernhollow.example', scopes });
    const others = (await ask('user')).json.value.find(
      (each: { id: string }) => each.id !== miraId,
    );
    assert.equal((await mine('', { token: little })).status, 200);
    const readings = ['user', `user/${others.id}`, `user/${others.id}/profile/skills`];
    for (const path of readings) assertError(await ask(path, { token: little }), 403);
    assertError(await mine('/skills', { token: little, method: 'POST', body: {} }), 403);
  });

  test('have nothing that the generator of the pages made up', async () => {
    const refused = [
      ['POST', 'user'],
      ['POST', `user/${miraId}/profile`],
      ['PATCH', `user/${miraId}/profile/skills`],
      ['DELETE', `user/${miraId}/profile/skills`],
    ] as const;
    for (const [method, path] of refused) {
      const reply = await ask(path, { method, ...(method === 'DELETE' ? {} : { body: {} }) });
      assertError(reply, 405);
      assert.match(String(reply.headers.allow), /GET, HEAD/);
    }
    for (const path of ['extension', 'itemFacet', 'personResponsibility']) {
      assertError(await ask(path), 400);
    }
  });
});
