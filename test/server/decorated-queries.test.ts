import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
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
  await ask(`${connections}/viewer(name='i')?$search="mira"`, 400);
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
