import { DatabaseSync, type StatementSync } from 'node:sqlite';

import { registerFunctions } from './query/databases/sqlite-functions.ts';
import { CHECKPOINT_PAGES } from './sqlite-dialect.ts';

/** Statements kept prepared per connection, of each kind. */
const PREPARED_MAX = 500;

/** A connection to the store's file and its prepared statements, for one thread. */
export class SqliteConnection {
  readonly database: DatabaseSync;
  private readonly prepared = new Map<string, StatementSync>();
  private readonly preparedFirsts = new Map<string, StatementSync>();
  /** Compiled queries, whose shapes clients choose: they never push out the others. */
  private readonly preparedLists = new Map<string, StatementSync>();

  /** Opens the file, making it when it is not there: WAL, and an fsync at every commit. */
  constructor(path: string) {
    this.database = new DatabaseSync(path, { timeout: 10_000 });
    // A person's row fits one page of 8 KB, where 4 KB would chain overflow pages.
    this.database.exec(`
      PRAGMA page_size = 8192;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES};
      PRAGMA cache_size = -16000;
      PRAGMA temp_store = MEMORY;
    `);
    registerFunctions(this.database);
  }

  prepare(sql: string): StatementSync {
    return this.prepared.get(sql) ?? this.keep(this.prepared, sql);
  }

  /** A compiled query, whose rows are lists. */
  prepareList(sql: string): StatementSync {
    return this.preparedLists.get(sql) ?? this.keepLists(this.preparedLists, sql);
  }

  /** A look-up, whose row is a list. */
  prepareFirst(sql: string): StatementSync {
    return this.preparedFirsts.get(sql) ?? this.keepLists(this.preparedFirsts, sql);
  }

  close(): void {
    this.prepared.clear();
    this.preparedFirsts.clear();
    this.preparedLists.clear();
    this.database.close();
  }

  private keepLists(known: Map<string, StatementSync>, sql: string): StatementSync {
    const statement = this.keep(known, sql);
    statement.setReturnArrays(true);
    return statement;
  }

  private keep(known: Map<string, StatementSync>, sql: string): StatementSync {
    if (known.size >= PREPARED_MAX) known.clear();
    const statement = this.database.prepare(sql);
    // What only writes reports the last row's number, which may be too great for a number.
    if (!givesRows(sql)) statement.setReadBigInts(true);
    known.set(sql, statement);
    return statement;
  }
}

/** Whether a statement gives rows, by its text; all texts are the store's own. */
export function givesRows(sql: string): boolean {
  return /^\s*(SELECT|WITH|EXPLAIN|PRAGMA)/.test(sql) || sql.includes(' RETURNING ');
}
