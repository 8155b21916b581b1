import { Worker } from 'node:worker_threads';
import type { Database, Outcome, Statement } from './database.ts';
import { SqliteLongReads } from './sqlite-long-reads.ts';
import { SqliteReads } from './sqlite-reads.ts';
import type { PackedStatement, WriterBatch } from './sqlite-writer.ts';

/** Transactions that share one commit, at most. */
const BATCH_MAX = 256;
/** SQL texts that the writer keeps: there is one for each choice of index columns that change. */
const TEXTS_MAX = 2000;

interface Waiting {
  readonly statements: readonly Statement[];
  readonly resolve: (outcome: Outcome) => void;
}

/** The embedded database: quick reads on this thread, long ones and commits each on their own. */
export class SqliteDatabase extends SqliteReads implements Database {
  /**
   * Behind each commit SQLite takes the whole mapped file back and drops its cache, both of which
   * cost by their size; who writes reads a few pages by a small cache instead.
   */
  readonly whileWriting: SqliteReads;
  private readonly writer: Worker;
  /** The SQL texts that the writer knows, by their number. */
  private readonly texts = new Map<string, number>();
  private waiting: Waiting[] = [];
  private underWay: Waiting[] = [];
  private failure: string | undefined;

  constructor(path: string) {
    // Reads of the first gigabyte go past SQLite's own cache to the system's, without a copy and
    // without a call; what lies behind it is held here, where the system may not.
    super(path, new SqliteLongReads(path), 'mmap_size = 1073741824; PRAGMA cache_size = -524288');
    this.whileWriting = new SqliteReads(path, this.longReads, 'cache_size = -4000');
    const entry = new URL('./sqlite-writer.ts', import.meta.url);
    this.writer = new Worker(entry, { workerData: { path } });
    this.writer.on('message', (outcomes: Outcome[]) => this.settle(outcomes));
    this.writer.on('error', (error) => this.fail(String(error)));
    this.writer.on('exit', () => this.fail('The writer thread has ended.'));
  }

  /** One lock of the file for all its reads: to take and leave it is a third of a short one. */
  atOnce<Result>(work: () => Result): Result {
    this.begin();
    try {
      return work();
    } finally {
      this.end();
    }
  }

  commit(statements: readonly Statement[]): Promise<Outcome> {
    const { failure } = this;
    if (failure !== undefined) return Promise.resolve({ kind: 'failed', message: failure });
    return new Promise((resolve) => {
      this.waiting.push({ statements, resolve });
      // What else this turn of the event loop has to commit goes along.
      if (this.underWay.length === 0 && this.waiting.length === 1) setImmediate(this.sendIfIdle);
    });
  }

  exclusively<Result>(_name: string, work: () => Promise<Result>): Promise<Result> {
    return work();
  }

  async whileAlone(_name: string, work: (lost: AbortSignal) => Promise<void>): Promise<boolean> {
    await work(new AbortController().signal);
    return true;
  }

  /** Ends the writer behind what it still has to commit. */
  async close(): Promise<void> {
    // Nothing, but behind everything that was to be committed before.
    await this.commit([]);
    if (this.failure === undefined) {
      const ended = new Promise((resolve) => this.writer.once('exit', resolve));
      this.writer.postMessage('close');
      await ended;
    }
    await this.longReads.close();
    this.closeConnection();
    this.whileWriting.closeConnection();
  }

  private readonly sendIfIdle = (): void => {
    if (this.underWay.length === 0) this.send();
  };

  private send(): void {
    this.underWay = this.waiting.splice(0, BATCH_MAX);
    if (this.underWay.length === 0) return;
    const forgets = this.texts.size > TEXTS_MAX;
    if (forgets) this.texts.clear();
    const texts: string[] = [];
    const batch = this.underWay.map(({ statements }) =>
      statements.map((each) => this.pack(each, texts)),
    );
    this.writer.postMessage({ forgets, texts, batch } satisfies WriterBatch);
  }

  /** A statement as it goes to the writer, which learns each SQL text once. */
  private pack({ sql, params, expects }: Statement, texts: string[]): PackedStatement {
    let number = this.texts.get(sql);
    if (number === undefined) {
      number = this.texts.size;
      this.texts.set(sql, number);
      texts.push(sql);
    }
    return [number, expects === 'one', params];
  }

  private settle(outcomes: readonly Outcome[]): void {
    const settled = this.underWay;
    this.send();
    for (const [index, { resolve }] of settled.entries()) resolve(outcomes[index]!);
  }

  private fail(message: string): void {
    this.failure = message;
    for (const { resolve } of this.underWay.concat(this.waiting)) {
      resolve({ kind: 'failed', message });
    }
    this.underWay = [];
    this.waiting = [];
  }
}
