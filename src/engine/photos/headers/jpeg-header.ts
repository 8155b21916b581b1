import {
  broken,
  exifLength,
  type ImageBytes,
  type ImageHeader,
  profileLength,
} from './image-header.ts';

const START_OF_SCAN = 0xda;
const END = 0xd9;
/** Markers of frames: all between C0 and CF that are not tables. */
const TABLES = new Set([0xc4, 0xc8, 0xcc]);
const PROFILE = 'ICC_PROFILE\0';

/** Reads the segments of a JPEG up to its first scan (ITU-T T.81, annex B). */
export function readJpegHeader(bytes: ImageBytes): ImageHeader {
  let at = 2;
  let size: { width: number; height: number } | undefined;
  let metadataBytes = 0;
  let profile = 0;
  for (;;) {
    if (bytes.byte(at) !== 0xff) throw broken('a segment of the JPEG does not begin');
    const marker = bytes.byte(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === END) throw broken('the JPEG has no picture');
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
      at += 2;
      continue;
    }
    const length = bytes.number(at + 2, 2);
    const data = at + 4;
    if (length < 2) throw broken('a segment of the JPEG has no length');
    bytes.need(data, length - 2);
    if (marker >= 0xc0 && marker <= 0xcf && !TABLES.has(marker)) {
      size = { height: bytes.number(data + 1, 2), width: bytes.number(data + 3, 2) };
    }
    if (marker === START_OF_SCAN) break;
    if (marker === 0xe1)
      metadataBytes = Math.max(metadataBytes, exifLength(bytes, data, length - 2));
    if (marker === 0xe2 && bytes.text(data, PROFILE.length) === PROFILE) {
      const start = data + PROFILE.length + 2;
      // The profile's own length stands in the first of its parts.
      const isFirst = bytes.byte(start - 2) === 1;
      profile = isFirst ? profileLength(bytes, start, data + length - 2 - start) : profile;
    }
    at += 2 + length;
  }
  if (!size) throw broken('the JPEG has no frame');
  return { format: 'jpeg', ...size, frames: 1, metadataBytes: Math.max(metadataBytes, profile) };
}
