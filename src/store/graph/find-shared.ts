import type { SharedPeople } from '#plan/connection-graph.ts';
import type { Adjacency } from './adjacency.ts';
import { Marks } from './marks.ts';

const marks = new Marks();

/** Those with whom two people, by number, are both connected: as `ConnectionGraph.shared`. */
export function findShared(
  graph: Adjacency,
  pair: readonly [number, number],
  limit: number,
): SharedPeople {
  const { lists, start, length } = graph;
  // The shorter list is marked: writing costs more than looking.
  const [marked, scanned] = length[pair[0]]! < length[pair[1]]! ? pair : [pair[1], pair[0]];
  const from = start[marked]!;
  marks.clear(graph.people);
  marks.add(lists, from, from + length[marked]!);
  const most = graph.isOrdered ? limit : Number.POSITIVE_INFINITY;
  const owners: number[] = [];
  const end = start[scanned]! + length[scanned]!;
  let at = start[scanned]!;
  for (; at < end && owners.length < most; at++) {
    if (marks.has(lists[at]!)) owners.push(graph.ownerOf(lists[at]!));
  }
  const count = owners.length + marks.count(lists, at, end);
  if (graph.isOrdered) return { owners, count };
  return { owners: owners.sort((one, other) => one - other).slice(0, limit), count };
}
