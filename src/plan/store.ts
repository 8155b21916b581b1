import type { Tenant } from './caller.ts';
import type { Document } from './document.ts';
import type { DocumentText } from './document-text.ts';
import type { CollectionQuery, FoundPage, Source } from './query.ts';

/**
 * Where one entity is kept: a root entity by its set and surrogate number, or what it contains by
 * the containment path below it (`contacts/photo`) and the keys along that path (`{contactId}`).
 */
export interface Address {
  readonly set: string;
  /** The root entity's surrogate: one person's rows lie together under it. */
  readonly owner: number;
  /** Empty for the root entity itself. */
  readonly path: string;
  readonly key: string;
}

/** A root entity as a lookup finds it. */
export interface FoundEntity {
  readonly owner: number;
  readonly id: string;
  readonly version: number;
  /** What was wanted: the canonical document, the default view, or an empty string. */
  readonly text: string;
}

/** One stored entity: its version, and the canonical text of its document. */
export interface StoredRecord {
  readonly version: number;
  readonly text: string;
}

/** Which text of a root entity a lookup brings along. */
export type Wanted = 'doc' | 'view' | 'nothing';

/** Reads one tenant. Outside a transaction each read sees the last commit. */
export interface Reader {
  /** A root entity by its id, or by an indexed property, whose text compares folded. */
  find(
    set: string,
    property: string,
    value: string,
    wanted: Wanted,
  ): Promise<FoundEntity | undefined>;
  /** The document of a root entity, to be read and changed where it stands. */
  document(set: string, text: string): DocumentText;
  /** Root entities by their surrogates, in the order asked for; missing ones are left out. */
  findMany(set: string, owners: readonly number[]): Promise<FoundEntity[]>;
  read(address: Address): Promise<StoredRecord | undefined>;
  /** What an entity contains at a path, by key. */
  list(set: string, owner: number, path: string): Promise<(StoredRecord & { key: string })[]>;
  /** One page of a collection, filtered, searched and ordered by the store itself. */
  query(source: Source, query: CollectionQuery, wanted: Wanted): Promise<FoundPage>;
  isLinked(relation: string, source: number, target: number): Promise<boolean>;
  /** The targets of a relation, ascending, at most `limit`. */
  linked(relation: string, source: number, limit: number): Promise<number[]>;
  countLinked(relation: string, source: number): Promise<number>;
  /** Targets that both sources share, ascending, at most `limit`, and how many there are. */
  shared(
    relation: string,
    one: number,
    other: number,
    limit: number,
  ): Promise<{ owners: number[]; count: number }>;
  /** Whether a way of exactly `steps` links (1 to 3) leads from one to the other. */
  isReachable(relation: string, from: number, to: number, steps: number): Promise<boolean>;
}

/**
 * Writes one tenant, inside a transaction. Reads see the state that the transaction began with,
 * and a transaction whose reads went stale before its commit is run again. Every write records a
 * change event that commits with it.
 */
export interface Writer extends Reader {
  insert(set: string, members: Document): Promise<number>;
  /** Replaces the document at an address; `previous` is what the transaction read there. */
  write(
    address: Address,
    members: Document | DocumentText,
    previous: StoredRecord | undefined,
    changed: readonly string[],
  ): void;
  /** A private value beside an entity, such as a password hash; never part of its document. */
  writeSecret(owner: number, name: string, value: string): void;
  link(relation: string, source: number, target: number): void;
  /** Removes everything of the tenant but the tenant itself, before the other writes. */
  clear(): void;
}

/** A committed change, as delta queries and notifications read it. */
export interface ChangeEvent {
  /** Opaque, ordered: hand it back as `after` to read on. */
  readonly position: string;
  readonly set: string;
  readonly owner: number;
  readonly path: string;
  readonly key: string;
  readonly kind: 'created' | 'updated' | 'linked';
  /** Names of the properties that changed. */
  readonly names: readonly string[];
}

/** Where everything is kept, durably: what is acknowledged is on disk. */
export interface Store {
  /** Tenants by guid or by a verified domain, in any case; the default one when nothing is given. */
  findTenant(idOrDomain?: string): Promise<Tenant | undefined>;
  createTenant(tenant: Omit<Tenant, 'num'>): Promise<Tenant>;
  reader(tenant: Tenant): Reader;
  /**
   * Runs the work until it commits on the state that it read, then resolves once that is durable.
   * What the work throws rolls everything back. It may run more than once.
   */
  transact<Result>(tenant: Tenant, work: (tx: Writer) => Promise<Result>): Promise<Result>;
  /**
   * Runs the work on a store whose transactions commit together when the work has ended, on the
   * state that they read, or not at all: what the work throws rolls everything back. Each sees what
   * the earlier ones write, but for queries of collections. They run one at a time, in any tenant;
   * the work may run more than once.
   */
  join<Result>(work: (joined: Store) => Promise<Result>): Promise<Result>;
  /** As `transact`, for the first loading of data, which is not a change: no events. */
  import<Result>(tenant: Tenant, work: (tx: Writer) => Promise<Result>): Promise<Result>;
  /** Committed changes behind a position, oldest first; none is ever skipped. */
  changes(tenant: Tenant, after: string | undefined, limit: number): Promise<ChangeEvent[]>;
  /** How many root entities a set holds. */
  count(tenant: Tenant, set: string): Promise<number>;
  /** The kept text of that name, which all processes share; made once if there is none. */
  keep(name: string, make: () => Promise<string>): Promise<string>;
  /** Resolves when the store answers; throws when it does not. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
