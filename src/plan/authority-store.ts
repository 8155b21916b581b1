import type { Tenant } from './caller.ts';

/**
 * Something that the authority keeps until a time: a code, a refresh token, a session, a consent, a
 * signing key. All processes of a store share it, and it outlives them.
 */
export interface Grant {
  /** What it is; keys are unique within a kind. */
  readonly kind: string;
  readonly key: string;
  /** Whom it belongs to. */
  readonly subject: string;
  /** What it descends from: a line of refresh tokens has one family. */
  readonly family: string;
  readonly value: string;
  /** Milliseconds since 1970. It may be found after that, until it is swept away. */
  readonly expiresAt: number;
}

/** A grant as it is kept. */
export interface KeptGrant extends Grant {
  readonly version: number;
}

/** What a grant is replaced by. */
export type GrantChange = Partial<Pick<Grant, 'value' | 'expiresAt'>>;

/** What the authority keeps beside people. Every write is durable when it resolves. */
export interface AuthorityStore {
  find(kind: string, key: string): Promise<KeptGrant | undefined>;
  /** All of a kind, or those of one subject, by key. */
  list(kind: string, subject?: string): Promise<KeptGrant[]>;
  /** Adds all of them; none, and false, where one is there already. */
  add(...grants: readonly Grant[]): Promise<boolean>;
  /**
   * Changes a grant that is still as it was found, and adds others in the same commit. False,
   * having changed nothing, where another was first.
   */
  replace(found: KeptGrant, change: GrantChange, ...added: readonly Grant[]): Promise<boolean>;
  remove(kind: string, key: string): Promise<void>;
  removeFamily(family: string): Promise<void>;
  /** Removes what a subject has of the kinds. */
  removeSubject(subject: string, kinds: readonly string[]): Promise<void>;
  /** Removes what has expired before that time. */
  sweep(before: number): Promise<void>;
  /** A private value beside an entity, such as the hash of a password. */
  secret(tenant: Tenant, owner: number, name: string): Promise<string | undefined>;
  /** Whether other processes write too. */
  readonly isShared: boolean;
  /** Changes when this process has written what may change the standing of somebody. */
  writes(): number;
}

const STANDING = new Set(['accountEnabled', 'signInSessionsValidFromDateTime']);

/** Whether a change of these properties of a member of a set may change the standing of somebody. */
export function changesStanding(set: string, names: readonly string[]): boolean {
  return set === 'users' && names.some((name) => STANDING.has(name));
}
