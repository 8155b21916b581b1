import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import { SeedError } from './read-seed.ts';
import type { ReadyPiece } from './ready-pieces.ts';

/** What a thread that decodes is told. */
export interface AsideWork {
  readonly paths: readonly string[];
  /** The file of another's model. */
  readonly model: string | undefined;
  /** For which database entities are made ready. */
  readonly database: 'sqlite' | 'postgres';
  /** How many threads there are, and which of them it is, from 0. */
  readonly threads: number;
  readonly thread: number;
}

/** What a thread makes of lines lives for one turn: room for it, so that it dies unmoved. */
const YOUNG_MEGABYTES = 192;

/** What a thread says of each of its turns, and at the end; any answer says that it was taken. */
export type AsideMessage =
  | { readonly kind: 'pieces'; readonly pieces: readonly ReadyPiece[] }
  | { readonly kind: 'end' }
  | { readonly kind: 'failed'; readonly message: string; readonly isTheirs: boolean };

/**
 * Decodes the files of a seed on threads of their own, which take its lines in turns. Gives what
 * they say in the order of the lines. Throws a SeedError for the first bad one.
 */
export async function* decodeAside(work: Omit<AsideWork, 'thread'>): AsyncGenerator<ReadyPiece> {
  const threads = Array.from({ length: work.threads }, (_, thread) =>
    startThread({ ...work, thread }),
  );
  try {
    for (let turn = 0; ; turn++) {
      const { worker, messages } = threads[turn % threads.length]!;
      const { value, done } = await messages.next();
      if (done) throw new Error('A thread that decodes the seed has ended before the seed.');
      const [said] = value as [AsideMessage];
      if (said.kind === 'end') return;
      if (said.kind === 'failed')
        throw said.isTheirs ? new SeedError(said.message) : new Error(said.message);
      yield* said.pieces;
      worker.postMessage('taken');
    }
  } finally {
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }
}

function startThread(work: AsideWork) {
  const worker = new Worker(new URL('./decode-thread.ts', import.meta.url), {
    workerData: work,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
  });
  return { worker, messages: on(worker, 'message', { close: ['exit'] }) };
}
