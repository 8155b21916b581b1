import type { EntityType, PropertyType } from '#model/model.ts';
import type { Media } from './blobs.ts';
import type { Tenant } from './caller.ts';
import type { ConnectionGraph } from './connection-graph.ts';
import type { Document, Value } from './document.ts';
import type { DocumentText } from './document-text.ts';
import type { Expression } from './expression.ts';
import type { MaybePromise } from './maybe-promise.ts';
import type { CollectionQuery, EvaluatedPage, FoundPage, MemberStart, Source } from './query.ts';

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

/** Values in the caller's own hands, and what is asked of them; each is `$it`. */
export interface Evaluation {
  /** The declared type of the values. */
  readonly type: PropertyType | EntityType;
  /** Entities hold what is worked out behind their navigations, as far as it is asked for. */
  readonly values: readonly Value[];
  /** Where the one value is kept, if its navigations are followed from there. */
  readonly kept?: Address | undefined;
  /** Which of them are wanted, in which order. */
  readonly query: CollectionQuery | undefined;
  /** What is to be computed of each. */
  readonly compute: readonly Expression[];
}

/** A root entity as a lookup finds it. */
export interface FoundEntity {
  readonly owner: number;
  readonly id: string;
  readonly version: number;
  /** What was wanted: the canonical document, the default view, or an empty string. */
  readonly text: string;
  /** In place of the text, where bytes were wanted and the store has it in UTF-8. */
  readonly bytes?: Uint8Array;
}

/** One stored entity: its version, and the canonical text of its document. */
export interface StoredRecord {
  readonly version: number;
  readonly text: string;
}

/**
 * Which text of a root entity a lookup brings along; `bytes` is its document to be sent as it is,
 * which spares reading it as a text where the store has it in UTF-8. Who wants its `place` is not
 * told its version either: an index alone knows where it is.
 */
export type Wanted = 'doc' | 'bytes' | 'view' | 'nothing' | 'place';

/** Whether a text comes along. Who wants none relies on its being there, not on its version. */
export function hasText(wanted: Wanted): boolean {
  return wanted !== 'nothing' && wanted !== 'place';
}

/**
 * Reads one tenant. Outside a transaction each read sees the last commit. A single entity is there
 * at once where the database is inside the process.
 */
export interface Reader {
  /** A root entity by its id, or by an indexed property, whose text compares folded. */
  find(
    set: string,
    property: string,
    value: string,
    wanted: Wanted,
  ): MaybePromise<FoundEntity | undefined>;
  /** The document of a root entity, to be read and changed where it stands. */
  document(set: string, text: string): DocumentText;
  /** Root entities by their surrogates, in the order asked for; missing ones are left out. */
  findMany(set: string, owners: readonly number[], wanted: Wanted): Promise<FoundEntity[]>;
  read(address: Address): MaybePromise<StoredRecord | undefined>;
  /** What an entity contains at a path, by key. */
  list(set: string, owner: number, path: string): Promise<(StoredRecord & { key: string })[]>;
  /** What it contains at every path below that one, by path and key. */
  listBelow(
    set: string,
    owner: number,
    path: string,
  ): Promise<(StoredRecord & { path: string; key: string })[]>;
  /** The media stream of an entity: its own behind `''`, that of a stream property by its name. */
  media(address: Address, name: string): MaybePromise<Media | undefined>;
  /**
   * One page of a collection, filtered, searched and ordered by the store itself; as one text where
   * it is told how members begin and can.
   */
  query(
    source: Source,
    query: CollectionQuery,
    wanted: Wanted,
    start?: MemberStart,
  ): MaybePromise<FoundPage>;
  /** Filters, orders and computes over values that the caller has, as a query does over members. */
  evaluate(evaluation: Evaluation): Promise<EvaluatedPage>;
  isLinked(relation: string, source: number, target: number): Promise<boolean>;
  /** The targets of a relation, ascending, at most `limit`. */
  linked(relation: string, source: number, limit: number): Promise<number[]>;
  countLinked(relation: string, source: number): Promise<number>;
  /**
   * How often the tenant has been written at any of these places: a relation; what a set contains
   * by its path (`users/contacts`); a set that entities leave or come back to; a property
   * (`users.mail`). Undefined inside a transaction, and where other processes write too.
   */
  writesAt(places: readonly string[]): number | undefined;
  /** Who is connected with whom; inside a transaction, as the last commit left it. */
  readonly connections: ConnectionGraph;
}

/**
 * Writes one tenant, inside a transaction. Reads see the state that the transaction began with,
 * and a transaction whose reads went stale before its commit is run again: each entity and media
 * stream that it found must still be there, as it was found. Every write but that of a secret or
 * of media records a change event that commits with it.
 *
 * Members name the type that they are of in `@odata.type` if it is derived from the declared one
 * (`namedType` of document.ts).
 */
export interface Writer extends Reader {
  /**
   * Adds a root entity under the text of its key, a singleton under an empty one, and gives its
   * surrogate. Where another one has that key, or the value of a property that is unique, the
   * transaction refuses with `conflict`, whose target is the property (see `Store.transact`).
   */
  insert(set: string, members: Document): Promise<number>;
  /**
   * Replaces the document at an address; `previous` is what the transaction read there. Without it
   * a contained entity is added, and refused with `conflict` where there is one already.
   */
  write(
    address: Address,
    members: Document | DocumentText,
    previous: StoredRecord | undefined,
    changed: readonly string[],
  ): void;
  /**
   * Moves the version of what an entity contains, whichever it is, so that nobody who does the same
   * at once has to wait; adds it with these members where there is none. A transaction that has
   * read it moves the version that it has read, or is stale.
   */
  touch(address: Address, members: Document): Promise<void>;
  /**
   * Lets no other transaction that takes the turn of that name commit between what this one reads
   * from now on and its own commit: for what must be true of a whole set and no index says.
   */
  takeTurn(name: string): Promise<void>;
  /**
   * A private value beside an entity, such as a password hash, never part of its document; no value
   * takes it away.
   */
  writeSecret(owner: number, name: string, value: string | undefined): void;
  /**
   * Links two root entities; those that are linked stay so without an event. That neither of them
   * is removed meanwhile holds only if the transaction has found both.
   */
  link(relation: string, source: number, target: number): void;
  /** Undoes a link; where there is none, nothing happens. */
  unlink(relation: string, source: number, target: number): void;
  /** Connects two people with each other; those who are connected stay so. */
  connect(one: number, other: number): void;
  /** Ends the connection of two people; where there is none, nothing happens. */
  disconnect(one: number, other: number): void;
  /** Sets a media stream, or takes it away. The entity's version is moved by whoever writes it. */
  writeMedia(address: Address, name: string, media: Media | undefined): void;
  /** Takes away all media streams of an entity, its own and those of its properties. */
  clearMedia(address: Address): void;
  /** Notes that something of an entity is still to be made, or that all of it is (`Store.tasks`). */
  setTask(address: Address, isOpen: boolean): void;
  /**
   * Removes what stands at an address with all that it contains, and of a root entity its links at
   * either end, secrets and media; `previous` is what the transaction read there. One event says
   * that it is deleted, and one for each link that it is undone; what it contained has none.
   */
  remove(address: Address, previous: Pick<StoredRecord, 'version'>): void;
  /**
   * Moves a root entity to another set, with what it contains and keeps beside it; `previous` is
   * what the transaction read of it. In a set that is apart nothing leads to it any more: its links
   * are undone until it is moved back, but for those to what is apart by then. One event says that
   * it is deleted from the one set, another that it is created in the other.
   */
  move(address: Address, set: string, members: Document, previous: { version: number }): void;
  /**
   * Removes everything of the tenant but the tenant itself, before the other writes; readers of
   * changes learn that what was is forgotten.
   */
  clear(): void;
}

/**
 * A committed change, as delta queries and notifications read it. Where events before it are
 * `forgotten`, it says nothing else.
 */
export interface ChangeEvent {
  /** Opaque, ordered: hand it back as `after` to read on. */
  readonly position: string;
  readonly set: string;
  readonly owner: number;
  readonly path: string;
  /** Of a root entity its id where it is created or deleted; of a link the target's surrogate. */
  readonly key: string;
  /** Links name no set; their owner is the source. */
  readonly kind: 'created' | 'updated' | 'deleted' | 'linked' | 'unlinked' | 'forgotten';
  /** The properties that changed; of a link, its relation; of what is purged, its type. */
  readonly names: readonly string[];
}

/** What sets are queried by, as far as it can be made behind the rows: all but uniqueness. */
export interface QueryIndexes {
  /** Takes them away, before much is loaded: each row would cost a change of every one of them. */
  drop(): Promise<void>;
  /** Makes those that are missing. What has been dropped is made at the next start at the latest. */
  make(): Promise<void>;
}

/** Where everything is kept, durably: what is acknowledged is on disk. */
export interface Store {
  /** Tenants by guid or by a verified domain, in any case; the default one when nothing is given. */
  findTenant(idOrDomain?: string): Promise<Tenant | undefined>;
  createTenant(tenant: Omit<Tenant, 'num'>): Promise<Tenant>;
  reader(tenant: Tenant): Reader;
  /**
   * Runs work that reads much: where the database is inside the process, what is read before the
   * work first waits is of one state, the last committed one, and costs less.
   */
  atOnce<Result>(work: () => Result): Result;
  /**
   * Runs the work until it commits on the state that it read, then resolves once that is durable.
   * What the work throws rolls everything back. It may run more than once: also where it adds what
   * is there already, since that may have come after the work looked for it. What is a duplicate
   * the second time is refused with `conflict`; its target names the property.
   */
  transact<Result>(tenant: Tenant, work: (tx: Writer) => Promise<Result>): Promise<Result>;
  /**
   * Runs the work on a store whose transactions commit together when the work has ended, on the
   * state that they read, or not at all: what the work throws rolls everything back. Each sees what
   * the earlier ones write. Queries of collections and the graph of connections find by the state
   * before; of what a query finds, members are shown as they are now, and left out where they are
   * removed. They run one at a time, in any tenant; the work may run more than once.
   */
  join<Result>(work: (joined: Store) => Promise<Result>): Promise<Result>;
  /** Committed changes behind a position, oldest first; none is ever skipped. */
  changes(tenant: Tenant, after: string | undefined, limit: number): Promise<ChangeEvent[]>;
  /** The position behind every change that is settled now. */
  latestChange(tenant: Tenant): Promise<string>;
  /** Forgets changes older than that time, in milliseconds since 1970. */
  forgetChanges(before: number): Promise<void>;
  /** The tenants of whose root entities any are in a set. */
  tenantsWith(set: string): Promise<readonly Tenant[]>;
  /**
   * Runs the work unless another process of the store runs work of that name; false if so. The
   * signal is given when that can no longer be told: the work should end.
   */
  whileAlone(name: string, work: (lost: AbortSignal) => Promise<void>): Promise<boolean>;
  /** How many root entities a set holds. */
  count(tenant: Tenant, set: string): Promise<number>;
  /** Entities of which something is still to be made, of every tenant, at most so many. */
  tasks(limit: number): Promise<{ readonly tenant: Tenant; readonly address: Address }[]>;
  /** Which of these blobs any tenant's media streams are made of. */
  usedBlobs(names: readonly string[]): Promise<ReadonlySet<string>>;
  /** The kept text of that name, which all processes share; made once if there is none. */
  keep(name: string, make: () => Promise<string>): Promise<string>;
  /** Resolves when the store answers; throws when it does not. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
