import { chmodSync, closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '#clock.ts';
import type { Model } from '#model/model.ts';
import type { AuthorityStore } from '#plan/authority-store.ts';
import type { LoadingStore } from '#plan/load.ts';
import type { Database } from './database.ts';
import type { Dialect } from './dialect.ts';
import { KeptWords } from './known/kept-words.ts';
import { layOut } from './layout.ts';
import { migrate } from './migrate.ts';
import { SqlIndexes } from './query-indexes.ts';
import { SqlAuthorityStore } from './sql-authority-store.ts';
import { SqlStore } from './sql-store.ts';

/** Which store to open, and for what. */
export interface StoreOptions {
  /** `postgres://...`, or undefined for SQLite in the data folder. */
  readonly url: string | undefined;
  readonly dataDir: string;
  /** The model with everything that is stored. */
  readonly model: Model;
  readonly clock: Clock;
  /** Told of connections that break while idle. */
  readonly onError: (error: Error) => void;
}

/** A store that is open, and what the authority keeps in it. */
export interface OpenedStore extends LoadingStore {
  readonly authority: AuthorityStore;
}

/**
 * Opens the store and brings it up to date. Throws a StoreVersionError when it is newer than the
 * program, and what the database throws when it cannot be reached.
 */
export async function openStore(options: StoreOptions): Promise<OpenedStore> {
  const { model, clock } = options;
  const { database, dialect } = await openDatabase(options);
  try {
    const layouts = layOut(model);
    await migrate(database, dialect, layouts, model);
    const authority = new SqlAuthorityStore(database);
    const known = await KeptWords.open({ database, dialect, model });
    const store = new SqlStore({
      database,
      dialect,
      layouts,
      model,
      known,
      now: () => clock.now(),
      onStanding: () => authority.noteWrite(),
    });
    const indexes = new SqlIndexes({ database, dialect, layouts });
    return Object.assign(store, { authority, indexes });
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** The file of an embedded store. */
export function sqlitePath(dataDir: string): string {
  return join(dataDir, 'kith.sqlite');
}

/** Each database is loaded when it is used: a start never pays for the other. */
async function openDatabase(
  options: StoreOptions,
): Promise<{ database: Database; dialect: Dialect }> {
  if (options.url === undefined) {
    const { SqliteDatabase } = await import('./sqlite-database.ts');
    const { sqliteDialect } = await import('./sqlite-dialect.ts');
    const path = sqlitePath(options.dataDir);
    makePrivate(path);
    const database = new SqliteDatabase(path);
    return { database, dialect: sqliteDialect };
  }
  const { PostgresDatabase } = await import('./postgres-database.ts');
  const { postgresDialect } = await import('./postgres-dialect.ts');
  return { database: new PostgresDatabase(options.url, options.onError), dialect: postgresDialect };
}

/**
 * Signing keys and secrets are in the file, and a folder that was there before may be open to
 * others. SQLite gives what it keeps beside the file the same mode. This comes before its first
 * connection, whose locks would go when another descriptor of the file is closed.
 */
function makePrivate(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
}
