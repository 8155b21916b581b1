import { foldText } from '#plan/compare.ts';
import type { Person } from './company-store.ts';
import { CONNECTIONS } from './measure.ts';
import { type About, makeRequest, type Operation, type Sent } from './operations.ts';

/** Who sends requests: some of the users, each with a token of their own. */
export type Callers = ReadonlyMap<string, string>;

/** What requests can be about, by kind. */
export type Subjects = Readonly<Record<About, readonly string[]>>;

/** Distinct requests made ready for each connection, which sends them round and round. */
const REQUESTS_EACH = 1000;
const TOTAL = REQUESTS_EACH * CONNECTIONS;
/** A value to filter by is had by so many users at least, so that a page of them is full. */
const SHARED_BY = 40;
const PREFIX_LENGTH = 3;

/** What there is to ask about in a company. */
export function findSubjects(people: readonly Person[], callers: Callers): Subjects {
  return {
    caller: [...callers.keys()],
    user: people.map(({ id }) => id),
    department: findShared(people.map(({ department }) => department)),
    name: findShared(people.map(({ displayName }) => displayName.slice(0, PREFIX_LENGTH))),
    set: [''],
    picture: [findPictured(people)],
  };
}

/** The second person of every company has a photo. */
export function findPictured(people: readonly Person[]): string {
  return people[1]!.id;
}

/** Requests to Kith: about subjects drawn at random, by callers in turn. */
export function makeRequests(operation: Operation, subjects: Subjects, callers: Callers): Sent[] {
  const people = [...callers];
  return Array.from({ length: TOTAL }, (_, number) => {
    const [caller, token] = people[number % people.length]!;
    const key = operation.about === 'caller' ? caller : draw(subjects[operation.about]);
    return makeRequest(operation, { key, token, number });
  });
}

/** The same requests as the floor takes them: with its own short path, which names the key. */
export function makeFloorRequests(
  operation: Operation,
  name: string,
  subjects: Subjects,
  callers: Callers,
): Sent[] {
  return makeRequests(operation, subjects, callers).map((sent) => {
    const key = foldText(draw(subjects[operation.about]));
    return { ...sent, path: `/${name}/${encodeURIComponent(key)}` };
  });
}

/** The same request by all callers in turn. */
export function repeatRequest(path: string, callers: Callers): Sent[] {
  const tokens = [...callers.values()];
  return Array.from({ length: TOTAL }, (_, number) => ({
    path,
    headers: { Authorization: `Bearer ${tokens[number % tokens.length]}` },
  }));
}

function findShared(values: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].filter(([, count]) => count >= SHARED_BY).map(([value]) => value);
}

function draw(subjects: readonly string[]): string {
  return subjects[Math.floor(Math.random() * subjects.length)]!;
}
