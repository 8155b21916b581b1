/**
 * The writer thread: commits what the main thread sends, so that no fsync ever holds up a read.
 * Transactions that arrive together share one commit, each under a savepoint of its own.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { Outcome, SqlRow, WrittenValue } from './database.ts';
import { givesRows, SqliteConnection } from './sqlite-connection.ts';

/** A statement on its way to the writer: number of its text, whether it must find a row, values. */
export type PackedStatement = readonly [
  text: number,
  expectsOne: boolean,
  params: readonly WrittenValue[],
];

/** What the main thread sends: SQL texts that are new, and the transactions of one commit. */
export interface WriterBatch {
  /** Whether the texts known before are numbered anew. */
  readonly forgets: boolean;
  readonly texts: readonly string[];
  readonly batch: readonly (readonly PackedStatement[])[];
}

type SqliteError = Error & { errcode?: number };

const SQLITE_FULL = 13;
const SQLITE_CONSTRAINT = 19;
const committed: Outcome = { kind: 'committed', rows: [] };

const connection = new SqliteConnection((workerData as { path: string }).path);
const known: string[] = [];
const port = parentPort!;
port.on('message', (message: WriterBatch | 'close') => {
  if (message !== 'close') {
    if (message.forgets) known.length = 0;
    known.push(...message.texts);
    port.postMessage(commitBatch(message.batch));
    return;
  }
  connection.close();
  port.close();
});

/** Most batches have nothing that fails, and then need no savepoints. */
function commitBatch(batch: WriterBatch['batch']): Outcome[] {
  return commitWhole(batch) ?? commitEach(batch);
}

/** Commits all transactions as one; undefined, having changed nothing, if one of them fails. */
function commitWhole(batch: WriterBatch['batch']): Outcome[] | undefined {
  try {
    connection.prepare('BEGIN IMMEDIATE').run();
    const outcomes = batch.map(runAll);
    const isWhole = outcomes.every(({ kind }) => kind === 'committed');
    connection.prepare(isWhole ? 'COMMIT' : 'ROLLBACK').run();
    return isWhole ? outcomes : undefined;
  } catch {
    rollBack();
    return undefined;
  }
}

/** Commits those that succeed, each under a savepoint of its own. */
function commitEach(batch: WriterBatch['batch']): Outcome[] {
  try {
    connection.prepare('BEGIN IMMEDIATE').run();
    const outcomes = batch.map(runSaved);
    connection.prepare('COMMIT').run();
    return outcomes;
  } catch (error) {
    rollBack();
    const outcome = outcomeOf(error as SqliteError);
    return batch.map(() => outcome);
  }
}

function runSaved(statements: readonly PackedStatement[]): Outcome {
  connection.prepare('SAVEPOINT one').run();
  try {
    const outcome = runAll(statements);
    if (outcome.kind !== 'committed') connection.prepare('ROLLBACK TO one').run();
    connection.prepare('RELEASE one').run();
    return outcome;
  } catch (error) {
    // A full disk rolls the whole batch back by itself; then there is no savepoint to return to.
    if (!connection.database.isTransaction) throw error;
    connection.prepare('ROLLBACK TO one').run();
    connection.prepare('RELEASE one').run();
    return outcomeOf(error as SqliteError);
  }
}

function runAll(statements: readonly PackedStatement[]): Outcome {
  let rows: readonly SqlRow[] | undefined;
  for (const [text, expectsOne, params] of statements) {
    const sql = known[text]!;
    const statement = connection.prepare(sql);
    let found: boolean;
    if (givesRows(sql)) {
      rows = statement.all(...(params as WrittenValue[])) as unknown as SqlRow[];
      found = rows.length > 0;
    } else {
      found = Number(statement.run(...(params as WrittenValue[])).changes) > 0;
    }
    if (expectsOne && !found) return { kind: 'stale' };
  }
  return rows === undefined || rows.length === 0 ? committed : { kind: 'committed', rows };
}

function rollBack(): void {
  if (connection.database.isTransaction) connection.prepare('ROLLBACK').run();
}

function outcomeOf(error: SqliteError): Outcome {
  const code = (error.errcode ?? 0) & 0xff;
  if (code === SQLITE_CONSTRAINT) return { kind: 'duplicate', constraint: error.message };
  if (code === SQLITE_FULL) return { kind: 'full', message: error.message };
  return { kind: 'failed', message: error.message };
}
