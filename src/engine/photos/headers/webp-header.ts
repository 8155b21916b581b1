import {
  broken,
  exifLength,
  FRAMES_MAX,
  type ImageBytes,
  type ImageHeader,
  profileLength,
} from './image-header.ts';

interface Found {
  size: { width: number; height: number } | undefined;
  frames: number;
  metadataBytes: number;
}

/** Walks the chunks of a WebP (RFC 9649, section 2), which must all be there. */
export function readWebpHeader(bytes: ImageBytes): ImageHeader {
  const end = 8 + bytes.numberLE(4, 4);
  bytes.need(0, end);
  const found: Found = { size: undefined, frames: 0, metadataBytes: 0 };
  for (let at = 12; at + 8 <= end; ) {
    const length = bytes.numberLE(at + 4, 4);
    bytes.need(at + 8, length);
    takeChunk(bytes, { name: bytes.text(at, 4), data: at + 8, length }, found);
    at += 8 + length + (length % 2);
  }
  const { size, frames, metadataBytes } = found;
  if (!size) throw broken('the WebP has no picture');
  return { format: 'webp', ...size, frames: Math.max(frames, 1), metadataBytes };
}

function takeChunk(
  bytes: ImageBytes,
  { name, data, length }: { name: string; data: number; length: number },
  found: Found,
): void {
  if (name === 'VP8X') {
    found.size = {
      width: bytes.numberLE(data + 4, 3) + 1,
      height: bytes.numberLE(data + 7, 3) + 1,
    };
  } else if (name === 'VP8 ') {
    found.size ??= {
      width: bytes.numberLE(data + 6, 2) & 0x3fff,
      height: bytes.numberLE(data + 8, 2) & 0x3fff,
    };
  } else if (name === 'VP8L') {
    const bits = bytes.numberLE(data + 1, 4);
    found.size ??= { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  } else if (name === 'ANMF') {
    found.frames = Math.min(found.frames + 1, FRAMES_MAX + 1);
  } else if (name === 'ICCP') {
    found.metadataBytes = Math.max(found.metadataBytes, profileLength(bytes, data, length));
  } else if (name === 'EXIF') {
    found.metadataBytes = Math.max(found.metadataBytes, exifLength(bytes, data, length));
  }
}
