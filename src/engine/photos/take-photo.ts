import type { Blobs, Media } from '#plan/blobs.ts';
import type { Document } from '#plan/document.ts';
import type { Images } from '#plan/images.ts';
import { checkImage } from './headers/check-image.ts';
import { PHOTO_TYPE } from './photo-rules.ts';
import { formatSize, photoSize, SQUARE_EDGES, streamName } from './photo-sizes.ts';

/** What taking an image needs of the running server. */
export interface PhotoTaker {
  readonly blobs: Blobs;
  readonly images: Images;
}

/** A photo that has been made of an image, its bytes kept and named by nobody yet. */
export interface TakenPhoto {
  /** The photo's document. */
  readonly members: Document;
  /** The media streams that are durable: its master behind `''`, and its first size. */
  readonly streams: ReadonlyMap<string, Media>;
  /** The squares that follow, by their edges. */
  readonly rest: Promise<ReadonlyMap<number, Uint8Array>>;
}

/** The largest size that is on disk before an upload is acknowledged: people look at it first. */
const FIRST_EDGE = 240;

/**
 * Makes a photo of an image, whatever kind its bytes are said to be. Refuses with 400 and 415 what
 * is no image within the limits.
 */
export async function takePhoto(
  sent: Uint8Array,
  { blobs, images }: PhotoTaker,
): Promise<TakenPhoto> {
  const { bytes, header } = checkImage(sent);
  const squares = { edges: SQUARE_EDGES, firstMax: FIRST_EDGE };
  const { master, first, rest } = await images.take(bytes, header.format, squares);
  const keep = (each: Uint8Array) => keepPicture(blobs, each);
  const [kept, ...sizes] = await Promise.all([master.bytes, ...first.values()].map(keep));
  const source = kept!.blob;
  const names = [...first.keys()].map((edge) => streamName(source, `${edge}x${edge}`));
  const size = photoSize(master);
  const { width: masterWidth, height: masterHeight } = master;
  return {
    members: { id: formatSize(size), ...size, masterHeight, masterWidth, source },
    streams: new Map([['', kept!], ...names.map((name, index) => [name, sizes[index]!] as const)]),
    rest,
  };
}

/** Keeps the bytes of a JPEG. */
export async function keepPicture(blobs: Blobs, bytes: Uint8Array): Promise<Media> {
  return { blob: await blobs.put(bytes), contentType: PHOTO_TYPE, length: bytes.length };
}
