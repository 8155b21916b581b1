import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeConnections } from './connections.ts';
import { generateCompany } from './generate-company.ts';
import { foundCompany } from './person.ts';

/** 2026-11-01; an invitation expires after 180 days. */
const today = 1_793_491_200_000;

interface Line {
  readonly '@set'?: string;
  readonly id: string;
  readonly members: readonly [string, string];
  readonly relevanceScore: number;
  readonly inviter: string;
  readonly invitee: string;
  readonly created: number;
}

interface Network {
  readonly people: string[];
  readonly friends: Map<string, Set<string>>;
  readonly connections: Line[];
  readonly invitations: Line[];
}

function connect(people: number, seed: number): Network {
  const network: Network = { people: [], friends: new Map(), connections: [], invitations: [] };
  for (const line of generateCompany({ people, seed }) as Iterable<Line>) {
    if (line['@set'] === 'users') network.people.push(line.id);
    if (line['@set'] === 'invitations') network.invitations.push(line);
    if (line['@set'] !== 'connections') continue;
    network.connections.push(line);
    const [first, second] = line.members;
    befriend(network.friends, first, second);
    befriend(network.friends, second, first);
  }
  return network;
}

function befriend(friends: Network['friends'], person: string, other: string): void {
  const known = friends.get(person) ?? new Set();
  friends.set(person, known.add(other));
}

function countDistances(network: Network, start: string): Map<number, number> {
  const distances = new Map([[start, 0]]);
  for (const [person, distance] of distances) {
    for (const friend of network.friends.get(person) ?? []) {
      if (!distances.has(friend)) distances.set(friend, distance + 1);
    }
  }
  const counts = new Map<number, number>();
  for (const distance of distances.values()) counts.set(distance, (counts.get(distance) ?? 0) + 1);
  return counts;
}

test('no pair is connected twice and nobody with themselves', () => {
  for (const people of [50, 5_000]) {
    const { connections } = connect(people, 1);
    const pairs = new Set(connections.map((line) => [...line.members].sort().join()));
    assert.ok(connections.length > people);
    assert.equal(pairs.size, connections.length);
    for (const { members, relevanceScore } of connections) {
      assert.notEqual(members[0], members[1]);
      assert.ok(relevanceScore > 0 && relevanceScore < 1);
    }
  }
});

test('the default user sees all degrees, and some people out of the network', () => {
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
    const network = connect(50, seed);
    const counts = countDistances(network, network.people[1]!);
    for (const degree of [1, 2, 3]) assert.ok((counts.get(degree) ?? 0) >= 3, `seed ${seed}`);
    assert.ok(network.friends.size <= 48);
  }
});

test('the mean number of connections is about 6 for 50 people and about 10 for many', () => {
  let connections = 0;
  for (let seed = 1; seed <= 20; seed++) connections += connect(50, seed).connections.length;
  const mean = (connections * 2) / 20 / 50;
  assert.ok(mean > 5.2 && mean < 6.8, `${mean}`);
  const largeMean = (connect(10_000, 1).connections.length * 2) / 10_000;
  assert.ok(largeMean > 9 && largeMean < 11, `${largeMean}`);
});

test('few people have very many connections', () => {
  const { friends } = connect(10_000, 1);
  const degrees = [...friends.values()].map((known) => known.size).sort((a, b) => b - a);
  const median = degrees[degrees.length >> 1]!;
  assert.ok(degrees[0]! > median * 10, `${degrees[0]} against ${median}`);
});

test('nobody has more connections than the greatest number, which some reach', () => {
  const degrees = new Map<string, number>();
  const company = foundCompany(1, 2_000);
  for (const line of describeConnections(company, { mean: 40, max: 60 }) as Iterable<Line>) {
    if (line['@set'] !== 'connections') continue;
    for (const id of line.members) degrees.set(id, (degrees.get(id) ?? 0) + 1);
  }
  assert.equal(Math.max(...degrees.values()), 60);
});

test('invitations wait between people without a connection', () => {
  for (let seed = 1; seed <= 30; seed++) {
    const { invitations, friends } = connect(50, seed);
    assert.ok(invitations.length >= 3);
    for (const { inviter, invitee, created } of invitations) {
      assert.notEqual(inviter, invitee);
      assert.ok(!friends.get(inviter)?.has(invitee));
      assert.ok(created < today && created > today - 180 * 86_400_000);
    }
  }
});

test('the default user has sent an invitation and has one to answer', () => {
  const { invitations, people } = connect(50, 1);
  assert.ok(invitations.some((line) => line.inviter === people[1]));
  assert.ok(invitations.some((line) => line.invitee === people[1]));
});
