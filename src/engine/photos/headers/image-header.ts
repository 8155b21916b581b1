import { Refusal } from '#errors.ts';
import type { ImageFormat, Size } from '#plan/images.ts';

/** What an image says of itself before anything of it is decoded. */
export interface ImageHeader extends Size {
  readonly format: ImageFormat;
  /** Pictures that follow one another; as many as were counted before there were too many. */
  readonly frames: number;
  /** Bytes that profiles and other metadata say they have, at most of one of them. */
  readonly metadataBytes: number;
}

/** Pictures that an animation has, at most: only its first one is shown. */
export const FRAMES_MAX = 1000;

/** The refusal of bytes that are no whole image. */
export function broken(reason: string): Refusal {
  return new Refusal('invalidImage', `The image cannot be read: ${reason}.`);
}

/** Bytes of an image, read without ever reaching behind their end. */
export class ImageBytes {
  readonly bytes: Buffer;

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get length(): number {
    return this.bytes.length;
  }

  /** Refuses where fewer bytes stand behind an offset. */
  need(at: number, length: number): void {
    if (at < 0 || at + length > this.bytes.length) throw broken('it ends too early');
  }

  byte(at: number): number {
    this.need(at, 1);
    return this.bytes[at]!;
  }

  /** An unsigned number of so many bytes, the most significant first. */
  number(at: number, length: number): number {
    this.need(at, length);
    return this.bytes.readUIntBE(at, length);
  }

  /** The same, the least significant first. */
  numberLE(at: number, length: number): number {
    this.need(at, length);
    return this.bytes.readUIntLE(at, length);
  }

  text(at: number, length: number): string {
    return this.bytes.toString('latin1', at, Math.min(at + length, this.bytes.length));
  }
}

/** How many bytes a colour profile says that it has (ICC.1:2022, section 7.2.2). */
export function profileLength(bytes: ImageBytes, at: number, length: number): number {
  return length < 4 ? length : Math.max(length, bytes.number(at, 4));
}

/**
 * How many bytes the largest value of the first directory says that it has (TIFF 6.0, section 2),
 * as Exif keeps it behind `Exif\0\0` or alone; 0 for what is no such directory.
 */
export function exifLength(bytes: ImageBytes, start: number, length: number): number {
  const prefix = bytes.text(start, 6) === 'Exif\0\0' ? 6 : 0;
  const at = start + prefix;
  const order = bytes.text(at, 2);
  if (length - prefix < 8 || (order !== 'II' && order !== 'MM')) return length;
  const read = (where: number, size: number) =>
    order === 'II' ? bytes.numberLE(where, size) : bytes.number(where, size);
  const directory = read(at + 4, 4);
  const end = start + length;
  if (at + directory + 2 > end) return Math.max(length, directory);
  const entries = read(at + directory, 2);
  let largest = length;
  for (let index = 0; index < entries; index++) {
    const entry = at + directory + 2 + index * 12;
    if (entry + 12 > end) break;
    const size = VALUE_BYTES[read(entry + 2, 2)] ?? 1;
    largest = Math.max(largest, size * read(entry + 4, 4));
  }
  return largest;
}

/** Bytes of one value, by its type's number. */
const VALUE_BYTES = [1, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
