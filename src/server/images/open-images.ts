import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { Refusal } from '#errors.ts';
import type { Images, TakenImage } from '#plan/images.ts';
import type { ImageMessage, ImageTask } from './image-task.ts';

/** Limits of the processes that decode and make images. */
export interface ImageLimits {
  /** Processes at once. */
  readonly processes: number;
  /** Tasks that wait, at most. */
  readonly waitingMax: number;
  /** How long a process may take to start. */
  readonly startMs: number;
  /** How long one task may run. */
  readonly taskMs: number;
  /** How long a process stays when there is nothing to do. */
  readonly idleMs: number;
}

const usualLimits: ImageLimits = {
  processes: Math.max(1, Math.min(4, availableParallelism() - 1)),
  waitingMax: 64,
  startMs: 60_000,
  taskMs: 10_000,
  idleMs: 60_000,
};

/** Images that are decoded elsewhere until they are disposed. */
export interface OpenImages extends Images, AsyncDisposable {}

/** A task, and who hears of it. */
interface Asked {
  readonly task: ImageTask;
  readonly onMessage: (message: ImageMessage) => void;
  readonly onEnd: (refusal: Refusal) => void;
}

/**
 * Opens the image processes; the first one starts with the first task, so that sharp is loaded only
 * where there are images. A process that takes too long or dies is replaced by the next task's.
 */
export function openImages(limits: ImageLimits = usualLimits): OpenImages {
  const pool = new ImagePool(limits);
  return {
    take: (bytes, format, squares) => {
      const { promise, resolve, reject } = Promise.withResolvers<TakenImage>();
      const rest = Promise.withResolvers<ReadonlyMap<number, Uint8Array>>();
      // Who only wants what is made first need not hear of the others.
      rest.promise.catch(() => undefined);
      pool.ask({
        task: { kind: 'take', bytes, format, squares },
        onMessage: (message) => {
          if (message.kind === 'done') rest.resolve(new Map(message.squares));
          if (message.kind !== 'taken') return;
          const { kind: _, first, ...master } = message;
          resolve({ master, first: new Map(first), rest: rest.promise });
        },
        onEnd: (refusal) => {
          reject(refusal);
          rest.reject(refusal);
        },
      });
      return promise;
    },
    render: (source, sizes, squares) => {
      const { promise, resolve, reject } = Promise.withResolvers<readonly Uint8Array[]>();
      pool.ask({
        task: { kind: 'render', source, sizes, squares },
        onMessage: (message) => {
          if (message.kind === 'rendered') resolve(message.pictures);
        },
        onEnd: reject,
      });
      return promise;
    },
    [Symbol.asyncDispose]: () => pool.close(),
  };
}

/** A process, and the task that it works on. */
interface Running {
  readonly child: ChildProcess;
  isReady: boolean;
  asked: Asked | undefined;
  timer: NodeJS.Timeout | undefined;
}

class ImagePool {
  private readonly limits: ImageLimits;
  private readonly waiting: Asked[] = [];
  private readonly running = new Set<Running>();
  private isClosed = false;

  constructor(limits: ImageLimits) {
    this.limits = limits;
  }

  ask(asked: Asked): void {
    if (this.isClosed || this.waiting.length >= this.limits.waitingMax) {
      const message = 'Too many images are waiting to be decoded. Try again later.';
      asked.onEnd(new Refusal('unavailable', message, { headers: { 'Retry-After': '5' } }));
      return;
    }
    this.waiting.push(asked);
    this.next();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    const ends = [...this.running].map(({ child }) => {
      return new Promise((resolve) => child.once('exit', resolve));
    });
    for (const asked of this.waiting.splice(0)) asked.onEnd(stopped());
    for (const { child } of this.running) {
      child.ref();
      child.kill('SIGKILL');
    }
    await Promise.all(ends);
  }

  private next(): void {
    if (this.waiting.length === 0) return;
    const free = [...this.running].find(({ asked }) => !asked) ?? this.start();
    if (!free) return;
    free.asked = this.waiting.shift()!;
    free.child.ref();
    if (free.isReady) this.begin(free);
  }

  private begin(running: Running): void {
    this.allow(running, this.limits.taskMs);
    if (running.asked) running.child.send(running.asked.task);
  }

  /** Ends the process if it takes longer than that for what comes next. */
  private allow(running: Running, milliseconds: number): void {
    clearTimeout(running.timer);
    running.timer = setTimeout(() => running.child.kill('SIGKILL'), milliseconds);
  }

  private start(): Running | undefined {
    if (this.running.size >= this.limits.processes) return undefined;
    const child = fork(new URL('./image-process.ts', import.meta.url), [], {
      serialization: 'advanced',
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const running: Running = { child, isReady: false, asked: undefined, timer: undefined };
    this.running.add(running);
    this.allow(running, this.limits.startMs);
    child.on('message', (message: ImageMessage) => this.hear(running, message));
    // A process that cannot be started or written to ends, too.
    child.on('error', () => child.kill('SIGKILL'));
    child.once('exit', () => this.end(running));
    return running;
  }

  private hear(running: Running, message: ImageMessage): void {
    const { asked } = running;
    if (message.kind === 'ready') {
      running.isReady = true;
      this.begin(running);
      return;
    }
    if (message.kind === 'failed') asked?.onEnd(undecodable(message.reason));
    else asked?.onMessage(message);
    if (message.kind === 'taken') return;
    running.asked = undefined;
    this.allow(running, this.limits.idleMs);
    running.timer!.unref();
    running.child.unref();
    this.next();
  }

  private end(running: Running): void {
    clearTimeout(running.timer);
    this.running.delete(running);
    running.asked?.onEnd(this.isClosed ? stopped() : undecodable('it takes too much to decode'));
    if (!this.isClosed) this.next();
  }
}

function undecodable(reason: string): Refusal {
  const [line = ''] = reason.split('\n', 1);
  const clause = line.slice(0, 200).replace(/\.$/, '');
  return new Refusal('invalidImage', `The image cannot be read: ${clause}.`);
}

function stopped(): Refusal {
  const headers = { 'Retry-After': '5' };
  return new Refusal('unavailable', 'The server is stopping.', { headers });
}
