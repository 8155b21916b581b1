import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { findSeeded } from '../contract/seeded.ts';
import { type Reply, type RunningKith, startKith } from '../running-kith.ts';

/** Decorated profiles as people look for them and at each other, over HTTP. */

const { mira, ingrid, connection, connected, connectionOfOthers } = findSeeded();
const nobody = '00000000-0000-4000-8000-000000000000';
const urn = (id: string) => `urn:li:member:${id}`;

let kith: RunningKith;
let token: string;
before(async () => {
  kith = await startKith();
  token = await kith.token();
});
after(() => kith?.close());

async function ask(path: string, options: object = {}): Promise<Reply> {
  const query = path.replaceAll(' ', '%20').replaceAll('"', '%22').replaceAll('{', '%7B');
  return kith.request(`/v1.0/${query.replaceAll('}', '%7D')}`, { token, ...options });
}

async function read(path: string, options: object = {}) {
  const reply = await ask(path, options);
  assert.equal(reply.status, 200, `${path}: ${reply.text.slice(0, 500)}`);
  return reply.json;
}

/** A path without the ids of the seed. */
function nameless(path: string): string {
  return [mira, connection, nobody].reduce((text, id) => text.replaceAll(id, '{id}'), path);
}

/** The value as it would be sent without the names of types. */
function withoutTypes(value: unknown): unknown {
  const text = JSON.stringify(value, (name, each) => (name === '@odata.type' ? undefined : each));
  return JSON.parse(text);
}

async function idsOf(path: string): Promise<string[]> {
  const ids: string[] = [];
  for (let next: string | undefined = path; next; ) {
    const page: { value: { id: string }[]; '@odata.nextLink'?: string } = await read(next);
    ids.push(...page.value.map(({ id }) => id));
    next = page['@odata.nextLink']?.replace(/^.*\/v1\.0\//, '');
  }
  return ids;
}

describe('the set of decorated profiles', () => {
  test('has everybody once, page by page, with a count', async () => {
    const ids = await idsOf('decoratedProfiles?$select=id&$top=7');
    assert.equal(ids.length, 50);
    assert.equal(new Set(ids).size, 50);
    const { '@odata.count': count } = await read('decoratedProfiles?$count=true&$top=1');
    assert.equal(count, 50);
    assert.equal((await ask('decoratedProfiles/$count')).text, '50');
  });

  const filters = [
    "connectionDegree eq 'DISTANCE_1'",
    'connected eq true',
    "contains(firstName,'a')",
    'totalPositionCount gt 3',
    "skills/any(s:s eq 'Interviewing')",
    "recentPositions/any(p:p/name eq 'Kestrel Bay Surveys')",
  ];
  for (const filter of filters) {
    test(`is filtered by ${filter}, as each profile says of itself`, async () => {
      const found = await idsOf(`decoratedProfiles?$select=id&$filter=${filter}`);
      const paged = await idsOf(`decoratedProfiles?$select=id&$top=2&$filter=${filter}`);
      const all = await read(`decoratedProfiles?$count=true&$top=1&$filter=${filter}`);
      assert.ok(found.length > 0 && found.length < 50, `${found.length}`);
      assert.deepEqual(paged, found);
      assert.equal(all['@odata.count'], found.length);
    });
  }

  test('is ordered by what is worked out, page by page', async () => {
    const names: string[] = [];
    let next: string | undefined = 'decoratedProfiles?$select=firstName&$orderby=firstName desc';
    for (next += '&$top=20'; next; ) {
      const page: { value: { firstName: string }[]; '@odata.nextLink'?: string } = await read(next);
      names.push(...page.value.map(({ firstName }) => firstName));
      next = page['@odata.nextLink']?.replace(/^.*\/v1\.0\//, '');
    }
    assert.equal(names.length, 50);
    assert.equal(names.at(-1), 'Aiden');
  });

  test('is searched by names, and by no property', async () => {
    const { value } = await read('decoratedProfiles?$search="mira"&$select=id');
    assert.deepEqual(
      value.map(({ id }: { id: string }) => id),
      [mira],
    );
    const reply = await ask('decoratedProfiles?$search="firstName:mira"');
    assert.equal(reply.status, 501);
  });

  test('names a member by id and by URN, in its context as one of the set', async () => {
    for (const path of [mira, urn(mira), `${mira}/microsoft.graph.linkedIn.DecoratedProfile`]) {
      const profile = await read(`decoratedProfiles/${path}`);
      assert.equal(profile.id, mira);
      assert.ok(profile['@odata.context'].endsWith('#decoratedProfiles/$entity'));
    }
    assert.equal((await read(`decoratedProfiles('${urn(mira)}')?$select=id`)).id, mira);
    for (const id of [nobody, urn(nobody)]) {
      assert.equal((await ask(`decoratedProfiles/${id}`)).status, 404);
    }
  });
});

describe('functions', () => {
  test('viewees gives the members that are there, in their order, each once', async () => {
    const ids = [urn(ingrid), mira, urn(nobody), 'urn:li:company:1', ingrid];
    const asked = `decoratedProfiles/viewees(viewees=@v)?@v=${JSON.stringify(ids)}&$select=id`;
    assert.deepEqual(await idsOf(asked), [ingrid, mira, ingrid].slice(0, 2));
    const inline = `decoratedProfiles/viewees(viewees=["${urn(mira)}"])?$expand=endorsedSkills`;
    const [profile] = (await read(inline)).value;
    assert.ok(Array.isArray(profile.endorsedSkills));
    const named = `decoratedProfiles/microsoft.graph.linkedIn.viewees(viewees=["${mira}"])`;
    assert.deepEqual(await idsOf(`${named}?$filter=connectionDegree eq 'SELF'`), [mira]);
  });

  test('batchGet tells those who are there from those who are not', async () => {
    const ids = JSON.stringify([urn(ingrid), nobody, mira]);
    const answer = await read(`decoratedProfiles/batchGet(ids=@i)?@i=${ids}`);
    assert.ok(answer['@odata.context'].endsWith('#microsoft.graph.DecoratedProfileBatchGetResult'));
    const found = answer.results.map((each: { key: string; value: { id: string } }) => {
      return [each.key, each.value.id];
    });
    assert.deepEqual(found, [
      [urn(ingrid), ingrid],
      [mira, mira],
    ]);
    const [error] = answer.errors;
    assert.deepEqual([error.key, error.value.status], [nobody, 404]);
    assert.equal(answer.results[0].value.connectionDegree, 'DISTANCE_1');
  });

  test('batchGet over the length of a URL is 414', async () => {
    const ids = JSON.stringify(Array.from({ length: 500 }, () => nobody));
    assert.equal((await ask(`decoratedProfiles/batchGet(ids=@i)?@i=${ids}`)).status, 414);
  });

  test('viewer finds connections by the beginnings of names', async () => {
    const { value } = await read(
      "decoratedProfileConnections/viewer(name='falk')?$expand=profile($select=lastName)",
    );
    assert.deepEqual(
      value.map((each: { profile: object }) => each.profile),
      [{ '@odata.etag': value[0].profile['@odata.etag'], lastName: 'Falkenrath' }],
    );
    assert.deepEqual(await idsOf("decoratedProfileConnections/viewer(name='zzz')"), []);
    const all = await idsOf('decoratedProfileConnections/viewer()');
    assert.deepEqual(all, await idsOf('decoratedProfileConnections'));
  });
});

describe('a search for members', () => {
  const search = async (...queries: object[]) => {
    const asked = `@q=${encodeURIComponent(JSON.stringify(queries))}`;
    const options = '$expand=profiles($select=id)';
    const path = 'decoratedProfileSearchResults/batchQuery(queries=@q)';
    const { value } = await read(`${path}?${asked}&${options}`);
    return value.map((each: { profiles: { id: string }[]; exactMatch: boolean }) => {
      return [each.profiles.map(({ id }) => id), each.exactMatch];
    });
  };

  test('goes by the address before all names', async () => {
    const query = { email: 'INGRID@fernhollow.example', firstName: 'Mira', lastName: 'Oakley' };
    assert.deepEqual(await search(query), [[[ingrid], true]]);
  });

  test('goes by names where nobody has the address', async () => {
    const query = { email: 'nobody@fernhollow.example', firstName: 'mira' };
    assert.deepEqual(await search(query), [[[mira], false]]);
    assert.deepEqual(await search({ firstName: 'Mira', lastName: 'Oakley' }), [[[mira], true]]);
    assert.deepEqual(await search({ firstName: 'Mira', lastName: 'Falkenrath' }), [[[], false]]);
  });

  test('takes a full name in any order, and many queries at once', async () => {
    const queries = [{ keywords: 'Oakley, Mira' }, { keywords: 'nobody' }, {}];
    assert.deepEqual(await search(...queries), [
      [[mira], true],
      [[], false],
      [[], false],
    ]);
  });

  test('knows people by the names in their profiles, once those are written', async () => {
    assert.deepEqual(await search({ firstName: 'Zebedee' }), [[[], false]]);
    const body = { firstName: 'Zebedee' };
    const reply = await ask('me/decoratedProfile', { method: 'PATCH', body });
    assert.equal(reply.status, 200, reply.text);
    assert.deepEqual(await search({ firstName: 'Zebedee' }), [[[mira], false]]);
    assert.deepEqual(await search({ keywords: 'oakley zebedee' }), [[[mira], true]]);
    const back = { firstName: 'Mira' };
    assert.equal((await ask('me/decoratedProfile', { method: 'PATCH', body: back })).status, 200);
    assert.deepEqual(await search({ firstName: 'Zebedee' }), [[[], false]]);
  });

  test('has results that are found again by their ids, and are no list', async () => {
    const path = 'decoratedProfileSearchResults';
    const asked = encodeURIComponent(JSON.stringify([{ keywords: 'mira' }]));
    const [result] = (await read(`${path}/batchQuery(queries=@q)?@q=${asked}`)).value;
    assert.deepEqual(result.query, { keywords: 'mira' });
    const again = await read(`${path}/${result.id}?$expand=profiles($select=id)`);
    assert.deepEqual(
      again.profiles.map(({ id }: { id: string }) => id),
      [mira],
    );
    assert.deepEqual(await idsOf(`${path}/${result.id}/profiles`), [mira]);
    assert.equal((await read(`${path}/${result.id}/profiles/${mira}`)).id, mira);
    assert.equal((await ask(`${path}/${result.id}/profiles/${ingrid}`)).status, 404);
    assert.equal((await ask(`${path}/${nobody}`)).status, 404);
    assert.deepEqual(await idsOf(path), []);
  });
});

describe('connections', () => {
  test("are the caller's, each with the other member", async () => {
    const page = await read(
      'decoratedProfileConnections?$expand=profile($select=id,connected)&$count=true',
    );
    const { value } = page;
    assert.equal(page['@odata.count'], value.length);
    assert.ok(value.every((each: { profile: { connected: boolean } }) => each.profile.connected));
    const found = value.find(({ id }: { id: string }) => id === connection);
    assert.equal(found.profile.id, connected);
    assert.ok(found.relevanceScore >= 0 && found.relevanceScore <= 1);
    const { connection: own } = await read('me/decoratedProfile?$select=connection');
    assert.equal(own.count, value.length);
    assert.equal((await ask(`decoratedProfileConnections/${connectionOfOthers}`)).status, 404);
    assert.deepEqual(
      await idsOf('decoratedProfileConnections?$top=3'),
      await idsOf('decoratedProfileConnections'),
    );
  });

  test('of everybody are shown to an application, to whom nobody is connected', async () => {
    const app = await kith.token({ app: 'test', roles: ['User.Read.All'] });
    const path = `decoratedProfileConnections/${connectionOfOthers}/profile`;
    const profile = await read(path, { token: app });
    const { connected: isConnected, connectionDegree, profileHighlights } = profile;
    assert.deepEqual([isConnected, connectionDegree, profileHighlights], [null, null, []]);
    const all = await read('decoratedProfileConnections/$count', { token: app }).catch(
      () => undefined,
    );
    assert.equal(all, undefined);
    const { value } = await read('decoratedProfileConnections?$top=999', { token: app });
    assert.ok(value.length > 50);
  });
});

describe('a connection that is changed', () => {
  const path = `decoratedProfileConnections/${connection}`;

  test('has nothing that anybody could change', async () => {
    const before = await read(path);
    const type = '#microsoft.graph.linkedIn.DecoratedProfileConnection';
    const body = { '@odata.type': type, relevanceScore: 'Double', id: connection };
    const reply = await ask(path, { method: 'PATCH', body });
    assert.equal(reply.status, 200, reply.text);
    assert.equal(reply.json.relevanceScore, before.relevanceScore);
  });

  const refused = [
    [path, { profile: { headline: 'x' } }, 400],
    [path, { id: nobody }, 400],
    [`decoratedProfileConnections/${connectionOfOthers}`, {}, 404],
    ['me/decoratedProfile', { endorsedSkills: [] }, 400],
    ['me/decoratedProfile', { skills: ['x'.repeat(257)] }, 400],
  ] as const;
  for (const [where, body, status] of refused) {
    const what = JSON.stringify(body).slice(0, 40);
    test(`${nameless(where)} does not take ${nameless(what)}`, async () => {
      const reply = await ask(where, { method: 'PATCH', body });
      assert.equal(reply.status, status, reply.text);
    });
  }
});

describe('a professional profile and a Graph profile are one', () => {
  const facets = async (name: string) => {
    const reply = await kith.request(`/beta/me/profile/${name}`, { token });
    return reply.json.value;
  };

  test('what a PATCH of the one says is read in the other', async () => {
    const body = {
      skills: ['Tea', 'Interviewing'],
      phoneNumbers: [{ number: '+49 1', type: 'HOME', extension: '7' }],
      websites: [{ url: 'https://tea.example', category: 'BLOG' }],
      bornOn: { year: 1981, month: 6, day: 7 },
    };
    const reply = await ask('me/decoratedProfile', { method: 'PATCH', body });
    assert.equal(reply.status, 200, reply.text);
    for (const [name, value] of Object.entries(body)) {
      assert.deepEqual(withoutTypes(reply.json[name]), value);
    }
    const skills = (await facets('skills')).map(
      (each: { displayName: string }) => each.displayName,
    );
    assert.deepEqual(skills.toSorted(), ['Interviewing', 'Tea']);
    const phone = (await facets('phones')).find(
      ({ number }: { number: string }) => number === '+49 1',
    );
    assert.equal(phone.type, 'home');
    const site = (await facets('websites')).find(
      ({ webUrl }: { webUrl: string }) => webUrl === 'https://tea.example',
    );
    assert.deepEqual(site.categories, ['blog']);
    assert.ok(
      (await facets('anniversaries')).some(({ date }: { date: string }) => date === '1981-06-07'),
    );
  });

  test('what a facet says is read in the other, by whom it reaches', async () => {
    const url = '/beta/me/profile/skills';
    for (const [displayName, allowedAudiences] of [
      ['Sailing', 'organization'],
      ['Singing', 'me'],
    ]) {
      const body = { displayName, allowedAudiences };
      const { status, text } = await kith.request(url, { method: 'POST', token, body });
      assert.equal(status, 201, text);
    }
    const own = (await read('me/decoratedProfile?$select=skills')).skills;
    assert.ok(own.includes('Sailing') && own.includes('Singing'));
    const other = await kith.token({ user: ingrid });
    const seen = await read(`decoratedProfiles/${mira}?$select=skills`, { token: other });
    assert.ok(seen.skills.includes('Sailing') && !seen.skills.includes('Singing'));
  });

  test('what others do not see they do not replace', async () => {
    const admin = await kith.token({ user: ingrid });
    const body = { skills: ['Tea'] };
    const path = `decoratedProfileConnections/${connection}/profile`;
    const reply = await ask(path, { method: 'PATCH', body, token: admin });
    assert.equal(reply.status, 200, reply.text);
    assert.deepEqual(reply.json.skills, ['Tea']);
    const own = (await read('me/decoratedProfile?$select=skills')).skills;
    assert.deepEqual(own.toSorted(), ['Singing', 'Tea']);
  });
});

describe('what the old generator wrote down', () => {
  const refused = [
    ['POST', 'decoratedProfiles'],
    ['DELETE', `decoratedProfiles/${mira}`],
    ['POST', 'decoratedProfileConnections'],
    ['POST', `decoratedProfileConnections/${connection}/profile`],
    ['DELETE', `decoratedProfileConnections/${connection}/profile`],
    ['POST', 'decoratedProfileSearchResults'],
    ['PATCH', 'decoratedProfileSearchResults/x'],
    ['DELETE', 'decoratedProfileSearchResults/x'],
    ['POST', 'decoratedProfileSearchResults/x/profiles'],
    ['PATCH', 'decoratedProfileSearchResults/x/profiles'],
    ['DELETE', 'decoratedProfileSearchResults/x/profiles'],
    ['POST', 'decoratedProfileSearchResults/x/profiles/$ref'],
    ['PATCH', `decoratedProfileSearchResults/x/profiles/${mira}`],
    ['DELETE', `decoratedProfileSearchResults/x/profiles/${mira}`],
    ['POST', 'me/decoratedProfile/$ref'],
    ['DELETE', 'me/decoratedProfile'],
    ['POST', `users/${mira}/decoratedProfile/$ref`],
    ['DELETE', `users/${mira}/decoratedProfile`],
  ] as const;
  for (const [method, path] of refused) {
    test(`${method} ${nameless(path)} is 405`, async () => {
      const { status, headers } = await ask(path, { method, body: {} });
      assert.equal(status, 405);
      assert.match(String(headers.allow), /OPTIONS/);
    });
  }

  const bad = [
    ['decoratedProfiles/viewees', 400],
    ['decoratedProfiles/viewees(viewees=[1])', 400],
    ['decoratedProfiles/batchGet(ids=[)', 404],
    ['decoratedProfiles/batchGet(ids=@i)?@i={}', 400],
    ['decoratedProfileSearchResults/batchQuery(queries=[{"nme":"x"}])', 400],
    ['decoratedProfileSearchResults/batchQuery(queries=[1])', 400],
    ['decoratedProfileConnections/viewer(name=1)', 400],
    ['decoratedProfiles/viewees(viewees=[])/profile', 400],
    [`decoratedProfiles/${mira}/endorsedSkills/x`, 404],
    [`decoratedProfileConnections/${nobody}/profile/endorsedSkills`, 404],
  ] as const;
  for (const [path, status] of bad) {
    test(`${nameless(path)} is ${status}`, async () => {
      const reply = await ask(path);
      assert.equal(reply.status, status, reply.text);
    });
  }
});
