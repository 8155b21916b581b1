import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '#clock.ts';
import { Refusal } from '#errors.ts';
import { newId } from '#ids.ts';
import type { Caller } from '#plan/caller.ts';
import type { ServiceAnswer } from '../service-request.ts';

/** A request that is answered later. */
export interface Job {
  readonly id: string;
  /** The final answer; undefined as long as there is none. */
  readonly answer: ServiceAnswer | undefined;
}

interface KeptJob extends Job {
  readonly caller: Caller;
  readonly done: Promise<ServiceAnswer>;
  answer: ServiceAnswer | undefined;
  endedAt: number | undefined;
  isCancelled: boolean;
  hasWritten: boolean;
}

/** Answers a request; calls the gate before anything is committed. Never rejects. */
export type Run = (gate: () => void) => Promise<ServiceAnswer>;

/** Requests that are under way or whose answer is kept. */
const JOBS_MAX = 1_000;
/** Bytes of the answers that are kept. */
const BYTES_MAX = 64 * 1024 * 1024;
/** How long an answer is kept, in milliseconds. */
const LIFETIME = 10 * 60 * 1_000;
/** How long the end of the program waits for commits, in milliseconds. */
const GRACE = 500;

/**
 * The requests of this process that are answered later, and their answers, which are kept for ten
 * minutes and in memory alone. Closing it cancels those that are under way, and waits a moment for
 * what they are committing.
 */
export class Jobs implements AsyncDisposable {
  private readonly clock: Clock;
  private readonly jobs = new Map<string, KeptJob>();
  private readonly running = new Set<Promise<ServiceAnswer>>();
  private bytes = 0;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Begins to answer a request; undefined where so many are kept that it has to be done at once. */
  start(caller: Caller, run: Run): Job | undefined {
    this.forgetOld();
    if (this.jobs.size >= JOBS_MAX || this.bytes >= BYTES_MAX) return undefined;
    const state = { answer: undefined, endedAt: undefined, isCancelled: false, hasWritten: false };
    const done = Promise.resolve().then(() => run(() => pass(job)));
    const job: KeptJob = { id: newId(), caller, done, ...state };
    this.jobs.set(job.id, job);
    this.running.add(done);
    done.then((answer) => {
      this.running.delete(done);
      this.end(job, answer);
    });
    return job;
  }

  /** The request of that id, if it is this caller's. */
  find(id: string, { tenant, user, app }: Caller): Job | undefined {
    this.forgetOld();
    const job = this.jobs.get(id);
    const { caller } = job ?? {};
    const isTheirs = caller?.tenant.num === tenant.num && caller.user === user;
    return isTheirs && caller.app === app ? job : undefined;
  }

  /** The answer, if it is there within so many milliseconds; it is then no longer kept. */
  async await({ id }: Job, milliseconds: number): Promise<ServiceAnswer | undefined> {
    const job = this.jobs.get(id);
    if (!job) return undefined;
    const ended = new AbortController();
    const late = sleep(milliseconds, undefined, { signal: ended.signal }).catch(() => undefined);
    const answer = await Promise.race([job.done, late]);
    ended.abort();
    if (answer) this.forget(job);
    return answer;
  }

  /**
   * Forgets a request, and sees to it that one which is under way changes nothing; false where it
   * has changed something already (OData Protocol 4.01, section 11.6).
   */
  cancel({ id }: Job): boolean {
    const job = this.jobs.get(id);
    if (!job || job.hasWritten) return false;
    job.isCancelled = true;
    this.forget(job);
    return true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const job of this.jobs.values()) job.isCancelled = true;
    if (this.running.size > 0) await Promise.race([Promise.all(this.running), sleep(GRACE)]);
  }

  private end(job: KeptJob, answer: ServiceAnswer): void {
    if (!this.jobs.has(job.id)) return;
    job.answer = answer;
    job.endedAt = this.clock.now();
    this.bytes += sizeOf(answer);
  }

  private forgetOld(): void {
    const before = this.clock.now() - LIFETIME;
    for (const job of this.jobs.values()) {
      if (job.endedAt !== undefined && job.endedAt < before) this.forget(job);
    }
  }

  private forget(job: KeptJob): void {
    if (!this.jobs.delete(job.id) || !job.answer) return;
    this.bytes -= sizeOf(job.answer);
  }
}

/** Lets a request commit, unless it is cancelled. */
function pass(job: KeptJob): void {
  if (job.isCancelled) throw new Refusal('operationRefused', 'The request has been cancelled.');
  job.hasWritten = true;
}

function sizeOf({ body }: ServiceAnswer): number {
  return body === undefined ? 0 : Buffer.byteLength(body);
}
