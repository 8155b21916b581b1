import { DatabaseSync } from 'node:sqlite';
import { makeRequest, type Operation, type Sent } from './operations.ts';
import type { Callers } from './requests.ts';

/** One operation's answers to ask Kith for, to keep as the floor's documents. */
export interface FloorTable {
  readonly operation: Operation;
  /** The floor's path and table: the operation's number. */
  readonly name: string;
}

export interface FillOptions {
  readonly tables: readonly FloorTable[];
  readonly origin: string;
  readonly userIds: readonly string[];
  readonly callers: Callers;
}

/** How many answers to PATCH the floor keeps ready; they differ in length, as Kith's do. */
export const PREPARED_ANSWERS = 256;

const PARALLEL = 32;

/** Opens the floor's file with the settings of Kith's own store: durable at every commit. */
export function openFloorFile(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  database.exec(`
    PRAGMA page_size = 8192;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA cache_size = -16000;
  `);
  return database;
}

/** Fills the floor with the very texts that Kith answers, a table for each operation. */
export async function fillFloor(path: string, options: FillOptions): Promise<void> {
  const { tables, callers, userIds } = options;
  const database = openFloorFile(path);
  for (const { operation, name } of tables) {
    database.exec(`CREATE TABLE "${name}" (id TEXT PRIMARY KEY, doc TEXT NOT NULL)`);
    const about = operation.isAboutCaller ? [...callers.keys()] : userIds;
    await fillTable(database, { operation, name }, { ...options, userIds: about });
  }
  database.close();
}

async function fillTable(
  database: DatabaseSync,
  { operation, name }: FloorTable,
  { origin, userIds, callers }: FillOptions,
): Promise<void> {
  const insert = database.prepare(`INSERT INTO "${name}" (id, doc) VALUES (?, ?)`);
  const [someToken = ''] = callers.values();
  for (let start = 0; start < userIds.length; start += PARALLEL) {
    const some = userIds.slice(start, start + PARALLEL);
    const docs = await Promise.all(
      some.map((userId, index) => {
        const token = callers.get(userId) ?? someToken;
        const sent = makeRequest(operation, { userId, token, number: start + index });
        return fetchText(origin, operation, sent);
      }),
    );
    database.exec('BEGIN');
    for (const [index, userId] of some.entries()) insert.run(userId, docs[index]!);
    database.exec('COMMIT');
  }
}

async function fetchText(
  origin: string,
  { method }: Operation,
  { path, headers, body }: Sent,
): Promise<string> {
  const init = body === undefined ? { method, headers } : { method, headers, body };
  const response = await fetch(`${origin}${path}`, init);
  const text = await response.text();
  if (response.ok) return text;
  throw new Error(`${method} ${path} was answered with ${response.status}: ${text}`);
}
