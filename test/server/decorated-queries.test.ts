import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type RunningKith, startKith } from '../running-kith.ts';

/** What may be asked of profiles and connections that are worked out when they are read. */

let kith: RunningKith;
let token: string;
let me: string;
let ingrid: string;
before(async () => {
  kith = await startKith();
  token = await kith.token();
  me = (await ask('me?$select=id')).id;
  ingrid = (await ask('users/ingrid@fernhollow.example?$select=id')).id;
});
after(() => kith?.close());

// biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came.
async function ask(path: string, status = 200): Promise<any> {
  const reply = await kith.request(encodeURI(`/v1.0/${path}`), { token });
  assert.equal(reply.status, status, `${path}: ${reply.text}`);
  return reply.json ?? reply.text;
}

const connections = 'decoratedProfileConnections';
const whole = `${connections}?$expand=profile($expand=endorsedSkills)&$top=99`;

test('connections are filtered and ordered by what their profiles say', async () => {
  const all = (await ask(whole)).value as { id: string; profile: Record<string, unknown> }[];
  assert.ok(all.length > 3);
  const [first] = all;
  const { headline, firstName } = first!.profile as { headline: string; firstName: string };
  const expected = all.filter(({ profile }) => profile.headline === headline);
  const text = encodeURIComponent(headline.replaceAll("'", "''"));
  const found = await kith.request(
    `/v1.0/${connections}?$filter=profile/headline%20eq%20'${text}'&$count=true`,
    { token },
  );
  assert.deepEqual(
    found.json.value.map(({ id }: { id: string }) => id),
    expected.map(({ id }) => id),
  );
  assert.equal(found.json['@odata.count'], expected.length);
  const ordered = await ask(`${connections}?$orderby=profile/firstName desc&$expand=profile`);
  const names = ordered.value.map((each: (typeof all)[number]) => each.profile.firstName);
  assert.deepEqual(names, names.toSorted().reverse());
  const named = `viewer(name='${firstName}')?$filter=profile/firstName ne '${firstName}'`;
  assert.deepEqual((await ask(`${connections}/${named}`)).value, []);
});

test('profiles are filtered by the skills that others endorse, and by who does', async () => {
  const all = (await ask('decoratedProfiles?$expand=endorsedSkills($expand=endorsers)&$top=99'))
    .value as {
    id: string;
    endorsedSkills: { skillName: string; endorsers: { id: string }[] }[];
  }[];
  const ids = async (filter: string) => {
    const { value } = await ask(`decoratedProfiles?$filter=${filter}&$select=id&$top=99`);
    return value.map(({ id }: { id: string }) => id);
  };
  const chosen = (test: (each: (typeof all)[number]) => boolean) =>
    all.filter(test).map(({ id }) => id);
  const { skillName } = all.find((each) => each.endorsedSkills.length > 0)!.endorsedSkills[0]!;
  assert.deepEqual(
    await ids(`endorsedSkills/any(s:s/skillName eq '${skillName}')`),
    chosen((each) => each.endorsedSkills.some((skill) => skill.skillName === skillName)),
  );
  assert.deepEqual(
    await ids('endorsedSkills/$count gt 1'),
    chosen((each) => each.endorsedSkills.length > 1),
  );
  const by = chosen((each) =>
    each.endorsedSkills.some(({ endorsers }) => endorsers.some(({ id }) => id === ingrid)),
  );
  assert.ok(by.length > 0 && by.length < all.length);
  const filter = `endorsedSkills/any(s:s/endorsers/any(e:e/id eq '${ingrid}'))`;
  assert.deepEqual(await ids(filter), by);
});

test('options say what is shown of the profiles of a map', async () => {
  const map = `decoratedProfiles/batchGet(ids=['${me}'])`;
  const chosen = await ask(`${map}?$select=firstName&$expand=endorsedSkills($select=skillName)`);
  const [{ key, value }] = chosen.results;
  assert.deepEqual([key, value.firstName, value.lastName], [me, 'Mira', undefined]);
  assert.deepEqual(
    Object.keys(value.endorsedSkills[0]).filter((name) => !name.startsWith('@')),
    ['skillName'],
  );
  await ask(`${map}?$select=nothing`, 400);
  await ask(`${map}?$filter=firstName eq 'x'`, 400);
});

test('of some people those are found whom a search by names finds', async () => {
  const viewees = `decoratedProfiles/viewees(viewees=['${ingrid}','${me}'])`;
  const found = await ask(`${viewees}?$search="mira"&$select=id&$count=true`);
  assert.deepEqual([found['@odata.count'], found.value[0].id], [1, me]);
  const both = await ask(`${viewees}?$search=mira OR ingrid&$select=id`);
  assert.deepEqual(
    both.value.map(({ id }: { id: string }) => id),
    [ingrid, me],
  );
  // Only what the entities themselves are called by is another question.
  await ask(`${viewees}?$search="firstName:mira"`, 501);
});

/** The names of connections in the order in which they stand. */
async function namesOf(query: string): Promise<string[]> {
  const { value } = await ask(`${connections}${query}&$expand=profile($select=firstName,lastName)`);
  return value.map(({ profile }: { profile: Record<string, string> }) => {
    return `${profile.firstName} ${profile.lastName}`;
  });
}

describe('a search of connections', () => {
  test('finds those whose other member has the name', async () => {
    const all = await namesOf('?$top=99');
    const [first, second] = all;
    const word = (name: string) => `"${name.split(' ')[0]}"`;
    assert.deepEqual(await namesOf(`?$search=${word(first!)}`), [first]);
    const either = `?$search=${word(second!)} OR ${word(first!)}`;
    assert.deepEqual(await namesOf(either), [first, second]);
    assert.deepEqual(await namesOf(`?$search=NOT ${word(first!)}`), all.slice(1));
    assert.deepEqual(await namesOf('?$search="mira"'), [], 'she is the caller');
  });

  test('goes with filters, orders, pages and counts', async () => {
    const [first, ...others] = await namesOf('?$top=99');
    const without = `$search=NOT "${first!.split(' ')[0]}"`;
    const { value, ...page } = await ask(`${connections}?${without}&$count=true&$top=3`);
    assert.deepEqual([page['@odata.count'], value.length], [others.length, 3]);
    assert.equal(await ask(`${connections}/$count?${without}`), String(others.length));
    const ordered = await namesOf(`?${without}&$orderby=profile/firstName desc`);
    assert.deepEqual(ordered.toSorted(), others.toSorted());
    const firstNames = ordered.map((name) => name.split(' ')[0]);
    assert.deepEqual(firstNames, firstNames.toSorted().reverse());
    const [second] = others;
    const word = second!.split(' ')[0];
    const filter = `profile/firstName eq '${word}'`;
    assert.deepEqual(await namesOf(`?${without}&$filter=${filter}`), [second]);
    const named = `viewer(name='${word}')?${without}&$count=true`;
    assert.equal((await ask(`${connections}/${named}`))['@odata.count'], 1);
  });

  test('goes from page to page without losing anybody', async () => {
    const [first, ...others] = await namesOf('?$top=99');
    const expand = '$expand=profile($select=firstName,lastName)';
    const without = `$search=NOT "${first!.split(' ')[0]}"`;
    const headers = { Prefer: 'odata.maxpagesize=2' };
    const seen: string[] = [];
    let path: string | undefined = encodeURI(`/v1.0/${connections}?${without}&${expand}`);
    for (let pages = 0; path !== undefined && pages < 99; pages += 1) {
      const { json } = await kith.request(path, { token, headers });
      for (const { profile } of json.value) seen.push(`${profile.firstName} ${profile.lastName}`);
      const next: string | undefined = json['@odata.nextLink'];
      path = next?.slice(kith.origin.length);
    }
    assert.deepEqual(seen, others);
  });

  test('finds the second members for an application', async () => {
    const app = await kith.token({ app: 'fernhollow-directory-sync' });
    const get = async (path: string) => {
      const reply = await kith.request(encodeURI(`/v1.0/${path}`), { token: app });
      assert.equal(reply.status, 200, reply.text);
      return reply.json.value as { profile: { id: string } }[];
    };
    const all = await get(`${connections}?$expand=profile($select=id)&$top=999`);
    const found = await get(`${connections}?$search="ingrid"&$expand=profile($select=id)`);
    const expected = all.filter(({ profile }) => profile.id === ingrid);
    assert.deepEqual(found, expected);
    assert.ok(found.length < all.length);
  });
});

test('profiles behind others are searched by their names, too', async () => {
  const query = encodeURIComponent(JSON.stringify([{ keywords: 'ingrid' }]));
  const path = `/v1.0/decoratedProfileSearchResults/batchQuery(queries=@q)?@q=${query}`;
  const [{ id }] = (await kith.request(path, { token })).json.value;
  const profiles = `decoratedProfileSearchResults/${id}/profiles`;
  assert.equal((await ask(`${profiles}?$search="ingrid"`)).value[0].id, ingrid);
  assert.deepEqual((await ask(`${profiles}?$search="mira"`)).value, []);
  // Functions of a collection look for those who are in it.
  const both = `viewees=['${me}','${ingrid}']`;
  const viewees = await ask(`${profiles}/viewees(${both})?$select=id&$count=true`);
  assert.deepEqual([viewees['@odata.count'], viewees.value[0].id], [1, ingrid]);
  assert.match(
    viewees['@odata.context'],
    /#decoratedProfileSearchResults\('.+'\)\/profiles\(id\)$/,
  );
  const [{ '@odata.id': named }] = (await ask(`${profiles}/viewees(${both})/$ref`)).value;
  assert.equal((await ask(new URL(named).pathname.slice('/v1.0/'.length))).id, ingrid);
  const map = await ask(`${profiles}/batchGet(ids=['${me}','${ingrid}'])?$select=id`);
  assert.deepEqual([map.errors[0].key, map.errors[0].value.status], [me, 404]);
  assert.deepEqual([map.results.length, map.results[0].value.id], [1, ingrid]);
  const result = `decoratedProfileSearchResults/${id}?$expand=profiles`;
  assert.equal((await ask(`${result}($search="ingrid")`)).profiles.length, 1);
  assert.deepEqual((await ask(`${result}($search="mira")`)).profiles, []);
});

test('what is worked out is referred to by where it stands', async () => {
  const ways = [
    'decoratedProfiles',
    connections,
    'linkedIn/invitations',
    `decoratedProfiles/${me}/endorsedSkills`,
    'decoratedProfileSearchResults',
  ];
  for (const way of ways) {
    const members = (await ask(`${way}?$top=3`)).value as { id: string }[];
    const { value } = await ask(`${way}/$ref?$top=3`);
    assert.equal(value.length, members.length, way);
    for (const [at, each] of value.entries()) {
      const read = await kith.request(new URL(each['@odata.id']).pathname, { token });
      assert.deepEqual([read.status, read.json.id], [200, members[at]!.id], way);
    }
  }
});

test('what a function finds is referred to as members of its set', async () => {
  const viewees = `decoratedProfiles/viewees(viewees=['${ingrid}','${me}'])`;
  const all = await ask(`${viewees}/$ref?$count=true`);
  const expected = [ingrid, me].map((id) => `${kith.origin}/v1.0/decoratedProfiles('${id}')`);
  assert.match(all['@odata.context'], /\$metadata#Collection\(\$ref\)$/);
  assert.equal(all['@odata.count'], 2);
  const idsOf = (page: { value: object[] }) => page.value.map((each) => Object.values(each)[0]);
  assert.deepEqual(idsOf(all), expected);
  assert.deepEqual(idsOf(await ask(`${viewees}/$ref?$search="mira"`)), [expected[1]]);
  assert.deepEqual(idsOf(await ask(`${viewees}/$ref?$orderby=firstName desc&$top=1`)), [
    expected[1],
  ]);
  assert.equal((await ask(`${connections}/viewer(name='ingrid')/$ref`)).value.length, 1);
});

test('one decorated profile is referred to by where it stands, and stays where it is', async () => {
  const [{ id }] = (await ask(`${connections}?$top=1`)).value;
  const ways = [
    ['me/decoratedProfile', `users('${me}')/decoratedProfile`],
    [`users/${ingrid}/decoratedProfile`, `users('${ingrid}')/decoratedProfile`],
    ['users/ingrid@fernhollow.example/decoratedProfile', `users('${ingrid}')/decoratedProfile`],
    [`${connections}/${id}/profile`, `${connections}('${id}')/profile`],
    [`decoratedProfiles/${ingrid}`, `decoratedProfiles('${ingrid}')`],
  ] as const;
  for (const [way, shown] of ways) {
    const reference = await ask(`${way}/$ref`);
    assert.deepEqual(reference, {
      '@odata.context': `${kith.origin}/v1.0/$metadata#$ref`,
      '@odata.id': `${kith.origin}/v1.0/${shown}`,
    });
    const read = await kith.request(new URL(reference['@odata.id']).pathname, { token });
    assert.deepEqual([read.status, read.json.id], [200, (await ask(way)).id]);
    for (const method of ['PUT', 'POST', 'DELETE']) {
      const body = method === 'DELETE' ? undefined : reference;
      const reply = await kith.request(`/v1.0/${way}/$ref`, { method, token, body });
      assert.equal(reply.status, 405, `${method} ${way}: ${reply.text}`);
    }
  }
  await ask('users/nobody@fernhollow.example/decoratedProfile/$ref', 404);
});
