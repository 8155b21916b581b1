import type { ConnectionDegree } from '#plan/connection-graph.ts';
import { Adjacency } from '#store/graph/adjacency.ts';

/** Numbers that look random and are the same in every run (an LCG of 48 bits). */
export class Draws {
  private state: bigint;

  constructor(seed: number) {
    this.state = BigInt(seed) * 7_919n + 11n;
  }

  /** An integer from 0 to below `limit`. */
  below(limit: number): number {
    this.state = (this.state * 25_214_903_917n + 11n) & ((1n << 48n) - 1n);
    return Number((this.state >> 16n) % BigInt(limit));
  }
}

/** A graph as plainly as one can keep it: the oracle. */
export class PlainGraph {
  private readonly sets = new Map<number, Set<number>>();

  of(person: number): Set<number> {
    const known = this.sets.get(person) ?? new Set<number>();
    this.sets.set(person, known);
    return known;
  }

  set(one: number, other: number, isConnected: boolean): void {
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      if (isConnected) this.of(from).add(to);
      else this.of(from).delete(to);
    }
  }

  isolate(person: number): void {
    for (const other of [...this.of(person)]) this.set(person, other, false);
  }

  /** Breadth-first, to the end: how many steps it is to everybody who can be reached. */
  distances(from: number): Map<number, number> {
    const distances = new Map([[from, 0]]);
    for (const [person, distance] of distances) {
      for (const next of this.of(person)) {
        if (!distances.has(next)) distances.set(next, distance + 1);
      }
    }
    return distances;
  }

  degrees(from: number, to: readonly number[]): ConnectionDegree[] {
    const names = ['SELF', 'DISTANCE_1', 'DISTANCE_2', 'DISTANCE_3'] as const;
    const distances = this.distances(from);
    return to.map((each) => names[distances.get(each) ?? 9] ?? 'OUT_OF_NETWORK');
  }
}

/** The same graph both ways: compact and plain. */
export interface TwinGraphs {
  readonly compact: Adjacency;
  readonly plain: PlainGraph;
  readonly people: readonly number[];
}

/**
 * A random graph as it is after a load: some people with far more neighbours than others, as
 * surrogates with gaps; some have nobody.
 */
export function makeTwins(draws: Draws, count: number, mean: number): TwinGraphs {
  const people = Array.from({ length: count }, (_, index) => index * 3 + 1 + draws.below(3));
  const plain = new PlainGraph();
  for (let edge = 0; edge < (count * mean) / 2; edge++) {
    // The lesser of two draws: those who come early have many.
    const one = people[Math.min(draws.below(count), draws.below(count))]!;
    const other = people[draws.below(count)]!;
    if (one !== other) plain.set(one, other, true);
  }
  const entries = people.reduce((sum, each) => sum + plain.of(each).size, 0);
  const compact = new Adjacency({ people: Float64Array.from(people), entries });
  for (const [number, person] of people.entries()) {
    const owners = Float64Array.from(plain.of(person)).sort();
    compact.fill(number, owners, owners.length);
  }
  return { compact, plain, people };
}

/** One random change of both graphs: an edge more or less, seldom somebody new or gone. */
export function changeTwins(draws: Draws, { compact, plain, people }: TwinGraphs): void {
  const chance = draws.below(100);
  const one = chance < 2 ? 1_000_000 + draws.below(500) : people[draws.below(people.length)]!;
  const numberOf = (owner: number) => {
    const known = compact.numberOf(owner);
    return known < 0 ? compact.add(owner) : known;
  };
  if (chance === 99) {
    compact.isolate(numberOf(one));
    plain.isolate(one);
    return;
  }
  const neighbours = [...plain.of(one)];
  const isRemoval = chance > 50 && neighbours.length > 0;
  const other = isRemoval
    ? neighbours[draws.below(neighbours.length)]!
    : people[draws.below(people.length)]!;
  if (one === other) return;
  plain.set(one, other, !isRemoval);
  if (isRemoval) compact.disconnect(numberOf(one), numberOf(other));
  else compact.connect(numberOf(one), numberOf(other));
}
