import type { Reads, SqlList, SqlRow, SqlValue } from './database.ts';
import { SqliteConnection } from './sqlite-connection.ts';
import type { SqliteLongReads } from './sqlite-long-reads.ts';

/** A connection of the main thread that reads, and the thread that takes its long queries. */
export class SqliteReads implements Reads {
  /** One process has the data folder, and so the store. */
  readonly isShared = false;
  private readonly connection: SqliteConnection;
  protected readonly longReads: SqliteLongReads;

  /** `memory` are pragmas: how much of the file the connection keeps at hand, and where. */
  constructor(path: string, longReads: SqliteLongReads, memory: string) {
    this.connection = new SqliteConnection(path);
    this.longReads = longReads;
    this.connection.database.exec(`PRAGMA query_only = ON; PRAGMA ${memory};`);
  }

  async query(sql: string, params: readonly SqlValue[]): Promise<readonly SqlRow[]> {
    const statement = this.connection.prepare(sql);
    return statement.all(...(params as SqlValue[])) as unknown as SqlRow[];
  }

  list(sql: string, params: readonly SqlValue[]): readonly SqlList[] {
    const statement = this.connection.prepareList(sql);
    return statement.all(...(params as SqlValue[])) as unknown as SqlList[];
  }

  scan(sql: string, params: readonly SqlValue[]): Promise<readonly SqlList[]> {
    return this.longReads.list(sql, params);
  }

  first(sql: string, params: readonly SqlValue[]): SqlList | undefined {
    const statement = this.connection.prepareFirst(sql);
    return statement.get(...(params as SqlValue[])) as unknown as SqlList | undefined;
  }

  /** From here to `end` everything that is read is of one state. */
  protected begin(): void {
    this.connection.prepare('BEGIN').run();
  }

  protected end(): void {
    this.connection.prepare('COMMIT').run();
  }

  /** Closes the connection; the thread of long queries is whoever's it is. */
  closeConnection(): void {
    this.connection.close();
  }
}
