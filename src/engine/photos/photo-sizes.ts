import { hash } from 'node:crypto';
import type { Document } from '#plan/document.ts';
import type { Size } from '#plan/images.ts';

/** Edges of the squares in which Exchange keeps a photo, in pixels. */
export const SQUARE_EDGES = [48, 64, 96, 120, 240, 360, 432, 504, 648];
/** The largest edge of a kept photo. */
export const EDGE_MAX = 2048;
/** Sizes beside the squares that a photo may have; with one more the oldest goes. */
const SIZES_MAX = 16;
const SIZE_ID = /^(\d{1,5})x(\d{1,5})$/i;

/** The size that an id names, in any case; undefined for what is none. */
export function parseSize(id: string): Size | undefined {
  const match = SIZE_ID.exec(id);
  return match ? { width: Number(match[1]), height: Number(match[2]) } : undefined;
}

/** The id of a size: `240x240`. */
export function formatSize({ width, height }: Size): string {
  return `${width}x${height}`;
}

/** The size that a photo of this master has: its largest square, or its own where it is too small. */
export function photoSize(master: Size): Size {
  const edge = squaresOf(master).at(-1);
  return edge === undefined
    ? { width: master.width, height: master.height }
    : { width: edge, height: edge };
}

/** The size of what sizes are made from; undefined where only a size is declared. */
export function masterOf({ source, masterWidth, masterHeight }: Document): Size | undefined {
  if (typeof source !== 'string') return undefined;
  return { width: Number(masterWidth), height: Number(masterHeight) };
}

/** The ids of all sizes that a photo has, from the smallest square on; what was asked for follows. */
export function sizesOf(members: Document): readonly string[] {
  const own = formatSize(members as unknown as Size);
  return [...new Set([...squareIds(members), ...extraSizes(members), own])];
}

/** The ids of the squares that are made of a photo's master. */
export function squareIds(members: Document): readonly string[] {
  const master = masterOf(members);
  return master ? squaresOf(master).map((edge) => `${edge}x${edge}`) : [];
}

/** The sizes beside the squares, with one more. */
export function withSize(members: Document, id: string): string[] {
  return [...new Set([...extraSizes(members), id])].slice(-SIZES_MAX);
}

/** What names the bytes of a size: it changes with the photo, and with nothing else. */
export function nameBytes(source: string, id: string): string {
  return hash('sha256', `${source} ${id}`, 'base64url');
}

/** The name under which the bytes of a size are kept beside their photo. */
export function streamName(source: string, id: string): string {
  return `${source} ${id}`;
}

function squaresOf({ width, height }: Size): readonly number[] {
  const edge = Math.min(width, height);
  return SQUARE_EDGES.filter((each) => each <= edge);
}

function extraSizes({ sizes }: Document): readonly string[] {
  return Array.isArray(sizes) ? (sizes as string[]) : [];
}
