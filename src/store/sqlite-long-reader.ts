/**
 * The thread of long queries: reads what the main thread sends, one query after another, on a
 * connection of its own, so that no scan ever holds up another request.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { SqlList, SqlValue } from './database.ts';
import { SqliteConnection } from './sqlite-connection.ts';

/** A query on its way to the thread. */
export interface LongQuery {
  readonly sql: string;
  readonly params: readonly SqlValue[];
}

/** What became of a query. */
export type LongAnswer =
  | { readonly rows: readonly SqlList[] }
  | { readonly failure: string; readonly code: number | undefined };

const connection = new SqliteConnection((workerData as { path: string }).path);
connection.database.exec('PRAGMA query_only = ON');
const port = parentPort!;
port.on('message', (message: LongQuery | 'close') => {
  if (message !== 'close') {
    port.postMessage(answer(message));
    return;
  }
  connection.close();
  port.close();
});

function answer({ sql, params }: LongQuery): LongAnswer {
  try {
    const rows = connection.prepareList(sql).all(...(params as SqlValue[]));
    return { rows: rows as unknown as SqlList[] };
  } catch (error) {
    const { message, errcode } = error as Error & { errcode?: number };
    return { failure: message, code: errcode };
  }
}
