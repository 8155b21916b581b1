import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findSeeded } from '../contract/seeded.ts';
import { type RunningKith, startKith } from '../running-kith.ts';

/**
 * Whether the time of an answer tells what the answer does not: each pair of requests is refused
 * alike, or shows nothing alike, and must take as long. The full run asks 10,000 times and allows
 * 5 %; the short one asks less, and allows what so few requests say.
 */

const isFull = process.env.KITH_TEST_FULL === '1';
const REQUESTS = isFull ? 10_000 : 300;
const DIFFERENCE_MAX = isFull ? 0.05 : 0.25;
/** Other work of the machine makes some requests slow, and sometimes a whole measurement. */
const SLOWEST = 0.1;
const ATTEMPTS = 3;

const { mira, ingrid, group, groupOfOthers, connectionOfOthers, contactOfAnother } = findSeeded();
const nobody = '00000000-0000-4000-8000-000000000000';
const me = 'mira@fernhollow.example';
const own = { user: me, scopes: ['User.Read', 'User.ReadWrite', 'Contacts.Read'] };
const basic = { user: me, scopes: ['User.ReadBasic.All'] };
const groups = { user: me, scopes: ['Group.ReadWrite.All'] };

interface Asked {
  readonly path: string;
  readonly method?: string;
  readonly body?: unknown;
}

/** What is there, and what is not. */
interface Pair {
  readonly what: string;
  readonly as: object;
  readonly status: number;
  readonly there: Asked;
  readonly absent: Asked;
}

function pair(what: string, as: object, status: number, path: (id: string) => string): Pair {
  return { what, as, status, there: { path: path(ingrid) }, absent: { path: path(nobody) } };
}

const pairs: readonly Pair[] = [
  pair('another person by id', own, 403, (id) => `/v1.0/users/${id}`),
  pair('what is behind another person', own, 403, (id) => `/v1.0/users/${id}/contacts`),
  {
    what: 'another person by name',
    as: own,
    status: 403,
    there: { path: '/v1.0/users/ingrid@fernhollow.example' },
    absent: { path: '/v1.0/users/nobody@fernhollow.example' },
  },
  {
    what: 'a change of another person',
    as: own,
    status: 403,
    there: { path: `/v1.0/users/${ingrid}`, method: 'PATCH', body: { city: 'x' } },
    absent: { path: `/v1.0/users/${nobody}`, method: 'PATCH', body: { city: 'x' } },
  },
  {
    what: "another person's contact",
    as: own,
    status: 404,
    there: { path: `/v1.0/me/contacts/${contactOfAnother}` },
    absent: { path: `/v1.0/me/contacts/${nobody}` },
  },
  {
    what: "somebody else's connection",
    as: own,
    status: 404,
    there: { path: `/v1.0/decoratedProfileConnections/${connectionOfOthers}` },
    absent: { path: `/v1.0/decoratedProfileConnections/${nobody}` },
  },
  {
    what: "others' group",
    as: own,
    status: 404,
    there: { path: `/beta/me/joinedGroups/${groupOfOthers}` },
    absent: { path: `/beta/me/joinedGroups/${nobody}` },
  },
  {
    what: 'a property that is not seen, with and without a value',
    as: basic,
    status: 204,
    there: { path: `/v1.0/users/${ingrid}/mobilePhone` },
    absent: { path: `/v1.0/users/${ingrid}/faxNumber` },
  },
  {
    what: 'a filter by what is not seen, that somebody meets and nobody',
    as: basic,
    status: 403,
    there: { path: "/v1.0/users?$filter=city%20eq%20'Bristol'" },
    absent: { path: "/v1.0/users?$filter=city%20eq%20'Nowhere'" },
  },
  {
    what: 'a reference to somebody by name',
    as: groups,
    status: 403,
    there: {
      path: `/v1.0/groups/${group}/members/$ref`,
      method: 'POST',
      body: { '@odata.id': 'users/ingrid@fernhollow.example' },
    },
    absent: {
      path: `/v1.0/groups/${group}/members/$ref`,
      method: 'POST',
      body: { '@odata.id': 'users/nobody@fernhollow.example' },
    },
  },
];

let kith: RunningKith;
before(async () => {
  kith = await startKith();
  const everything = await kith.token();
  const body = { mobilePhone: '+1 555 0100', faxNumber: null };
  const path = `/localtest/users/${ingrid}`;
  assert.equal((await kith.request(path, { token: everything, body })).status, 200);
  assert.notEqual(ingrid, mira);
});
after(() => kith?.close());

async function time(asked: Asked, token: string, status: number): Promise<number> {
  const { path, method = 'GET', body } = asked;
  const began = process.hrtime.bigint();
  const reply = await kith.request(path, { method, token, body });
  const took = Number(process.hrtime.bigint() - began);
  assert.equal(reply.status, status, reply.text);
  return took;
}

/** The mean of all but the slowest. */
function meanOf(times: number[]): number {
  const kept = times.toSorted((one, other) => one - other).slice(0, times.length * (1 - SLOWEST));
  return kept.reduce((sum, each) => sum + each, 0) / kept.length;
}

/** How much longer what is there takes, in parts of what is not. */
async function measure({ as, status, there, absent }: Pair): Promise<number> {
  const token = await kith.token(as);
  for (let round = 0; round < 20; round += 1) {
    await time(there, token, status);
    await time(absent, token, status);
  }
  const [present, missing]: [number[], number[]] = [[], []];
  for (let round = 0; round < REQUESTS / 2; round += 1) {
    const first = round % 2 === 0;
    if (first) present.push(await time(there, token, status));
    missing.push(await time(absent, token, status));
    if (!first) present.push(await time(there, token, status));
  }
  return meanOf(present) / meanOf(missing) - 1;
}

for (const each of pairs) {
  test(`time does not tell: ${each.what}`, async (context) => {
    let least = Number.POSITIVE_INFINITY;
    for (let attempt = 0; attempt < ATTEMPTS && Math.abs(least) > DIFFERENCE_MAX; attempt += 1) {
      const difference = await measure(each);
      context.diagnostic(`${(difference * 100).toFixed(2)} % of ${REQUESTS} requests`);
      if (Math.abs(difference) < Math.abs(least)) least = difference;
    }
    assert.ok(Math.abs(least) <= DIFFERENCE_MAX, `${(least * 100).toFixed(2)} %`);
  });
}
