import { Renditions } from '#engine/photos/renditions.ts';
import type { Log } from '#log.ts';
import type { Blobs } from '#plan/blobs.ts';
import type { Images } from '#plan/images.ts';
import type { Store } from '#plan/store.ts';
import { openImages } from './open-images.ts';

/** What makes photos and their sizes, until it is disposed. */
export interface OpenPhotos extends AsyncDisposable {
  readonly images: Images;
  readonly renditions: Renditions;
}

/** Opens what makes photos. Sizes that an earlier process has left to be made are made by and by. */
export function openPhotos(parts: {
  readonly store: Store;
  readonly blobs: Blobs;
  readonly log: Log;
}): OpenPhotos {
  const { log } = parts;
  const images = openImages();
  const renditions = new Renditions({ ...parts, images });
  const resume = () => {
    renditions.resume().catch((error: Error) => {
      log.warn({ err: error }, 'the sizes of photos are made later');
    });
  };
  const timer = setInterval(resume, RESUME_MS);
  timer.unref();
  setTimeout(resume, FIRST_RESUME_MS).unref();
  return {
    images,
    renditions,
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await images[Symbol.asyncDispose]();
      await renditions.idle();
    },
  };
}

/** How often is looked for sizes that are still to be made; a start looks soon, not at once. */
const RESUME_MS = 60_000;
const FIRST_RESUME_MS = 1_000;
