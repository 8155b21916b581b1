import { createHash } from 'node:crypto';
import type { Log } from '#log.ts';
import type { Blobs } from '#plan/blobs.ts';
import type { MaybePromise } from '#plan/maybe-promise.ts';
import { RecentBytes } from '#plan/recent-bytes.ts';

/** Bytes that are remembered, at most. */
const CACHE_MAX = 16 * 1024 * 1024;

/**
 * Blobs of which those that were asked for last are at hand: their names say what they are, so that
 * they never change. What is read anew and is not what its name says is not given, and logged.
 */
export function cacheBlobs(blobs: Blobs, log: Log, cacheMax = CACHE_MAX): Blobs {
  const recent = new RecentBytes(cacheMax);
  const load = async (name: string): Promise<Uint8Array | undefined> => {
    const bytes = await blobs.get(name);
    if (!bytes) return undefined;
    if (createHash('sha256').update(bytes).digest('base64url') !== name) {
      log.error({ blob: name }, 'a blob is not what it was when it was kept');
      return undefined;
    }
    recent.set(name, bytes);
    return bytes;
  };
  return {
    put: (bytes) => blobs.put(bytes),
    get: (name): MaybePromise<Uint8Array | undefined> => recent.get(name) ?? load(name),
  };
}
