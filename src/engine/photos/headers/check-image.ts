import { Refusal } from '#errors.ts';
import { isAvif, readAvifHeader } from './avif-header.ts';
import { readGifHeader } from './gif-header.ts';
import { broken, FRAMES_MAX, ImageBytes, type ImageHeader } from './image-header.ts';
import { readJpegHeader } from './jpeg-header.ts';
import { readPngHeader } from './png-header.ts';
import { readWebpHeader } from './webp-header.ts';

/** Pixels of an image, at most. */
export const PIXELS_MAX = 24_000_000;
/** Bytes of a profile or of Exif, at most: more than the whole upload may have is a lie. */
const METADATA_MAX = 4 * 1024 * 1024;

/** An image whose header keeps to the limits, as its bytes are. */
export interface CheckedImage {
  readonly bytes: Uint8Array;
  readonly header: ImageHeader;
}

/**
 * Looks at what bytes are, whatever anybody says they are, and reads no more than their header.
 * Text that is base64 of an image counts as that image, as some clients send it. Refuses with 415
 * what is no image of a known format, and with 400 what is broken or beyond the limits.
 */
export function checkImage(sent: Uint8Array): CheckedImage {
  if (sent.length === 0) throw new Refusal('invalidImage', 'The request has no body.');
  const bytes = findReader(new ImageBytes(sent)) ? sent : (fromBase64(sent) ?? sent);
  const read = findReader(new ImageBytes(bytes));
  if (!read) {
    const message = 'The body is no image in JPEG, PNG, WebP, GIF or AVIF.';
    throw new Refusal('unsupportedMediaType', message);
  }
  const header = read(new ImageBytes(bytes));
  checkLimits(header);
  return { bytes, header };
}

function checkLimits({ width, height, frames, metadataBytes }: ImageHeader): void {
  if (width < 1 || height < 1) throw broken('it has no pixels');
  if (width * height > PIXELS_MAX) {
    const message = `The image has ${width} x ${height} pixels; at most 24 megapixels are taken.`;
    throw new Refusal('invalidImage', message);
  }
  if (frames > FRAMES_MAX) {
    const message = `The image has more than ${FRAMES_MAX} frames.`;
    throw new Refusal('invalidImage', message);
  }
  if (metadataBytes > METADATA_MAX) {
    throw new Refusal('invalidImage', 'The image declares more than 4 MB of metadata.');
  }
}

function findReader(bytes: ImageBytes): ((bytes: ImageBytes) => ImageHeader) | undefined {
  const start = bytes.text(0, 12);
  if (start.startsWith('\xff\xd8\xff')) return readJpegHeader;
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return readPngHeader;
  if (start.startsWith('RIFF') && start.endsWith('WEBP')) return readWebpHeader;
  if (start.startsWith('GIF87a') || start.startsWith('GIF89a')) return readGifHeader;
  return isAvif(bytes) ? readAvifHeader : undefined;
}

const BASE64_START = /^"?[A-Za-z0-9+/_-]{16}/;
const BASE64 = /^"?([A-Za-z0-9+/_-]+={0,2})"?\s*$/;

function fromBase64(sent: Uint8Array): Uint8Array | undefined {
  const text = Buffer.from(sent.buffer, sent.byteOffset, sent.byteLength);
  if (!BASE64_START.test(text.toString('latin1', 0, 17))) return undefined;
  const [, encoded] = BASE64.exec(text.toString('latin1')) ?? [];
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64');
}
