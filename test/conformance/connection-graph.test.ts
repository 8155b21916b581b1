import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Adjacency } from '#store/graph/adjacency.ts';
import { findDegrees } from '#store/graph/find-degrees.ts';
import { findShared } from '#store/graph/find-shared.ts';
import { changeTwins, Draws, makeTwins, type TwinGraphs } from './random-graph.ts';

const GRAPHS = 200;
const VIEWERS = 10;
const VIEWEES = 50;
const operations = 100_000;

function someOf(draws: Draws, people: readonly number[], count: number): number[] {
  return Array.from({ length: count }, () => people[draws.below(people.length)]!);
}

/** What a graph says of somebody must be what the other one says. */
function checkPerson({ compact, plain }: TwinGraphs, owner: number): void {
  const number = compact.numberOf(owner);
  const found = number < 0 ? [] : [...compact.neighbours(number)];
  assert.ok(found.every((each, at) => at === 0 || found[at - 1]! < each));
  const owners = found.map((each) => compact.ownerOf(each)).sort((one, other) => one - other);
  assert.deepEqual(
    owners,
    [...plain.of(owner)].sort((one, other) => one - other),
  );
}

describe('degrees', () => {
  test('are those of a plain search: 200 graphs, 500 pairs each, changed in between', () => {
    let differences = 0;
    const seen = new Map<string, number>();
    for (let seed = 1; seed <= GRAPHS; seed++) {
      const draws = new Draws(seed);
      const twins = makeTwins(draws, 20 + draws.below(300), 1 + draws.below(6));
      for (let viewer = 0; viewer < VIEWERS; viewer++) {
        for (let change = 0; change < 20; change++) changeTwins(draws, twins);
        const [from, ...to] = someOf(draws, twins.people, VIEWEES + 1) as [number, ...number[]];
        const found = findDegrees(twins.compact, from, to);
        const expected = twins.plain.degrees(from, to);
        for (const [at, degree] of expected.entries()) {
          if (found[at] !== degree) differences += 1;
          seen.set(degree, (seen.get(degree) ?? 0) + 1);
        }
      }
    }
    assert.equal(differences, 0);
    const total = [...seen.values()].reduce((sum, each) => sum + each, 0);
    assert.equal(total, GRAPHS * VIEWERS * VIEWEES);
    assert.equal(seen.size, 5, 'every degree comes about');
    assert.ok(Math.min(...seen.values()) > 100, `${JSON.stringify([...seen])}`);
  });

  test('are found from either end where one person knows thousands', () => {
    const draws = new Draws(5);
    const { compact, plain, people } = makeTwins(draws, 4000, 4);
    const hub = people[17]!;
    for (const person of people.slice(0, 3000)) {
      if (person === hub) continue;
      plain.set(hub, person, true);
      compact.connect(compact.numberOf(hub), compact.numberOf(person));
    }
    const few = people.at(-1)!;
    const to = someOf(draws, people, 500);
    for (const from of [hub, few]) {
      assert.deepEqual(findDegrees(compact, from, to), plain.degrees(from, to));
    }
  });

  test('of nobody who is known are out of the network, and oneself is oneself', () => {
    const empty = new Adjacency({ people: new Float64Array(0), entries: 0 });
    assert.deepEqual(findDegrees(empty, 4, [4, 5]), ['SELF', 'OUT_OF_NETWORK']);
    const { compact, people } = makeTwins(new Draws(3), 30, 4);
    assert.deepEqual(findDegrees(compact, people[0]!, [people[0]!, 999]), [
      'SELF',
      'OUT_OF_NETWORK',
    ]);
  });
});

describe('shared connections', () => {
  test('are those in both lists, counted and in order', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const draws = new Draws(seed);
      const twins = makeTwins(draws, 120, 20);
      // Whoever comes late has a lower surrogate than others: order must not rely on numbers.
      if (seed % 2 === 0) for (let change = 0; change < 400; change++) changeTwins(draws, twins);
      const { compact, plain, people } = twins;
      const [one, other] = someOf(draws, people, 2) as [number, number];
      const both = [...plain.of(one)].filter((each) => plain.of(other).has(each));
      both.sort((a, b) => a - b);
      const pair = [compact.numberOf(one), compact.numberOf(other)] as const;
      const expected = { owners: both.slice(0, 3), count: both.length };
      assert.deepEqual(findShared(compact, pair, 3), expected);
    }
  });
});

describe('an adjacency', () => {
  test(`stays symmetric and true through ${operations} random operations`, () => {
    const draws = new Draws(77);
    const twins = makeTwins(draws, 400, 8);
    for (let operation = 0; operation < operations; operation++) {
      changeTwins(draws, twins);
      if (operation % 97 === 0) checkPerson(twins, twins.people[draws.below(400)]!);
    }
    const { compact, plain, people } = twins;
    for (const owner of people) checkPerson(twins, owner);
    for (let one = 0; one < compact.people; one++) {
      for (const other of compact.neighbours(one)) {
        assert.ok(compact.isConnected(other, one), `${one} and ${other} are not mutual`);
        assert.notEqual(one, other);
      }
    }
    const to = someOf(draws, people, 200);
    for (const from of someOf(draws, people, 20)) {
      assert.deepEqual(findDegrees(compact, from, to), plain.degrees(from, to));
    }
  });

  test('grows from nobody, in whatever order people come', () => {
    const compact = new Adjacency({ people: new Float64Array(0), entries: 0 });
    const owners = [50, 60, 20, 70, 10, 40];
    for (const owner of owners) compact.add(owner);
    assert.equal(compact.isOrdered, false);
    for (const owner of owners) assert.equal(compact.ownerOf(compact.numberOf(owner)), owner);
    assert.equal(compact.numberOf(30), -1);
    compact.connect(compact.numberOf(10), compact.numberOf(70));
    assert.deepEqual(findDegrees(compact, 70, [10, 20]), ['DISTANCE_1', 'OUT_OF_NETWORK']);
  });
});
