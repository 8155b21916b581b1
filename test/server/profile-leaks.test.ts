import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openOnPostgres } from '../contract/stores.ts';
import { type Reply, type RunningKith, startKith } from '../running-kith.ts';
import {
  type FacetName,
  facets,
  isMeantFor,
  makeWorld,
  numbersFrom,
  type WorldFacet,
} from './profile-world.ts';
import { makeScratchFolder } from './scratch-folder.ts';

/** Random people ask random things of random people; what they get is what is meant for them. */

const TRIPLES = process.env.KITH_TEST_FULL ? 10_000 : 600;
const seed = 20_261_121;
const world = makeWorld(seed, 14);
const next = numbersFrom(seed + 1);
const below = (end: number) => Math.floor(next() * end);
const pick = <Each>(all: readonly Each[]): Each => all[below(all.length)]!;

let kith: RunningKith;
let tokens: readonly string[] = [];
let application: string;

/** One question, and which facets its answer may and must show. */
interface Question {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  check(reply: Reply): void;
}

/** Somebody asks about somebody. */
interface Asking {
  readonly person: number;
  readonly facet: FacetName;
  /** Facets of that kind that are meant for whoever asks, and those that are not. */
  readonly seen: readonly WorldFacet[];
  readonly all: readonly WorldFacet[];
  /** Of every kind. */
  readonly seenOfAll: readonly WorldFacet[];
}

function wordsIn({ text }: Reply): string[] {
  return [...new Set(text.match(/zq\d{4}zq/g) ?? [])].sort();
}

function wordsOf(told: readonly WorldFacet[]): string[] {
  return told.map(({ word }) => word).sort();
}

function shows(told: readonly WorldFacet[]) {
  return (reply: Reply) => {
    assert.equal(reply.status, 200, reply.text);
    assert.deepEqual(wordsIn(reply), wordsOf(told));
  };
}

function counts(told: readonly WorldFacet[]) {
  return (reply: Reply) => assert.equal(reply.text, String(told.length));
}

/** The words of all facets, by which they can be told apart. */
const starts = (word: string, length: number) => word.slice(0, length);

const questions: readonly ((asking: Asking, base: string) => Question)[] = [
  ({ seenOfAll }, base) => ({ path: base, check: shows(seenOfAll) }),
  ({ facet, seen }, base) => ({ path: `${base}?$expand=${facet}`, check: shows(seen) }),
  ({ facet, seen }, base) => ({
    path: `${base}?$select=${facet}`,
    check: shows([]) && shows(seen),
  }),
  ({ facet, seen }, base) => ({
    path: `${base}?$expand=${facet}($count=true;$top=1)`,
    check: ({ json, status }) => {
      assert.equal(status, 200);
      assert.equal(json[`${facet}@odata.count`], seen.length);
    },
  }),
  ({ facet, seen }, base) => ({
    path: `${base}?$expand=${facet}/$count`,
    check: ({ json }) => {
      assert.equal(json[`${facet}@odata.count`], seen.length);
    },
  }),
  ({ facet, seen, person }) => {
    const { id } = world.people[person]!;
    return { path: `/beta/users/${id}?$expand=profile($expand=${facet})`, check: shows(seen) };
  },
  ({ facet, seen, person }) => {
    const path = `/beta/users?$filter=id eq '${world.people[person]!.id}'`;
    return { path: `${path}&$expand=profile($expand=${facet})`, check: shows(seen) };
  },
  ({ facet, seen }, base) => ({ path: `${base}/${facet}`, check: shows(seen) }),
  ({ facet, seen }, base) => ({ path: `${base}/${facet}/$count`, check: counts(seen) }),
  ({ facet, seen }, base) => ({
    path: `${base}/${facet}?$count=true&$top=1&$orderby=displayName desc`,
    check: ({ json }) => {
      assert.equal(json['@odata.count'], seen.length);
      const shown = json.value.map((each: { displayName: string }) => each.displayName);
      assert.deepEqual(shown, wordsOf(seen).reverse().slice(0, 1));
    },
  }),
  ({ facet, seen }, base) => ({
    path: `${base}/${facet}?$orderby=displayName&$skip=1`,
    check: (reply) => assert.deepEqual(wordsIn(reply), wordsOf(seen).slice(1)),
  }),
  ({ facet, seen, all }, base) => {
    const word = all.length > 0 ? starts(pick(all).word, 3 + below(4)) : 'zq';
    const told = seen.filter((each) => each.word.startsWith(word));
    return {
      path: `${base}/${facet}?$filter=startswith(displayName,'${word}')`,
      check: shows(told),
    };
  },
  ({ facet, seen, all }, base) => {
    const { word } = all.length > 0 ? pick(all) : { word: 'zq' };
    const told = seen.filter((each) => each.word === word);
    return {
      path: `${base}/${facet}/$count?$filter=displayName eq '${word}'`,
      check: counts(told),
    };
  },
  ({ facet, seen, all }, base) => {
    const { word } = all.length > 0 ? pick(all) : { word: 'zq' };
    const told = seen.filter((each) => each.word === word);
    return {
      path: `${base}/${facet}/$filter(@f)?@f=displayName eq '${word}'`,
      check: shows(told),
    };
  },
  ({ facet, seen, all }, base) => {
    const { word } = all.length > 0 ? pick(all) : { word: 'zq' };
    const told = seen.filter((each) => each.word === word && each.isSearchable);
    return { path: `${base}/${facet}?$search="${word}"`, check: shows(told) };
  },
  ({ facet, seen }, base) => ({
    path: `${base}/${facet}?$compute=length(displayName) as n&$select=displayName,n`,
    check: shows(seen),
  }),
  ({ facet, seen }, base) => ({
    path: `${base}/${facet}/$ref`,
    check: (reply) => {
      const ids = new Set(reply.text.match(/00000002-0000-4000-8000-\d{12}/g) ?? []);
      assert.deepEqual([...ids].sort(), seen.map(({ id }) => id).sort());
    },
  }),
  (asking, base) => ofOne(asking, base, ''),
  (asking, base) => ofOne(asking, base, '/displayName'),
  (asking, base) => ofOne(asking, base, '/displayName/$value'),
  ({ facet, seen, all }, base) => {
    const one = all.length > 0 ? pick(all) : undefined;
    const isSeen = one !== undefined && seen.includes(one);
    return {
      path: `${base}/${facet}/${one?.id ?? world.people[0]!.id}`,
      method: pick(['PATCH', 'DELETE']),
      headers: { 'If-Match': 'W/"987654"' },
      body: { displayName: 'zq0000zq' },
      check: ({ status }) => assert.equal(status, isSeen ? 412 : 404),
    };
  },
  ({ facet, seen, all }, base) => {
    const one = all.length > 0 ? pick(all) : undefined;
    const isSeen = one !== undefined && seen.includes(one);
    const id = one?.id ?? world.people[0]!.id;
    return {
      path: base,
      method: 'PATCH',
      body: { [facet]: [{ id, displayName: '' }] },
      check: ({ status }) => assert.equal(status, isSeen ? 400 : 404),
    };
  },
  ({ facet, seen }, base) => ({
    path: '/beta/$batch',
    method: 'POST',
    body: { requests: [{ id: '1', method: 'GET', url: `${base.slice(5)}/${facet}` }] },
    check: shows(seen),
  }),
  ({ facet, seen, person }) => ({
    path: `/beta/user/${world.people[person]!.id}/profile/${facet}`,
    check: shows(seen),
  }),
  ({ facet, seen, person }) => {
    // Nobody is above the last one, so that no chain of managers closes.
    const above = world.people[person + 1];
    const path = `/localtest/users/${world.people[person]!.id}?$expand=profile($expand=${facet})`;
    const body = { 'manager@odata.bind': `users('${above?.id}')` };
    return { path, ...(above ? { method: 'PATCH', body } : {}), check: shows(seen) };
  },
  ({ facet, seen }, base) => ({
    path: `${base}?$expand=${facet}/$ref`,
    check: ({ json }) => assert.equal(json[facet].length, seen.length),
  }),
  ({ facet, seen, all }, base) => {
    const one = all.length > 0 ? pick(all) : undefined;
    const isSeen = one !== undefined && seen.includes(one);
    return {
      path: `${base}/${facet}/${one?.id ?? world.people[0]!.id}/$ref`,
      check: ({ status }) => assert.equal(status, isSeen ? 200 : 404),
    };
  },
  ({ facet }, base) => ({
    path: `${base}/${facet}`,
    headers: { Prefer: 'odata.track-changes' },
    check: ({ status }) => assert.equal(status, 501),
  }),
  ({ facet, all }) => ({
    path: `/beta/users?$filter=profile/${facet}/any(f:f/displayName eq '${all[0]?.word}')`,
    check: ({ status }) => assert.equal(status, 501),
  }),
  ({ facet }) => ({
    path: `/beta/users?$orderby=profile/${facet}/$count&$select=id`,
    check: ({ status }) => assert.equal(status, 501),
  }),
];

const isSkill = ({ facet }: WorldFacet) => facet === 'skills';

/** What a decorated profile tells of the same facets: skills alone, in whichever dialect. */
const decoratedQuestions: typeof questions = [
  ({ person, seenOfAll }) => ({
    path: `/${pick(['v1.0', 'beta'])}/decoratedProfiles/${world.people[person]!.id}`,
    check: shows(seenOfAll.filter(isSkill)),
  }),
  ({ person, seenOfAll }) => ({
    path: `/v1.0/users/${world.people[person]!.id}/decoratedProfile/skills`,
    check: shows(seenOfAll.filter(isSkill)),
  }),
  ({ person, seenOfAll }) => {
    const skills = world.facets.filter((each) => each.person === person && isSkill(each));
    const { word } = skills.length > 0 ? pick(skills) : { word: 'zq' };
    const told = seenOfAll.filter((each) => isSkill(each) && each.word === word);
    return {
      path: `/v1.0/decoratedProfiles/$count?$filter=skills/any(s:s eq '${word}')`,
      check: counts(told),
    };
  },
];
const allQuestions = [...questions, ...decoratedQuestions];

/** One facet by its id: of this person or of another one, for whom it is not there. */
function ofOne({ facet, seen, all }: Asking, base: string, rest: string): Question {
  const isOthers = next() < 0.2;
  const pool = isOthers ? world.facets.filter((each) => each.facet === facet) : all;
  const one = pool.length > 0 ? pick(pool) : undefined;
  const path = `${base}/${facet}/${one?.id ?? world.people[0]!.id}${rest}`;
  const isSeen = one !== undefined && seen.includes(one);
  return {
    path,
    check: (reply) => {
      assert.equal(reply.status, isSeen ? 200 : 404, reply.text);
      assert.deepEqual(wordsIn(reply), isSeen ? [one.word] : []);
    },
  };
}

async function askAll(): Promise<void> {
  const asked = new Set<number>();
  for (let number = 0; number < TRIPLES; number++) {
    const person = below(world.people.length);
    const isApp = next() < 0.1;
    const viewer = isApp ? undefined : below(world.people.length);
    const facet = pick(facets);
    const ofPerson = world.facets.filter((each) => each.person === person);
    const seenOfAll = ofPerson.filter((each) => isMeantFor(world, each, viewer));
    const seen = seenOfAll.filter((each) => each.facet === facet);
    const all = ofPerson.filter((each) => each.facet === facet);
    const which = below(allQuestions.length);
    asked.add(which);
    const isMe = viewer === person && next() < 0.5;
    const base = isMe ? '/beta/me/profile' : `/beta/users/${world.people[person]!.id}/profile`;
    const question = allQuestions[which]!({ person, facet, seen, all, seenOfAll }, base);
    const { path, method, headers, body, check } = question;
    const reply = await kith.request(encodeURI(path), {
      token: viewer === undefined ? application : tokens[viewer],
      ...(method === undefined ? {} : { method }),
      ...(headers === undefined ? {} : { headers }),
      ...(body === undefined ? {} : { body }),
    });
    const who = viewer === undefined ? 'an application' : `person ${viewer}`;
    try {
      check(reply);
    } catch (cause) {
      throw new Error(`${who} asks ${method ?? 'GET'} ${path}: ${(cause as Error).message}`);
    }
  }
  assert.equal(asked.size, allQuestions.length);
}

async function askForChanges(): Promise<void> {
  const [owner, viewer] = [0, 1];
  const path = '/beta/users?$select=id&$expand=profile($expand=skills)';
  const first = await kith.request(path, {
    token: tokens[viewer],
    headers: { Prefer: 'odata.track-changes' },
  });
  const made = await kith.request('/beta/me/profile/skills', {
    token: tokens[owner],
    body: { displayName: 'Hush', allowedAudiences: 'me' },
    method: 'POST',
  });
  const link = first.json['@odata.deltaLink'].replace(kith.origin, '');
  for (const version of ['4.0', '4.01']) {
    const headers = { 'OData-MaxVersion': version };
    const { text, status } = await kith.request(link, { token: tokens[viewer], headers });
    assert.equal(status, 200);
    assert.ok(!text.includes(made.json.id) && !text.includes('Hush'), text);
  }
}

const stores = {
  SQLite: (flags: readonly string[]) => startKith({ flags }),
  PostgreSQL: (flags: readonly string[]) => openOnPostgres((store) => startKith({ store, flags })),
};

for (const [name, open] of Object.entries(stores)) {
  describe(`facets on ${name}`, () => {
    let folder: Awaited<ReturnType<typeof makeScratchFolder>>;
    before(async () => {
      folder = await makeScratchFolder();
      const file = join(folder.path, 'world.jsonl');
      await writeFile(file, world.lines.map((line) => JSON.stringify(line)).join('\n'));
      kith = await open(['--seed', file, '--fidelity', 'odata']);
      const scopes = ['User.ReadBasic.All', 'User.ReadWrite.All', 'User.Read.All'];
      const users = world.people.map(({ id }) => kith.token({ user: id, scopes }));
      tokens = await Promise.all(users);
      const roles = ['User.ReadWrite.All', 'User.Read.All'];
      application = await kith.token({ app: 'world', roles });
    });
    after(async () => {
      await kith?.close();
      await folder?.[Symbol.asyncDispose]();
    });

    test(`nobody sees but what is meant for them, in ${TRIPLES} questions`, askAll);

    test('what changes of a profile is told to nobody by its facets', askForChanges);
  });
}
