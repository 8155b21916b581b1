import type { MaybePromise } from './maybe-promise.ts';

/** Bytes that are kept beside the store, named by what they are. */
export interface Blobs {
  /** Keeps the bytes durably and gives their name: the SHA-256, base64url. Doing so again is free. */
  put(bytes: Uint8Array): Promise<string>;
  /** The bytes of that name; undefined where there are none. */
  get(name: string): MaybePromise<Uint8Array | undefined>;
}

/** Whether a blob is kept, or has been taken away and is still given for a while. */
export type BlobPlace = 'kept' | 'discarded';

/** Blobs as whoever tidies them sees them. */
export interface TidyBlobs extends Blobs {
  /** All blobs at that place, and since when each is there, in milliseconds since 1970. */
  list(place: BlobPlace): AsyncIterable<{ readonly name: string; readonly since: number }>;
  /** Discards a kept blob, or keeps a discarded one again; nothing happens where it is not there. */
  move(name: string, to: BlobPlace): Promise<void>;
  /** Removes a discarded blob for good. */
  remove(name: string): Promise<void>;
}

/** What answers say of a media stream: what names its bytes, and what they are. */
export type StreamNote = Pick<Media, 'blob' | 'contentType'>;

/** What is kept of a media stream: its bytes by name, and what they are. */
export interface Media {
  readonly blob: string;
  readonly contentType: string;
  /** Bytes. */
  readonly length: number;
}
