import { broken, FRAMES_MAX, type ImageBytes, type ImageHeader } from './image-header.ts';

/** Boxes that hold others, and how many bytes stand before those. */
const CONTAINERS: Readonly<Record<string, number>> = {
  meta: 4,
  iprp: 0,
  ipco: 0,
  moov: 0,
  trak: 0,
  mdia: 0,
  minf: 0,
  stbl: 0,
};
const DEPTH_MAX = 8;
const BOXES_MAX = 10_000;

interface Found {
  width: number;
  height: number;
  frames: number;
  metadataBytes: number;
  boxes: number;
}

/** Whether a file of boxes says that it is an AVIF (AVIF 1.1, section 6). */
export function isAvif(bytes: ImageBytes): boolean {
  if (bytes.length < 16 || bytes.text(4, 4) !== 'ftyp') return false;
  const length = Math.min(bytes.number(0, 4), bytes.length, 256);
  for (let at = 8; at + 4 <= length; at += 4) {
    if (at !== 12 && ['avif', 'avis'].includes(bytes.text(at, 4))) return true;
  }
  return false;
}

/** Walks the boxes of an AVIF (ISO/IEC 23008-12): the largest of its pictures counts. */
export function readAvifHeader(bytes: ImageBytes): ImageHeader {
  const found: Found = { width: 0, height: 0, frames: 1, metadataBytes: 0, boxes: 0 };
  walkBoxes(bytes, { start: 0, end: bytes.length, depth: 0 }, found);
  const { width, height, frames, metadataBytes } = found;
  if (width === 0 || height === 0) throw broken('the AVIF has no picture');
  return { format: 'avif', width, height, frames, metadataBytes };
}

function walkBoxes(
  bytes: ImageBytes,
  { start, end, depth }: { start: number; end: number; depth: number },
  found: Found,
): void {
  if (depth > DEPTH_MAX) throw broken('its boxes are too deep');
  for (let at = start; at + 8 <= end; ) {
    found.boxes += 1;
    if (found.boxes > BOXES_MAX) throw broken('it has too many boxes');
    const { name, data, next } = readBox(bytes, at, end);
    const inner = CONTAINERS[name];
    if (inner !== undefined) {
      walkBoxes(bytes, { start: data + inner, end: next, depth: depth + 1 }, found);
    } else takeBox(bytes, { name, data, length: next - data }, found);
    at = next;
  }
}

/** A box is as long as it says, or goes to the end (ISO/IEC 14496-12, section 4.2). */
function readBox(bytes: ImageBytes, at: number, end: number) {
  const short = bytes.number(at, 4);
  const name = bytes.text(at + 4, 4);
  const isLong = short === 1;
  const data = at + (isLong ? 16 : 8);
  const long = isLong ? bytes.number(at + 8, 4) * 2 ** 32 + bytes.number(at + 12, 4) : short;
  const next = short === 0 ? end : at + long;
  if (next < data || next > end) throw broken('it ends too early');
  return { name, data, next };
}

function takeBox(
  bytes: ImageBytes,
  { name, data, length }: { name: string; data: number; length: number },
  found: Found,
): void {
  if (name === 'ispe') {
    found.width = Math.max(found.width, bytes.number(data + 4, 4));
    found.height = Math.max(found.height, bytes.number(data + 8, 4));
  } else if (name === 'stsz') {
    found.frames = Math.max(found.frames, Math.min(bytes.number(data + 8, 4), FRAMES_MAX + 1));
  } else if (name === 'colr' && ['prof', 'rICC'].includes(bytes.text(data, 4)) && length >= 8) {
    found.metadataBytes = Math.max(found.metadataBytes, length, bytes.number(data + 4, 4));
  }
}
