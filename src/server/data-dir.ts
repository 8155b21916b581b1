import { existsSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ConfigError } from './config/config-error.ts';

/** A data folder that belongs to this process until it is closed or the process dies. */
export interface DataDir extends AsyncDisposable {
  readonly path: string;
  /** Gives the folder free; calling it again does nothing. */
  close(): Promise<void>;
}

/**
 * Makes the folder (0700) where it is missing and takes its lock. Throws ConfigError with one
 * sentence if it cannot be made or another process has it.
 */
export async function openDataDir(path: string): Promise<DataDir> {
  try {
    await makeFolder(resolve(path));
  } catch (error) {
    const { message } = error as Error;
    throw new ConfigError(`The data folder ${path} cannot be made: ${message}.`, { cause: error });
  }
  const lock = takeLock(path);
  const close = async () => {
    if (lock.isOpen) lock.close();
  };
  return { path, close, [Symbol.asyncDispose]: close };
}

/** Where a file system takes no folders, as /proc, Node's recursive mkdir would try for ever. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return;
    const parent = dirname(path);
    if (code !== 'ENOENT' || existsSync(parent)) throw error;
    await makeFolder(parent);
    await makeFolder(path);
  }
}

/** How long a reader of the owner's pid may hold up its writing, in milliseconds. */
const READERS_MS = 2_000;

/**
 * Node has no flock, but SQLite locks its files through the system, so a lock dies with its
 * process, also by `kill -9`. The process holds an IMMEDIATE transaction open: a second one
 * cannot begin its own, yet reads who is first, which an EXCLUSIVE transaction would not allow.
 * Nothing else may open the file `lock`: POSIX drops a process's locks when it closes any
 * descriptor of the file.
 */
function takeLock(path: string): DatabaseSync {
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(join(path, 'lock'));
    lock.exec('BEGIN IMMEDIATE');
    lock.exec('CREATE TABLE IF NOT EXISTS owner (pid INTEGER)');
    lock.exec('DELETE FROM owner');
    lock.prepare('INSERT INTO owner VALUES (?)').run(process.pid);
    // Somebody who only reads the owner holds up a COMMIT, and must not cost this start its folder.
    lock.exec(`PRAGMA busy_timeout = ${READERS_MS}`);
    lock.exec('COMMIT');
    lock.exec('PRAGMA busy_timeout = 0');
    // Between the two, another process may come first; then this one is refused, with its pid.
    lock.exec('BEGIN IMMEDIATE');
    return lock;
  } catch (error) {
    const message = explainFailure(path, error as Error, lock);
    lock?.close();
    throw new ConfigError(message, { cause: error });
  }
}

const SQLITE_BUSY = 5;

function explainFailure(path: string, error: Error, lock: DatabaseSync | undefined): string {
  if (!lock || (error as { errcode?: number }).errcode !== SQLITE_BUSY) {
    return `The data folder ${path} cannot be locked: ${error.message}.`;
  }
  const pid = readOwner(lock);
  const who = pid === undefined ? 'another process' : `process ${pid}`;
  return `The data folder ${path} is in use by ${who}; stop it, or choose another with --data-dir.`;
}

/** The first process may be writing its pid at this very moment; then nobody is named. */
function readOwner(lock: DatabaseSync): unknown {
  try {
    return lock.prepare('SELECT pid FROM owner').get()?.pid;
  } catch {
    return undefined;
  }
}
