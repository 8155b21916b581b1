import type { ConnectionDegree } from '#plan/connection-graph.ts';
import type { Adjacency } from './adjacency.ts';
import { Marks } from './marks.ts';

const near = new Marks();
const far = new Marks();

/**
 * How far people are from a viewer, all by surrogates, in the order asked for. The search comes
 * from both sides: three steps are two from one end and one from the other, and the two are made
 * from the end where they reach fewer.
 */
export function findDegrees(
  graph: Adjacency,
  viewer: number,
  viewees: readonly number[],
): ConnectionDegree[] {
  const from = graph.numberOf(viewer);
  if (from < 0) return viewees.map((each) => (each === viewer ? 'SELF' : 'OUT_OF_NETWORK'));
  near.clear(graph.people);
  mark(near, graph, from);
  const degrees: ConnectionDegree[] = [];
  /** By number, those to whom no way of two steps leads, and their places among the viewees. */
  const rest: number[] = [];
  const places: number[] = [];
  for (const [place, viewee] of viewees.entries()) {
    const to = viewee === viewer ? from : graph.numberOf(viewee);
    const degree = findNear(graph, from, to);
    degrees.push(degree ?? 'OUT_OF_NETWORK');
    if (degree || to < 0) continue;
    rest.push(to);
    places.push(place);
  }
  const isReached = isCheaperFromViewer(graph, from, rest)
    ? reachFromViewer(graph, from)
    : (to: number) => reachesBack(graph, to);
  for (const [index, to] of rest.entries()) {
    if (isReached(to)) degrees[places[index]!] = 'DISTANCE_3';
  }
  return degrees;
}

/** Up to two steps, once the viewer's neighbours are marked; undefined for what is farther. */
function findNear(graph: Adjacency, from: number, to: number): ConnectionDegree | undefined {
  if (from === to) return 'SELF';
  if (to < 0) return undefined;
  if (near.has(to)) return 'DISTANCE_1';
  return touches(near, graph, to) ? 'DISTANCE_2' : undefined;
}

/** Whether two steps from the viewer cost less than two from each of the others. */
function isCheaperFromViewer(graph: Adjacency, from: number, rest: readonly number[]): boolean {
  let budget = countSecond(graph, from, Number.POSITIVE_INFINITY);
  for (const to of rest) {
    budget -= countSecond(graph, to, budget);
    if (budget <= 0) return true;
  }
  return false;
}

/** How many neighbours the neighbours of a person have together; not more than `enough`. */
function countSecond(graph: Adjacency, person: number, enough: number): number {
  const { lists, length } = graph;
  const from = graph.start[person]!;
  const to = from + length[person]!;
  let count = 0;
  for (let at = from; at < to && count < enough; at++) count += length[lists[at]!]!;
  return count;
}

function reachFromViewer(graph: Adjacency, from: number): (to: number) => boolean {
  const { lists, start, length } = graph;
  far.clear(graph.people);
  const end = start[from]! + length[from]!;
  for (let at = start[from]!; at < end; at++) mark(far, graph, lists[at]!);
  return (to) => touches(far, graph, to);
}

/** Whether a neighbour of somebody's neighbour is one of the viewer's. */
function reachesBack(graph: Adjacency, to: number): boolean {
  const { lists, start, length } = graph;
  const end = start[to]! + length[to]!;
  for (let at = start[to]!; at < end; at++) {
    if (touches(near, graph, lists[at]!)) return true;
  }
  return false;
}

function mark(marks: Marks, { lists, start, length }: Adjacency, person: number): void {
  const from = start[person]!;
  marks.add(lists, from, from + length[person]!);
}

function touches(marks: Marks, { lists, start, length }: Adjacency, person: number): boolean {
  const from = start[person]!;
  return marks.hasAny(lists, from, from + length[person]!);
}
