import type { MaybePromise } from './maybe-promise.ts';

/** Bytes that are kept beside the store, named by what they are. */
export interface Blobs {
  /** Keeps the bytes durably and gives their name: the SHA-256, base64url. Doing so again is free. */
  put(bytes: Uint8Array): Promise<string>;
  /** The bytes of that name; undefined where there are none. */
  get(name: string): MaybePromise<Uint8Array | undefined>;
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
