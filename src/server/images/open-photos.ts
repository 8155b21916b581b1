import type { Clock } from '#clock.ts';
import { Renditions } from '#engine/photos/renditions.ts';
import type { Log } from '#log.ts';
import type { Blobs, TidyBlobs } from '#plan/blobs.ts';
import type { Images } from '#plan/images.ts';
import type { Store } from '#plan/store.ts';
import { cacheBlobs } from '#store/blob-cache.ts';
import { sweepBlobs } from '../sweep-blobs.ts';
import { openImages } from './open-images.ts';

/** Where bytes are kept, and what makes photos of them and their sizes, until it is disposed. */
export interface OpenPhotos extends AsyncDisposable {
  readonly blobs: Blobs;
  readonly images: Images;
  readonly renditions: Renditions;
}

/**
 * Opens what makes photos. Sizes that an earlier process has left to be made are made by and by,
 * and bytes that no row names are swept.
 */
export function openPhotos(parts: {
  readonly store: Store;
  /** Where the bytes are. */
  readonly kept: TidyBlobs;
  readonly clock: Clock;
  readonly log: Log;
}): OpenPhotos {
  const { store, kept, clock, log } = parts;
  const blobs = cacheBlobs(kept, log);
  const images = openImages();
  const renditions = new Renditions({ store, blobs, images, log });
  const sweep = sweepBlobs({ blobs: kept, store, clock, log });
  let resuming: Promise<void> = Promise.resolve();
  const resume = () => {
    resuming = renditions.resume().catch((error: Error) => {
      log.warn({ err: error }, 'the sizes of photos are made later');
    });
    timer = setTimeout(resume, RESUME_MS).unref();
  };
  let timer = setTimeout(resume, FIRST_RESUME_MS).unref();
  return {
    blobs,
    images,
    renditions,
    async [Symbol.asyncDispose]() {
      clearTimeout(timer);
      await sweep[Symbol.asyncDispose]();
      await images[Symbol.asyncDispose]();
      await resuming;
      await renditions.idle();
    },
  };
}

/** How often is looked for sizes that are still to be made; a start looks soon, not at once. */
const RESUME_MS = 60_000;
const FIRST_RESUME_MS = 1_000;
