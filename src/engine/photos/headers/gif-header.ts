import { broken, FRAMES_MAX, type ImageBytes, type ImageHeader } from './image-header.ts';

const EXTENSION = 0x21;
const PICTURE = 0x2c;
const TRAILER = 0x3b;

/** Walks the blocks of a GIF (GIF89a, section 15): its frames are counted up to the limit. */
export function readGifHeader(bytes: ImageBytes): ImageHeader {
  let width = bytes.numberLE(6, 2);
  let height = bytes.numberLE(8, 2);
  let frames = 0;
  let at = 13 + tableLength(bytes.byte(10));
  while (frames <= FRAMES_MAX && at < bytes.length) {
    const block = bytes.byte(at);
    if (block === TRAILER) break;
    if (block === EXTENSION) at = skipBlocks(bytes, at + 2);
    else if (block === PICTURE) {
      frames += 1;
      width = Math.max(width, bytes.numberLE(at + 1, 2) + bytes.numberLE(at + 5, 2));
      height = Math.max(height, bytes.numberLE(at + 3, 2) + bytes.numberLE(at + 7, 2));
      at = skipBlocks(bytes, at + 11 + tableLength(bytes.byte(at + 9)));
    } else if (frames > 0) break;
    else throw broken('the GIF has a block of no known kind');
  }
  if (frames === 0) throw broken('the GIF has no picture');
  return { format: 'gif', width, height, frames, metadataBytes: 0 };
}

/** Bytes of the table of colours that a packed field announces. */
function tableLength(packed: number): number {
  return packed & 0x80 ? 3 * 2 ** ((packed & 0x07) + 1) : 0;
}

function skipBlocks(bytes: ImageBytes, start: number): number {
  let at = start;
  for (let length = bytes.byte(at); length > 0; length = bytes.byte(at)) at += 1 + length;
  return at + 1;
}
