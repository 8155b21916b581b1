import { createHash } from 'node:crypto';
import type { Log } from '#log.ts';
import type { Blobs } from '#plan/blobs.ts';
import type { MaybePromise } from '#plan/maybe-promise.ts';

/** Bytes that are remembered, at most, and of one blob. */
const CACHE_MAX = 16 * 1024 * 1024;
const BLOB_MAX = 512 * 1024;

/**
 * Blobs of which those that were asked for last are at hand: their names say what they are, so that
 * they never change. What is read anew and is not what its name says is not given, and logged.
 */
export function cacheBlobs(blobs: Blobs, log: Log, cacheMax = CACHE_MAX): Blobs {
  const cache = new Map<string, Uint8Array>();
  let size = 0;
  const remember = (name: string, bytes: Uint8Array): void => {
    if (bytes.length > BLOB_MAX || cache.has(name)) return;
    cache.set(name, bytes);
    size += bytes.length;
    for (const [oldest, each] of cache) {
      if (size <= cacheMax) break;
      cache.delete(oldest);
      size -= each.length;
    }
  };
  const load = async (name: string): Promise<Uint8Array | undefined> => {
    const bytes = await blobs.get(name);
    if (!bytes) return undefined;
    if (createHash('sha256').update(bytes).digest('base64url') !== name) {
      log.error({ blob: name }, 'a blob is not what it was when it was kept');
      return undefined;
    }
    remember(name, bytes);
    return bytes;
  };
  return {
    put: (bytes) => blobs.put(bytes),
    get(name): MaybePromise<Uint8Array | undefined> {
      const known = cache.get(name);
      if (!known) return load(name);
      // The last one asked for is the last one to go.
      cache.delete(name);
      cache.set(name, known);
      return known;
    },
  };
}
