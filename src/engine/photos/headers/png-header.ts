import { constants, inflateSync } from 'node:zlib';
import {
  broken,
  exifLength,
  FRAMES_MAX,
  ImageBytes,
  type ImageHeader,
  profileLength,
} from './image-header.ts';

/** Compressed bytes of a profile in which its own length certainly stands. */
const PROFILE_START = 256;

/** Walks the chunks of a PNG (PNG 3rd edition, section 5), which must all be there. */
export function readPngHeader(bytes: ImageBytes): ImageHeader {
  if (bytes.text(12, 4) !== 'IHDR') throw broken('the PNG does not begin with IHDR');
  const size = { width: bytes.number(16, 4), height: bytes.number(20, 4) };
  let frames = 1;
  let metadataBytes = 0;
  let hasPicture = false;
  for (let at = 8; ; ) {
    const length = bytes.number(at, 4);
    const name = bytes.text(at + 4, 4);
    const data = at + 8;
    bytes.need(data, length + 4);
    if (name === 'IEND') break;
    if (name === 'IDAT') hasPicture = true;
    if (name === 'acTL') frames = Math.min(bytes.number(data, 4), FRAMES_MAX + 1);
    if (name === 'eXIf') metadataBytes = Math.max(metadataBytes, exifLength(bytes, data, length));
    if (name === 'iCCP') {
      metadataBytes = Math.max(metadataBytes, compressedProfile(bytes, data, length));
    }
    at = data + length + 4;
  }
  if (!hasPicture) throw broken('the PNG has no picture');
  return { format: 'png', ...size, frames, metadataBytes };
}

/** The length that a profile states behind its name; only its beginning is inflated. */
function compressedProfile(bytes: ImageBytes, at: number, length: number): number {
  const name = bytes.bytes.indexOf(0, at);
  const start = name + 2;
  if (name < 0 || start >= at + length) throw broken('its colour profile is no profile');
  const end = Math.min(at + length, start + PROFILE_START);
  try {
    const begun = inflateSync(bytes.bytes.subarray(start, end), {
      finishFlush: constants.Z_SYNC_FLUSH,
    });
    return Math.max(length, profileLength(new ImageBytes(begun), 0, begun.length));
  } catch {
    throw broken('its colour profile is no profile');
  }
}
