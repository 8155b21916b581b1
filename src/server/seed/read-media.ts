import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { streamName } from '#engine/photos/photo-sizes.ts';
import { keepPicture, type PhotoTaker, takePhoto } from '#engine/photos/take-photo.ts';
import { Refusal } from '#errors.ts';
import type { Blobs, Media } from '#plan/blobs.ts';
import type { Document } from '#plan/document.ts';
import { SeedError } from './read-seed.ts';
import type { UnreadyEntity } from './ready-pieces.ts';

/** What files are by their names, where a line does not say. */
const types: Readonly<Record<string, string>> = {
  '.avif': 'image/avif',
  '.gif': 'image/gif',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.json': 'application/json',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.webp': 'image/webp',
};

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** What streams make of an entity. */
export interface ReadStreams {
  /** The members of a photo, which follow from its bytes. */
  readonly members?: Document;
  /** The media streams by name, their bytes kept. */
  readonly media: ReadonlyMap<string, Media>;
}

/**
 * The media streams of an entity. A stream is `{ "type", "base64" }`, or `{ "type", "file" }` with
 * a path from the seed's folder; that of a photo is an image, of which all sizes are made. Throws a
 * SeedError for anything else.
 */
export async function readStreams(entity: UnreadyEntity, taker: PhotoTaker): Promise<ReadStreams> {
  const { typeName, streams, folder = '.', where } = entity;
  if (typeName !== 'microsoft.graph.profilePhoto') {
    return { media: await readMedia(entity, taker.blobs) };
  }
  const { base64, file } = (streams?.get('') ?? {}) as Record<string, unknown>;
  const bytes = await readBytes({ base64, file, folder, where });
  try {
    const { members, streams: kept, rest } = await takePhoto(bytes, taker);
    const media = new Map(kept);
    for (const [edge, each] of await rest) {
      const name = streamName(String(members.source), `${edge}x${edge}`);
      media.set(name, await keepPicture(taker.blobs, each));
    }
    return { members, media };
  } catch (error) {
    if (error instanceof Refusal) throw new SeedError(`${where}: ${error.message}`);
    throw error;
  }
}

async function readMedia(
  { streams, folder = '.', where }: UnreadyEntity,
  blobs: Blobs,
): Promise<ReadonlyMap<string, Media>> {
  const media = new Map<string, Media>();
  for (const [name, written] of streams ?? []) {
    const { type, base64, file } = (written ?? {}) as Record<string, unknown>;
    const bytes = await readBytes({ base64, file, folder, where });
    const known = typeof file === 'string' ? types[extname(file).toLowerCase()] : undefined;
    const contentType = typeof type === 'string' ? type : (known ?? 'application/octet-stream');
    media.set(name, { blob: await blobs.put(bytes), contentType, length: bytes.byteLength });
  }
  return media;
}

async function readBytes(from: {
  base64: unknown;
  file: unknown;
  folder: string;
  where: string;
}): Promise<Uint8Array> {
  const { base64, file, folder, where } = from;
  if (typeof base64 === 'string' && BASE64.test(base64)) return Buffer.from(base64, 'base64');
  if (typeof file !== 'string')
    throw new SeedError(`${where}: '@media' has no base64 and no file.`);
  try {
    return await readFile(join(folder, file));
  } catch (error) {
    throw new SeedError(`${where}: the file ${file} cannot be read: ${(error as Error).message}.`);
  }
}
