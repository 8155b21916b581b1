import type { MaybePromise } from '#plan/maybe-promise.ts';

/** A value that both databases bind and return. */
export type SqlValue = string | number | bigint | null;

/** What a statement that writes binds. */
export type WrittenValue = SqlValue | Uint8Array;
/** A row, by column name. */
export type SqlRow = Readonly<Record<string, SqlValue>>;

/** A row, by the order of its columns. */
export type SqlList = readonly SqlValue[];

/** One statement of a transaction, with `?` for its parameters. */
export interface Statement {
  readonly sql: string;
  readonly params: readonly WrittenValue[];
  /**
   * `one`: the transaction is stale and rolls back unless exactly this statement finds or changes
   * a row. `any`: it may change nothing.
   */
  readonly expects: 'one' | 'any';
}

/** How a transaction ended. A stale one may succeed when it is run again on fresh reads. */
export type Outcome =
  | { readonly kind: 'committed'; readonly rows: readonly SqlRow[] }
  | { readonly kind: 'stale' }
  | { readonly kind: 'duplicate'; readonly constraint: string }
  | { readonly kind: 'full'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };

/** What reads the last committed state of a database. */
export interface Reads {
  /** Whether other processes write to it too. */
  readonly isShared: boolean;
  query(sql: string, params: readonly SqlValue[]): Promise<readonly SqlRow[]>;
  /** As `query`, each row a list of its columns: half the time where there are many. */
  list(sql: string, params: readonly SqlValue[]): MaybePromise<readonly SqlList[]>;
  /** As `list`, for what may look at a whole set: nothing else waits for it. */
  scan(sql: string, params: readonly SqlValue[]): Promise<readonly SqlList[]>;
  /** The one row as a list, or undefined; for statements that find one at most. */
  first(sql: string, params: readonly SqlValue[]): MaybePromise<SqlList | undefined>;
}

/** What differs between the two databases beyond the text of their SQL. */
export interface Database extends Reads {
  /** What transactions read by: a few rows each, and most of them right behind a commit. */
  readonly whileWriting: Reads;
  /** Runs work whose reads, as far as it does not wait for them, may all be of one state. */
  atOnce<Result>(work: () => Result): Result;
  /**
   * Commits all statements or none, and resolves when that is durable. `rows` are those that the
   * last statement returned.
   */
  commit(statements: readonly Statement[]): Promise<Outcome>;
  /** Runs the work while no other process of the store runs work of that name. */
  exclusively<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
  /** Runs the work unless another process runs work of that name; false if so. */
  whileAlone(name: string, work: (lost: AbortSignal) => Promise<void>): Promise<boolean>;
  close(): Promise<void>;
}
