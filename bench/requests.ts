import { CONNECTIONS } from './measure.ts';
import { makeRequest, type Operation, type Sent } from './operations.ts';

/** Who sends requests: some of the users, each with a token of their own. */
export type Callers = ReadonlyMap<string, string>;

/** Distinct requests made ready for each connection, which sends them round and round. */
const REQUESTS_EACH = 1000;
const TOTAL = REQUESTS_EACH * CONNECTIONS;

/** Requests to Kith: about users drawn at random, by callers in turn. */
export function makeRequests(
  operation: Operation,
  userIds: readonly string[],
  callers: Callers,
): Sent[] {
  const people = [...callers];
  return Array.from({ length: TOTAL }, (_, number) => {
    const [caller, token] = people[number % people.length]!;
    const userId = operation.isAboutCaller ? caller : draw(userIds);
    return makeRequest(operation, { userId, token, number });
  });
}

/** The same requests as the floor takes them: with its own short path, which names the document. */
export function makeFloorRequests(
  operation: Operation,
  table: string,
  userIds: readonly string[],
  callers: Callers,
): Sent[] {
  const people = [...callers.keys()];
  return makeRequests(operation, userIds, callers).map((sent, number) => {
    const id = operation.isAboutCaller ? people[number % people.length]! : draw(userIds);
    return { ...sent, path: `/${table}/${id}` };
  });
}

function draw(userIds: readonly string[]): string {
  return userIds[Math.floor(Math.random() * userIds.length)]!;
}
