import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import { SeedError } from './read-seed.ts';
import type { ReadyPiece } from './ready-pieces.ts';

/** What the thread that decodes is told. */
export interface AsideWork {
  readonly paths: readonly string[];
  /** The file of another's model. */
  readonly model: string | undefined;
  /** For which database entities are made ready. */
  readonly database: 'sqlite' | 'postgres';
}

/** What the thread makes of lines lives for one batch: room for it, so that it dies unmoved. */
const YOUNG_MEGABYTES = 192;

/** What it says; each message is answered by any other when it has been taken. */
export type AsideMessage =
  | { readonly kind: 'pieces'; readonly pieces: readonly ReadyPiece[] }
  | { readonly kind: 'end' }
  | { readonly kind: 'failed'; readonly message: string; readonly isTheirs: boolean };

/**
 * Decodes the files of a seed on a thread of its own, so that it takes one core while the store
 * takes another. Throws a SeedError for the first bad line.
 */
export async function* decodeAside(work: AsideWork): AsyncGenerator<ReadyPiece> {
  const entry = new URL('./decode-thread.ts', import.meta.url);
  const worker = new Worker(entry, {
    workerData: work,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
  });
  try {
    for await (const [message] of on(worker, 'message', { close: ['exit'] })) {
      const said = message as AsideMessage;
      if (said.kind === 'end') return;
      if (said.kind === 'failed')
        throw said.isTheirs ? new SeedError(said.message) : new Error(said.message);
      yield* said.pieces;
      worker.postMessage('taken');
    }
    throw new Error('The thread that decodes the seed has ended before the seed.');
  } finally {
    await worker.terminate();
  }
}
