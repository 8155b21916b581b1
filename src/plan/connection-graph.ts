import type { MaybePromise } from './maybe-promise.ts';

/** How far one person is from another over accepted connections: `ConnectionDegree`. */
export type ConnectionDegree =
  | 'OUT_OF_NETWORK'
  | 'SELF'
  | 'DISTANCE_1'
  | 'DISTANCE_2'
  | 'DISTANCE_3';

/** People by their surrogates, some of them, and how many there are. */
export interface SharedPeople {
  readonly owners: readonly number[];
  readonly count: number;
}

/**
 * Who is connected with whom in one tenant, by the surrogates of people. It follows every commit:
 * what has been acknowledged is in the next answer. Whoever is not in the directory, be it for a
 * while, is connected with nobody, and no way leads over them.
 */
export interface ConnectionGraph {
  /** How far each of these people is from the viewer, in the order asked for; exact. */
  degrees(viewer: number, viewees: readonly number[]): MaybePromise<readonly ConnectionDegree[]>;
  /** With how many people a person is connected. */
  count(person: number): MaybePromise<number>;
  /** Those with whom a person is connected: ascending, behind `after`, at most `limit`. */
  neighbours(person: number, after: number, limit: number): MaybePromise<readonly number[]>;
  /** Those with whom a person is connected, or was when they left the directory; as it is kept. */
  kept(person: number): Promise<readonly number[]>;
  /** Those with whom both are connected: ascending, at most `limit`, and how many there are. */
  shared(one: number, other: number, limit: number): MaybePromise<SharedPeople>;
}

/** How the set `connections` names the pair of a connection, by their ids in either order. */
export function connectionPair(one: string, other: string): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}

/** How the set `invitations` names the pair of a pending invitation, by ids. */
export function invitationPair(inviter: string, invitee: string): string {
  return `${inviter}>${invitee}`;
}
