import { join } from 'node:path';
import type { Clock } from '#clock.ts';
import type { TidyBlobs } from '#plan/blobs.ts';
import { openBlobFolder } from './blob-folder.ts';

/** Blobs that are open, with what closes them. */
export interface OpenedBlobs {
  readonly blobs: TidyBlobs;
  close(): void;
}

/**
 * Opens where bytes are kept: a bucket by its URL, or a folder in the data folder. The client of
 * the bucket is loaded for a bucket alone. Throws where the bucket does not answer.
 */
export async function openBlobs(options: {
  readonly url: string | undefined;
  readonly dataDir: string;
  readonly clock: Clock;
}): Promise<OpenedBlobs> {
  const { url, dataDir, clock } = options;
  if (url === undefined) {
    return { blobs: await openBlobFolder(join(dataDir, 'blobs'), clock), close: () => {} };
  }
  const { openS3Blobs } = await import('./s3-blobs.ts');
  const blobs = await openS3Blobs(url);
  return { blobs, close: () => blobs[Symbol.dispose]() };
}
