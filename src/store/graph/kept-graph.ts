import type { ConnectionDegree, ConnectionGraph, SharedPeople } from '#plan/connection-graph.ts';
import { type MaybePromise, proceed } from '#plan/maybe-promise.ts';
import type { ChangeEvent } from '#plan/store.ts';
import type { ChangeLog } from '../change-log.ts';
import type { Adjacency } from './adjacency.ts';
import { CONNECTION, type GraphChange, PEOPLE } from './connection-writes.ts';
import { findDegrees } from './find-degrees.ts';
import { findShared } from './find-shared.ts';
import { type GraphSource, loadAdjacency, readPresent, readRows } from './load-adjacency.ts';
import { NeighbourReader } from './packed-neighbours.ts';

/** Events that are looked at together. */
const EVENTS = 1000;

/**
 * The graph of one tenant, read at the first question and kept in memory from then on. It follows
 * each commit of its own process, and where others write to the store, what their events name is
 * read again before a question is answered.
 */
export class KeptGraph implements ConnectionGraph {
  private readonly source: GraphSource;
  private readonly log: ChangeLog;
  private graph: Adjacency | undefined;
  private loading: Promise<Adjacency> | undefined;
  /** Changes that are committed while the graph is being read. */
  private late: GraphChange[] = [];
  /** How often all that was known has been dropped. */
  private drops = 0;
  /** People who have left the directory since the graph was read. */
  private readonly gone = new Set<number>();
  private position = '';
  private following: Promise<unknown> = Promise.resolve();
  private next: Promise<Adjacency> | undefined;
  /** Pairs that this process has changed while the log is followed: newer than what is read. */
  private fresh = new Set<string>();

  constructor(source: GraphSource, log: ChangeLog) {
    this.source = source;
    this.log = log;
  }

  degrees(viewer: number, viewees: readonly number[]): MaybePromise<readonly ConnectionDegree[]> {
    return proceed(this.current(), (graph) => findDegrees(graph, viewer, viewees));
  }

  count(person: number): MaybePromise<number> {
    return proceed(this.current(), (graph) => {
      const number = graph.numberOf(person);
      return number < 0 ? 0 : graph.length[number]!;
    });
  }

  neighbours(person: number, after: number, limit: number): MaybePromise<readonly number[]> {
    return proceed(this.current(), (graph) => {
      const number = graph.numberOf(person);
      if (number < 0) return [];
      const owners = Array.from(graph.neighbours(number), (each) => graph.ownerOf(each));
      if (!graph.isOrdered) owners.sort((one, other) => one - other);
      const from = after <= 0 ? 0 : owners.findIndex((owner) => owner > after);
      return from < 0 ? [] : owners.slice(from, from + limit);
    });
  }

  async kept(person: number): Promise<readonly number[]> {
    const reader = new NeighbourReader();
    const packed = (await readRows(this.source, [person])).get(person);
    if (packed) reader.read(packed);
    return [...reader.owners.subarray(0, reader.length)];
  }

  shared(one: number, other: number, limit: number): MaybePromise<SharedPeople> {
    return proceed(this.current(), (graph) => {
      const pair = [graph.numberOf(one), graph.numberOf(other)] as const;
      return pair.includes(-1) ? { owners: [], count: 0 } : findShared(graph, pair, limit);
    });
  }

  /** Takes in what this process has committed. */
  async apply(changes: readonly GraphChange[]): Promise<void> {
    if (changes.some(({ kind }) => kind === 'cleared')) this.drop();
    else if (this.graph) await this.take(this.graph, changes);
    else if (this.loading) this.late.push(...changes);
  }

  private current(): MaybePromise<Adjacency> {
    return this.source.database.isShared ? this.follow() : (this.graph ?? this.load());
  }

  private drop(): void {
    this.graph = undefined;
    this.late = [];
    this.gone.clear();
    this.drops += 1;
  }

  private load(): Promise<Adjacency> {
    this.loading ??= this.read();
    return this.loading;
  }

  private async read(): Promise<Adjacency> {
    try {
      for (;;) {
        const { drops } = this;
        const graph = await this.readOnce();
        while (this.late.length > 0 && drops === this.drops) {
          await this.take(graph, this.late.splice(0));
        }
        if (drops !== this.drops) continue;
        // Between the last change and this no other can come.
        this.graph = graph;
        return graph;
      }
    } finally {
      this.loading = undefined;
    }
  }

  private async readOnce(): Promise<Adjacency> {
    this.late = [];
    if (this.source.database.isShared) {
      this.position = await this.log.latest({ num: this.source.tenant });
    }
    return loadAdjacency(this.source);
  }

  private async take(graph: Adjacency, changes: readonly GraphChange[]): Promise<void> {
    const people: number[] = [];
    for (const change of changes) {
      if (change.kind === 'presence') people.push(change.person);
      if (change.kind !== 'edge') continue;
      this.fresh.add(pairOf(change.one, change.other));
      this.setEdge(graph, change);
    }
    if (people.length > 0) await this.look(graph, people, []);
  }

  /** Reads the log to its end; a question that comes meanwhile waits for the next reading. */
  private follow(): Promise<Adjacency> {
    this.next ??= this.following.then(async () => {
      this.next = undefined;
      return this.readLog(this.graph ?? (await this.load()));
    });
    this.following = this.next.catch(() => undefined);
    return this.next;
  }

  private async readLog(graph: Adjacency): Promise<Adjacency> {
    for (;;) {
      this.fresh = new Set();
      const events = await this.log.read({ num: this.source.tenant }, this.position, EVENTS);
      const isLost = events.some(({ kind, names, owner }) => {
        return kind === 'forgotten' || (names[0] === CONNECTION && owner === 0);
      });
      if (isLost) {
        this.drop();
        return this.load();
      }
      await this.see(graph, events);
      this.position = events.at(-1)?.position ?? this.position;
      if (events.length < EVENTS) return graph;
    }
  }

  /** What events name is read as it is now: it may have changed again since. */
  private async see(graph: Adjacency, events: readonly ChangeEvent[]): Promise<void> {
    const pairs: [number, number][] = [];
    const people: number[] = [];
    for (const { set, owner, path, key, kind, names } of events) {
      if (set === '' && names[0] === CONNECTION) pairs.push([owner, Number(key)]);
      else if (set === PEOPLE && path === '' && kind !== 'updated') people.push(owner);
    }
    if (pairs.length + people.length > 0) await this.look(graph, people, pairs);
  }

  /** Reads people and pairs as the store has them now. */
  private async look(
    graph: Adjacency,
    people: readonly number[],
    pairs: readonly (readonly [number, number])[],
  ): Promise<void> {
    const rows = await readRows(this.source, new Set([...people, ...pairs.map(([one]) => one)]));
    const present = people.length > 0 ? await readPresent(this.source, people) : new Set();
    const reader = new NeighbourReader();
    const known = new Map<number, ReadonlySet<number>>();
    for (const [owner, packed] of rows) {
      reader.read(packed);
      known.set(owner, new Set(reader.owners.subarray(0, reader.length)));
    }
    for (const person of people) {
      if (present.has(person)) this.welcome(graph, person, known.get(person));
      else this.isolate(graph, person);
    }
    for (const [one, other] of pairs) {
      if (this.fresh.has(pairOf(one, other))) continue;
      this.setEdge(graph, { one, other, isConnected: known.get(one)?.has(other) ?? false });
    }
  }

  private setEdge(
    graph: Adjacency,
    edge: { readonly one: number; readonly other: number; readonly isConnected: boolean },
  ): void {
    if (this.gone.has(edge.one) || this.gone.has(edge.other)) return;
    const [one, other] = [graph.numberOf(edge.one), graph.numberOf(edge.other)];
    if (edge.isConnected) {
      graph.connect(one < 0 ? graph.add(edge.one) : one, other < 0 ? graph.add(edge.other) : other);
    } else if (one >= 0 && other >= 0) graph.disconnect(one, other);
  }

  /** Somebody is in the directory: their neighbours count who are there, too. */
  private welcome(graph: Adjacency, owner: number, known: ReadonlySet<number> | undefined): void {
    this.gone.delete(owner);
    if (!known) return;
    const found = graph.numberOf(owner);
    const person = found < 0 ? graph.add(owner) : found;
    for (const other of known) {
      const number = graph.numberOf(other);
      if (number >= 0 && !this.gone.has(other)) graph.connect(person, number);
    }
  }

  private isolate(graph: Adjacency, owner: number): void {
    this.gone.add(owner);
    const person = graph.numberOf(owner);
    if (person >= 0) graph.isolate(person);
  }
}

function pairOf(one: number, other: number): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}
