import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { facetNames } from '#model/profile/facet-members.ts';
import { type Reply, type RunningKith, startKith } from '../running-kith.ts';
import { facetBodies } from './facet-bodies.ts';

let kith: RunningKith;
let token: string;
let id: string;
before(async () => {
  kith = await startKith();
  token = await kith.token();
  id = (await kith.request('/beta/me', { token })).json.id;
});
after(() => kith?.close());

const profile = '/beta/me/profile';
const unknown = '6c1d8f0e-4a51-4f0e-9a57-3f1d2f0c9b11';

function ask(path: string, method = 'GET', body?: unknown): Promise<Reply> {
  return kith.request(path.replaceAll(' ', '%20'), {
    token,
    method,
    ...(body === undefined ? {} : { body }),
  });
}

/** What of an answer a body has said, null and single texts read as collections where they are. */
function shown(given: unknown, answered: unknown): unknown {
  if (Array.isArray(answered) && !Array.isArray(given)) return given === null ? [] : [given];
  if (Array.isArray(given)) return given.map((each, at) => shown(each, (answered as [])[at]));
  if (typeof given !== 'object' || given === null) return given;
  const members = Object.entries(given).map(([name, each]) => {
    return [name, shown(each, (answered as Record<string, unknown>)?.[name])];
  });
  return Object.fromEntries(members);
}

function pick(answered: unknown, given: unknown): unknown {
  if (Array.isArray(given)) return given.map((each, at) => pick((answered as [])[at], each));
  if (typeof given !== 'object' || given === null || Array.isArray(answered)) return answered;
  const members = Object.entries(given).map(([name, each]) => {
    return [name, pick((answered as Record<string, unknown>)?.[name], each)];
  });
  return Object.fromEntries(members);
}

function assertShows(reply: Reply, given: unknown): void {
  assert.deepEqual(pick(reply.json, given), shown(given, reply.json));
}

function assertUnknown(reply: Reply): void {
  assert.equal(reply.status, 404);
  assert.equal(reply.json.error.code, 'UnknownError');
  assert.equal(reply.json.error.message, '');
}

test('there is a body for each facet', () => {
  assert.deepEqual(Object.keys(facetBodies), facetNames);
});

for (const [facet, { create, update, bad, target }] of Object.entries(facetBodies)) {
  test(`${facet}: one is made, read, listed, changed and deleted`, async () => {
    const at = `${profile}/${facet}`;
    const count = Number((await ask(`${at}/$count`)).text);
    const made = await ask(at, 'POST', create);
    assert.equal(made.status, 201, made.text);
    assertShows(made, create);
    const { json } = made;
    assert.match(json.id, /^[\da-f-]{36}$/);
    assert.equal(
      made.headers.location,
      `${kith.origin}/beta/users('${id}')/profile/${facet}('${json.id}')`,
    );
    assert.equal(json.allowedAudiences, 'organization');
    assert.equal(json.createdBy.user.id, id);
    assert.deepEqual(json.lastModifiedBy, json.createdBy);
    assert.match(json.createdDateTime, /^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{7}Z$/);
    const one = `${at}/${json.id}`;
    const read = await ask(one);
    assert.deepEqual(read.json, json);
    const list = await ask(`${at}?$count=true&$filter=id eq '${json.id}'`);
    assert.equal(list.json['@odata.count'], 1);
    assertShows({ ...list, json: list.json.value[0] }, create);
    const changed = await ask(one, 'PATCH', update);
    assert.equal(changed.status, 200, changed.text);
    assertShows(changed, update);
    assert.equal(changed.json.createdDateTime, json.createdDateTime);
    const inlined = (await ask(profile)).json[facet];
    assert.equal(inlined.length, count + 1);
    assertShows(
      { ...list, json: inlined.find((each: { id: string }) => each.id === json.id) },
      update,
    );
    assert.equal((await ask(one, 'DELETE')).status, 204);
    assertUnknown(await ask(one));
    assertUnknown(await ask(one, 'PATCH', update));
    assertUnknown(await ask(one, 'DELETE'));
    assert.equal(Number((await ask(`${at}/$count`)).text), count);
  });

  test(`${facet}: what is not right is refused by its name, and nothing is kept`, async () => {
    const before = await ask(profile);
    const alone = await ask(`${profile}/${facet}`, 'POST', bad);
    assert.equal(alone.status, 400, alone.text);
    assert.equal(alone.json.error.target, target);
    const good = Object.entries(facetBodies).map(([name, each]) => [name, [each.create]]);
    const deep = Object.fromEntries(good);
    deep[facet] = [create, bad];
    const among = await ask(profile, 'PATCH', deep);
    assert.equal(among.status, 400, among.text);
    assert.equal(among.json.error.target, `${facet}/${target}`);
    assert.deepEqual((await ask(profile)).json, before.json);
  });
}

describe('a profile', () => {
  test('has all facets in it, or those that are asked for', async () => {
    const whole = await ask(profile);
    const names = Object.keys(whole.json).filter((name) => !name.startsWith('@'));
    assert.deepEqual(names, ['id', ...facetNames]);
    const some = await ask(`${profile}?$expand=names($select=first,last),skills($top=1)`);
    const shownNames = Object.keys(some.json).filter((name) => !name.includes('@'));
    assert.deepEqual(shownNames, ['id', 'names', 'skills']);
    assert.deepEqual(Object.keys(some.json.names[0]).sort(), ['@odata.etag', 'first', 'last']);
    assert.equal(some.json.skills.length, 1);
    const selected = await ask(`${profile}?$select=id,names`);
    assert.deepEqual(selected.json.names, whole.json.names);
    assert.equal(selected.json.skills, undefined);
    const inside = await ask('/beta/me?$select=id&$expand=profile($expand=names)');
    assert.deepEqual(inside.json.profile.names, whole.json.names);
  });

  test('is changed with its facets: merged by id, made, and taken away, all at once', async () => {
    const { json } = await ask(`${profile}/skills`, 'POST', { displayName: 'Knots' });
    const gone = await ask(`${profile}/awards`, 'POST', { displayName: 'Worst knot' });
    const start = await ask(profile);
    const changed = await ask(profile, 'PATCH', {
      '@odata.type': '#microsoft.graph.profile',
      id,
      skills: [{ id: json.id, proficiency: 'expert' }, { displayName: 'Bends' }],
      awards: [{ id: gone.json.id, '@removed': { reason: 'deleted' } }],
      notes: [{ detail: { contentType: 'text', content: 'Hitches, too.' } }],
    });
    assert.equal(changed.status, 200, changed.text);
    const read = await ask(profile);
    assert.equal(read.headers.etag, changed.headers.etag);
    assert.notEqual(read.headers.etag, start.headers.etag);
    const told = (facet: string) =>
      read.json[facet].map((each: { displayName: string }) => each.displayName);
    assert.ok(told('skills').includes('Bends'));
    const knots = read.json.skills.find((each: { id: string }) => each.id === json.id);
    assert.deepEqual([knots.displayName, knots.proficiency], ['Knots', 'expert']);
    assert.deepEqual(told('awards').includes('Worst knot'), false);
    assert.equal(read.json.skills.length, start.json.skills.length + 1);
    assertUnknown(await ask(profile, 'PATCH', { skills: [{ id: unknown, displayName: 'x' }] }));
    const other = await ask(profile, 'PATCH', { id: unknown });
    assert.equal(other.status, 400);
  });

  test('is named and written as the pages of Graph name and write it', async () => {
    const alias = await ask(`${profile}/accounts`);
    assert.deepEqual(alias.json, (await ask(`${profile}/account`)).json);
    const body = { displayName: 'Lighthouse prize', issuedDate: 'Date', issuingAuthority: null };
    const { status, json } = await ask(`${profile}/awards`, 'POST', body);
    assert.deepEqual([status, json.issuedDate], [201, null]);
    const none = await ask(`${profile}/responsibilities`);
    assert.equal(none.status, 400);
    assert.equal((await ask(profile, 'POST', {})).status, 405);
    assert.equal((await ask(`${profile}/skills`, 'PATCH', {})).status, 405);
    assert.equal((await ask(`${profile}/skills`, 'DELETE')).status, 405);
    assert.equal((await ask(`${profile}/skills/${json.id}`, 'PUT', {})).status, 405);
  });

  test('loses what its person wrote when it is deleted, and keeps the directory', async () => {
    await ask(`${profile}/awards`, 'POST', { displayName: 'Any', allowedAudiences: 'me' });
    const mobile = `${profile}/phones?$filter=type eq 'mobile'`;
    const [phone] = (await ask(mobile)).json.value;
    await ask(`${profile}/phones/${phone.id}`, 'PATCH', { displayName: 'Not at noon' });
    assert.equal((await ask(mobile)).json.value[0].displayName, 'Not at noon');
    assert.equal((await ask(profile, 'DELETE')).status, 204);
    const { json } = await ask(profile);
    assert.deepEqual([json.awards, json.languages], [[], []]);
    assert.equal(json.names.length, 1);
    const [again] = (await ask(mobile)).json.value;
    assert.deepEqual([again.id, again.number, again.displayName], [phone.id, phone.number, null]);
    await ask(`${profile}/phones/${phone.id}`, 'PATCH', { displayName: 'Waiting' });
    await ask('/beta/me', 'PATCH', { mobilePhone: null });
    await ask(profile, 'DELETE');
    await ask('/beta/me', 'PATCH', { mobilePhone: phone.number });
    assert.equal((await ask(mobile)).json.value[0].displayName, null);
  });

  test('is for the version that If-Match names', async () => {
    const { headers } = await ask(profile);
    const send = (tag: string) =>
      kith.request(`${profile}`, {
        token,
        body: { skills: [{ displayName: tag }] },
        headers: { 'If-Match': tag },
      });
    assert.equal((await send(headers.etag!)).status, 200);
    assert.equal((await send(headers.etag!)).status, 412);
    await ask('/beta/me', 'PATCH', { jobTitle: 'Rigger' });
    const same = await kith.request(profile, {
      token,
      headers: { 'If-None-Match': headers.etag! },
    });
    assert.equal(same.status, 200);
    assert.equal(same.json.positions.at(-1).detail.jobTitle, 'Rigger');
  });
});

test('a facet that has been inferred is read, and changed by nobody', async () => {
  await kith.request('/_kith/reset', { method: 'POST' });
  const all = (await ask(`${profile}/webAccounts`)).json.value;
  const inferred = all.find(({ inference }: { inference: object | null }) => inference);
  assert.equal(inferred.inference.userHasVerifiedAccuracy, false);
  const one = `${profile}/webAccounts/${inferred.id}`;
  assert.deepEqual((await ask(one)).json.inference, inferred.inference);
  assertUnknown(await ask(one, 'PATCH', { description: 'Mine' }));
  assertUnknown(await ask(one, 'DELETE'));
  assertUnknown(await ask(profile, 'PATCH', { webAccounts: [{ id: inferred.id, userId: 'x' }] }));
});

test('a profile that is read again shows what has changed, of the manager too', async () => {
  const manager = (await ask('/beta/me/manager?$select=id')).json.id;
  const told = async () => {
    const { json } = await ask(profile);
    return json.positions.at(-1).manager.displayName;
  };
  for (const displayName of ['Ann First', 'Ann Second', 'Ann Third']) {
    await ask(`/beta/users/${manager}`, 'PATCH', { displayName });
    assert.equal(await told(), displayName);
    assert.equal(await told(), displayName);
  }
  const plain = await kith.request(profile, { token, headers: { Accept: 'application/json' } });
  const none = await kith.request(profile, {
    token,
    headers: { Accept: 'application/json;odata.metadata=none' },
  });
  assert.deepEqual(plain.json, (await ask(profile)).json);
  assert.equal(none.json['@odata.context'], undefined);
  const { headers } = plain;
  const same = await kith.request(profile, { token, headers: { 'If-None-Match': headers.etag! } });
  assert.equal(same.status, 304);
});

describe('facets are kept in step with the user', () => {
  const own = '/localtest/me';

  test('a skill that all may see is one of the user, and goes with it', async () => {
    const skills = async () => (await ask(`${own}?$select=skills`)).json.skills;
    const told = async () =>
      (await ask(`${profile}/skills?$select=displayName`)).json.value.map(
        (each: { displayName: string }) => each.displayName,
      );
    await ask(own, 'PATCH', { skills: ['Caulking'] });
    assert.deepEqual(await told(), ['Caulking']);
    const { json } = await ask(`${profile}/skills`, 'POST', { displayName: 'Reefing' });
    await ask(`${profile}/skills`, 'POST', { displayName: 'Hiding', allowedAudiences: 'me' });
    assert.deepEqual(await skills(), ['Caulking', 'Reefing']);
    await ask(`${profile}/skills/${json.id}`, 'PATCH', { displayName: 'Furling' });
    assert.deepEqual(await skills(), ['Caulking', 'Furling']);
    await ask(own, 'PATCH', { skills: ['Caulking', 'Sewing'] });
    assert.deepEqual((await told()).sort(), ['Caulking', 'Hiding', 'Sewing']);
    assertUnknown(await ask(`${profile}/skills/${json.id}`));
    const [caulking] = (await ask(`${profile}/skills?$filter=displayName eq 'Caulking'`)).json
      .value;
    assert.deepEqual(caulking.source.type, ['AAD']);
    const one = `${profile}/skills/${caulking.id}`;
    const adopted = await ask(one, 'PATCH', { proficiency: 'expert' });
    assert.deepEqual([adopted.json.id, adopted.json.source.type], [caulking.id, ['User']]);
    assert.deepEqual(await skills(), ['Caulking', 'Sewing']);
    await ask(one, 'PATCH', { allowedAudiences: 'me' });
    assert.deepEqual(await skills(), ['Sewing']);
    await ask(one, 'DELETE');
    assert.deepEqual((await told()).sort(), ['Hiding', 'Sewing']);
  });

  test('what starts from a value of the user is written there, and read from there', async () => {
    const cases = [
      ['phones', "type eq 'mobile'", { number: '+32 1' }, 'mobilePhone', '+32 1', '+32 2'],
      ['notes', "displayName eq 'About me'", { detail: { content: 'a' } }, 'aboutMe', 'a', 'b'],
      [
        'websites',
        "source/type/any(t:t eq 'AAD')",
        { webUrl: 'https://a.example' },
        'mySite',
        'https://a.example',
        'https://b.example',
      ],
      ['names', "source/type/any(t:t eq 'AAD')", { first: 'Ada' }, 'givenName', 'Ada', 'Bea'],
      [
        'account',
        "source/type/any(t:t eq 'AAD')",
        { countryCode: 'BE' },
        'usageLocation',
        'BE',
        'NL',
      ],
    ] as const;
    for (const [facet, filter, body, property, value, other] of cases) {
      const [held] = (await ask(`${profile}/${facet}?$filter=${filter}`)).json.value;
      const one = `${profile}/${facet}/${held.id}`;
      assert.equal((await ask(one, 'PATCH', body)).status, 200, facet);
      assert.equal((await ask(`${own}?$select=${property}`)).json[property], value, facet);
      await ask(own, 'PATCH', { [property]: other });
      assert.ok((await ask(one)).text.includes(`"${other}"`), facet);
    }
  });

  test('a first facet of a kind that the user has a value for becomes that value', async () => {
    await ask(own, 'PATCH', { mobilePhone: null, birthday: '0001-01-01T00:00:00Z' });
    const phone = { type: 'mobile', number: '+32 5', displayName: 'Boat' };
    const made = await ask(`${profile}/phones`, 'POST', phone);
    assert.equal(made.status, 201, made.text);
    const birthday = { type: 'birthday', date: '1990-02-03', allowedAudiences: 'me' };
    assert.equal((await ask(`${profile}/anniversaries`, 'POST', birthday)).status, 201);
    const { json } = await ask(`${own}?$select=mobilePhone,birthday`);
    assert.deepEqual([json.mobilePhone, json.birthday], ['+32 5', '0001-01-01T00:00:00Z']);
    await ask(own, 'PATCH', { mobilePhone: null });
    assertUnknown(await ask(`${profile}/phones/${made.json.id}`));
    const again = await ask(`${profile}/phones`, 'POST', { type: 'mobile', number: '+32 6' });
    assert.deepEqual([again.status, again.json.id], [201, made.json.id]);
    const other = await ask(`${profile}/phones`, 'POST', { type: 'mobile', number: '+32 7' });
    assert.notEqual(other.json.id, made.json.id);
    assert.equal((await ask(`${own}?$select=mobilePhone`)).json.mobilePhone, '+32 6');
  });

  test('what only the directory changes is refused', async () => {
    const [mail] = (await ask(`${profile}/emails?$filter=type eq 'main'`)).json.value;
    const changed = await ask(`${profile}/emails/${mail.id}`, 'PATCH', { address: 'x@y.example' });
    assert.equal(changed.status, 400);
    assert.equal(changed.json.error.target, 'address');
    assert.equal((await ask(`${profile}/emails/${mail.id}`, 'DELETE')).status, 403);
    const beside = await ask(`${profile}/emails/${mail.id}`, 'PATCH', { displayName: 'Desk' });
    assert.deepEqual([beside.status, beside.json.address], [200, mail.address]);
  });
});

test('a list is searched, filtered, ordered and paged over all facets', async () => {
  const at = `${profile}/projects`;
  await ask(profile, 'DELETE');
  await ask('/localtest/me', 'PATCH', { pastProjects: ['Harbour wall', 'Lock gate'] });
  await ask(at, 'POST', { displayName: 'Harbour crane', client: { displayName: 'Larch' } });
  await ask(at, 'POST', { displayName: 'Secret harbour', isSearchable: false });
  const names = async (query: string) =>
    (await ask(`${at}?${query}`)).json.value.map(
      (each: { displayName: string }) => each.displayName,
    );
  const searched = await names('$search="harb"&$orderby=displayName');
  assert.deepEqual(searched, ['Harbour crane', 'Harbour wall']);
  assert.deepEqual(await names('$search="larch"'), ['Harbour crane']);
  const filtered = await names(
    "$filter=startswith(displayName,'Harbour')&$orderby=displayName desc",
  );
  assert.deepEqual(filtered, ['Harbour wall', 'Harbour crane']);
  assert.deepEqual(await names("$filter=client/displayName eq 'Larch'"), ['Harbour crane']);
  assert.deepEqual(await names('$orderby=displayName&$skip=1&$top=2'), [
    'Harbour wall',
    'Lock gate',
  ]);
  const pages: string[] = [];
  let next: string | undefined = `${at}?$top=1&$orderby=displayName&$count=true`;
  for (; next; ) {
    const { json } = await ask(next.replace(kith.origin, ''));
    pages.push(...json.value.map((each: { displayName: string }) => each.displayName));
    next = json['@odata.nextLink'];
  }
  assert.deepEqual(pages, ['Harbour crane', 'Harbour wall', 'Lock gate', 'Secret harbour']);
});
