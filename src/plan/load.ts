import type { Tenant } from './caller.ts';
import type { Document } from './document.ts';
import type { QueryIndexes, Store, Writer } from './store.ts';

/**
 * An entity as a store writes it, made ahead of the transaction that adds it: what it was made of
 * need not be held until then. It may be made on another thread.
 */
export interface ReadyEntity {
  readonly set: string;
  /** The containment path; empty for a root entity. */
  readonly path: string;
}

/** Makes an entity ready: a root entity, or what one contains at a path. */
export type MakeReady = (set: string, path: string, members: Document) => ReadyEntity;

/** Writes one tenant, inside a transaction that loads data: no events. */
export interface Loader extends Writer {
  /** As `insert`, of a root entity that has been made ready. */
  addRoot(ready: ReadyEntity): Promise<number>;
  /** Adds what a root entity contains, as `write` does, by the keys along its path. */
  addPart(ready: ReadyEntity, owner: number, key: string): void;
}

/** A store into which data may be loaded for the first time. */
export interface LoadingStore extends Store {
  readonly indexes: QueryIndexes;
  readonly makeReady: MakeReady;
  /** As `transact`, for the first loading of data, which is not a change: no events. */
  import<Result>(tenant: Tenant, work: (tx: Loader) => Promise<Result>): Promise<Result>;
}
