import { Refusal } from '#errors.ts';
import type { Document } from '#plan/document.ts';
import type { TypeRules } from './type-rules.ts';

/** Sizes in which Exchange keeps a photo: squares of so many pixels. */
const STANDARD_SIZES = [48, 64, 96, 120, 240, 360, 432, 504, 648];
/** The largest edge of a kept photo. */
const EDGE_MAX = 2048;
const SIZE_ID = /^(\d{1,5})x(\d{1,5})$/i;

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * A photo's id is its size, `240x240`, in any case. One document stands for the photo and all its
 * sizes: the size it has, the master that sizes are made from, and the sizes that were asked for
 * beside the standard ones.
 */
export const photoRules: TypeRules = {
  missing: missingPhoto,

  /** A photo that nobody has uploaded yet may still be given a size. */
  initial: async ({ place }) => {
    const size = place.key === undefined ? undefined : parseSize(place.key);
    return size ? { ...size, id: formatSize(size) } : {};
  },

  /** A size of the photo has its own measures. */
  resolve(members, { place }) {
    if (place.key === undefined) return members;
    const size = parseSize(place.key);
    if (!size || !hasSize(members, size)) throw missingPhoto();
    return { ...members, ...size, id: formatSize(size) };
  },

  complete(members) {
    const size = { width: Number(members.width), height: Number(members.height) };
    for (const edge of ['height', 'width'] as const) {
      if (size[edge] >= 1 && size[edge] <= EDGE_MAX) continue;
      const message = `Invalid value specified for property '${edge}' of resource 'profilePhoto'.`;
      const reason = `A photo has a ${edge} of 1 to ${EDGE_MAX} pixels.`;
      const details = [{ code: 'InvalidValue', message: reason, target: edge }];
      throw new Refusal('badRequest', message, { target: edge, details });
    }
    return { ...members, id: formatSize(size) };
  },

  /** The master stays. A new size of the photo stands beside the others. */
  keep(members, stored, { place }) {
    if (stored.width === undefined) return members;
    if (place.key === undefined) {
      const { width: masterWidth, height: masterHeight } = masterOf(stored);
      return { ...members, masterWidth, masterHeight };
    }
    return { ...stored, sizes: [...new Set([...sizesOf(stored), String(members.id)])] };
  },
};

/** Live Graph's own words. */
function missingPhoto(): Refusal {
  const exception = 'Microsoft.Fast.Profile.Core.Exception.ImageNotFoundException';
  return new Refusal('photoNotFound', `Exception of type '${exception}' was thrown.`);
}

function hasSize(members: Document, size: Size): boolean {
  const { width, height } = size;
  if (members.width === width && members.height === height) return true;
  if (sizesOf(members).includes(formatSize(size))) return true;
  const master = masterOf(members);
  if (master.width === width && master.height === height) return true;
  const edge = Math.max(master.width, master.height);
  return width === height && width <= edge && STANDARD_SIZES.includes(width);
}

function masterOf({ width, height, masterWidth, masterHeight }: Document): Size {
  return { width: Number(masterWidth ?? width), height: Number(masterHeight ?? height) };
}

function sizesOf({ sizes }: Document): readonly string[] {
  return Array.isArray(sizes) ? (sizes as string[]) : [];
}

function parseSize(id: string): Size | undefined {
  const match = SIZE_ID.exec(id);
  return match ? { width: Number(match[1]), height: Number(match[2]) } : undefined;
}

function formatSize({ width, height }: Size): string {
  return `${width}x${height}`;
}
