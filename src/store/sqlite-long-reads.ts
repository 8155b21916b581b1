import { Worker } from 'node:worker_threads';
import { Refusal } from '#errors.ts';
import type { SqlList, SqlValue } from './database.ts';
import type { LongAnswer, LongQuery } from './sqlite-long-reader.ts';

/** Limits of long queries. */
export interface LongReadLimits {
  /** Queries that wait for the one that runs, at most. */
  readonly waitingMax: number;
  /** How long a query may wait and run. */
  readonly patienceMs: number;
  /** How long the thread stays when there is nothing to do. */
  readonly idleMs: number;
}

const usualLimits: LongReadLimits = { waitingMax: 64, patienceMs: 30_000, idleMs: 60_000 };

interface Asked {
  readonly query: LongQuery;
  readonly resolve: (rows: readonly SqlList[]) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * Queries that may look at a whole set, one at a time, on a thread that is there only while there
 * are such. Refuses with 503 what has to wait behind too many, and what takes too long.
 */
export class SqliteLongReads {
  private readonly path: string;
  private readonly limits: LongReadLimits;
  private readonly waiting: Asked[] = [];
  private running: Asked | undefined;
  private thread: Worker | undefined;
  private idle: NodeJS.Timeout | undefined;

  constructor(path: string, limits = usualLimits) {
    this.path = path;
    this.limits = limits;
  }

  /** The rows of a query, each a list of its columns. */
  list(sql: string, params: readonly SqlValue[]): Promise<readonly SqlList[]> {
    const { promise, resolve, reject } = Promise.withResolvers<readonly SqlList[]>();
    if (this.waiting.length >= this.limits.waitingMax) {
      const message = 'Too many long queries are waiting. Try again later.';
      reject(new Refusal('unavailable', message, { headers: { 'Retry-After': '10' } }));
      return promise;
    }
    const timer = setTimeout(() => this.giveUp(asked), this.limits.patienceMs);
    const asked: Asked = { query: { sql, params }, resolve, reject, timer };
    this.waiting.push(asked);
    this.next();
    return promise;
  }

  /** Ends the thread; what still waits or runs is refused. */
  async close(): Promise<void> {
    clearTimeout(this.idle);
    for (const asked of this.waiting.splice(0)) refuse(asked, new Error('The store is closed.'));
    await this.thread?.terminate();
  }

  private next(): void {
    if (this.running) return;
    clearTimeout(this.idle);
    this.running = this.waiting.shift();
    if (this.running) {
      this.thread ??= this.start();
      this.thread.postMessage(this.running.query);
    } else if (this.thread) {
      this.idle = setTimeout(() => this.rest(), this.limits.idleMs).unref();
    }
  }

  private rest(): void {
    const { thread } = this;
    this.thread = undefined;
    thread?.postMessage('close');
  }

  private start(): Worker {
    const entry = new URL('./sqlite-long-reader.ts', import.meta.url);
    const thread = new Worker(entry, { workerData: { path: this.path } });
    thread.on('message', (answer: LongAnswer) => {
      const { running } = this;
      // One that was given up before is not waited for.
      if (!running) return;
      if ('rows' in answer) running.resolve(answer.rows);
      else running.reject(Object.assign(new Error(answer.failure), { errcode: answer.code }));
      this.finish(running);
    });
    thread.on('error', (error) => this.running && refuse(this.running, error as Error));
    thread.once('exit', () => {
      if (this.thread !== thread) return;
      this.thread = undefined;
      const { running } = this;
      if (!running) return;
      refuse(running, new Error('The thread of long queries has ended.'));
      this.finish(running);
    });
    return thread;
  }

  private finish({ timer }: Asked): void {
    clearTimeout(timer);
    this.running = undefined;
    this.next();
  }

  /**
   * Refuses what takes too long. A statement that runs can't be stopped, but its thread is: the
   * next query waits until that has ended.
   */
  private giveUp(asked: Asked): void {
    const message = 'The query takes too long. Filter by an indexed property.';
    refuse(asked, new Refusal('queryTimeout', message));
    const place = this.waiting.indexOf(asked);
    if (place >= 0) this.waiting.splice(place, 1);
    else void this.thread?.terminate();
  }
}

function refuse({ reject, timer }: Asked, error: Error): void {
  clearTimeout(timer);
  reject(error);
}
