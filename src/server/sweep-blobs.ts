import type { Clock } from '#clock.ts';
import type { Log } from '#log.ts';
import type { TidyBlobs } from '#plan/blobs.ts';
import type { Store } from '#plan/store.ts';
import { BlobSweep } from '#store/blob-sweep.ts';

const EVERY_MS = 10 * 60_000;
const GRACE_MS = 60 * 60_000;
const BLOBS_MAX = 20_000;

/** Sweeps blobs that nobody uses, every ten minutes, until it is disposed. */
export function sweepBlobs(parts: {
  readonly blobs: TidyBlobs;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
}): AsyncDisposable {
  const { clock, log, store } = parts;
  const sweep = new BlobSweep({ ...parts, graceMs: GRACE_MS, blobsMax: BLOBS_MAX });
  let running: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    // One process of a store is enough.
    running = store
      .whileAlone('sweep of blobs', () => sweep.run(clock.now()))
      .catch((error: Error) => log.warn({ err: error }, 'blobs are swept later'));
  }, EVERY_MS);
  timer.unref();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await running;
    },
  };
}
