import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { Refusal } from '#errors.ts';
import type { Caller } from '#plan/caller.ts';
import type { ServiceRequest } from '../service-request.ts';
import { linksOf, openRound } from './round.ts';

const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;

const tenant = { num: 1, id: 'tenant', displayName: 'One', domains: [] };
const mira: Caller = {
  tenant,
  user: 'mira',
  app: 'app',
  permissions: new Set(),
  isUnrestricted: false,
};

function sign(text: string): string {
  return createHmac('sha256', 'key').update(text).digest('base64url');
}

function at(now: number) {
  return { clock: { now: () => now }, sign };
}

function get(query: string, path = '/users/delta'): ServiceRequest {
  const origin = 'https://localhost';
  return { method: 'GET', root: 'v1.0', path, query, headers: {}, body: undefined, origin };
}

/** The query of a delta link that was written at the beginning of time. */
function deltaQuery(query: string): string {
  const round = openRound(get(query), mira, at(0));
  const next = { kind: 'changes', position: '7.9' } as const;
  const { deltaLink } = linksOf(round, { next, isUnfinished: false }, at(0));
  return new URL(deltaLink!).search.slice(1);
}

function refusalOf(request: ServiceRequest, caller = mira, now = 0): Refusal {
  try {
    openRound(request, caller, at(now));
  } catch (error) {
    assert.ok(error instanceof Refusal);
    return error;
  }
  throw new Error('It was not refused.');
}

test('a round begins without a token, with an empty one, and at the latest', () => {
  const options = '$select=id';
  for (const query of [options, `${options}&$deltatoken=`, `%24deltaToken=&${options}`]) {
    const { from, request } = openRound(get(query), mira, at(0));
    assert.deepEqual([from, request.query], ['first', options]);
  }
  assert.equal(openRound(get('deltaToken=latest'), mira, at(0)).from, 'latest');
});

test('a link carries where the round stands, and the options with which it began', () => {
  const query = deltaQuery('$select=id,mail&$top=5');
  assert.match(query, /^\$deltatoken=[^&$]+$/);
  for (const again of [query, `${query}&$select=id,mail&$top=5`]) {
    const { from, request } = openRound(get(again), mira, at(WEEK));
    assert.deepEqual(from, { kind: 'changes', position: '7.9' });
    assert.equal(request.query, '$select=id,mail&$top=5');
  }
});

test('the link of an unfinished round is one to its next page', () => {
  const round = openRound(get(''), mira, at(0));
  const mark = { keys: ['a', null], last: 3, shown: 1 };
  const next = { kind: 'members', position: '1', after: mark } as const;
  const { nextLink, deltaLink } = linksOf(round, { next, isUnfinished: true }, at(0));
  assert.equal(deltaLink, undefined);
  const { searchParams } = new URL(nextLink!);
  const request = get(`$skiptoken=${searchParams.get('$skiptoken')}`);
  assert.deepEqual(openRound(request, mira, at(0)).from, next);
});

test('a token is refused that was changed, or made for another collection, caller or query', () => {
  const query = deltaQuery('$select=id');
  const changed = query.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
  const others: readonly (readonly [ServiceRequest, Caller])[] = [
    [get(changed), mira],
    [get(query.slice(0, -9)), mira],
    [get('$deltatoken=1'), mira],
    [get(`$deltatoken=${'A'.repeat(10_000)}`), mira],
    [get(`$deltatoken=${'A'.repeat(22)}.${'_'.repeat(100)}`), mira],
    [get('$skiptoken=latest'), mira],
    [get(query, '/groups/delta'), mira],
    [get(query), { ...mira, user: 'anton' }],
    [get(query), { ...mira, user: undefined }],
    [get(query), { ...mira, tenant: { ...tenant, id: 'other' } }],
    [get(`${query}&$select=mail`), mira],
    [get(`${query}&$filter=id eq 'x'`), mira],
  ];
  for (const [request, caller] of others) {
    assert.equal(refusalOf(request, caller).status, 400, request.query.slice(0, 99));
  }
});

test('after seven days a round begins anew, at a Location with an empty token', () => {
  const { status, code, headers } = refusalOf(get(deltaQuery('$select=id')), mira, WEEK + HOUR);
  assert.deepEqual([status, code], [410, 'resyncRequired']);
  const location = new URL(headers.Location!);
  assert.equal(location.pathname, '/v1.0/users/delta');
  const again = openRound(get(location.search.slice(1)), mira, at(WEEK + HOUR));
  assert.deepEqual([again.from, again.request.query], ['first', '$select=id']);
});

test('a query that is too long for a link is refused at the beginning', () => {
  assert.equal(refusalOf(get(`$filter=${'x'.repeat(9000)}`)).status, 400);
});
