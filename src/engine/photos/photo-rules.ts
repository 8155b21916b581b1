import { Refusal } from '#errors.ts';
import type { Document } from '#plan/document.ts';
import type { Size } from '#plan/images.ts';
import type { TypeRules } from '../type-rules.ts';
import { missingPhoto, onePixel, stateOf } from './missing-photo.ts';
import {
  EDGE_MAX,
  formatSize,
  masterOf,
  nameBytes,
  parseSize,
  sizesOf,
  withSize,
} from './photo-sizes.ts';

/** The media type of every kept photo. */
export const PHOTO_TYPE = 'image/jpeg';

/**
 * A photo's id is its size, `240x240`, in any case. One document stands for the photo and all its
 * sizes: the size it has, the master that sizes are made from, and the sizes that were asked for
 * beside the squares.
 */
export const photoRules: TypeRules = {
  missing: () => missingPhoto(),

  /** A photo that nobody has uploaded yet may still be given a size. */
  initial: ({ place }) => declared(place.key),

  /** A size of the photo has its own measures. */
  resolve(members, { place }) {
    const state = stateOf(members);
    if (state !== undefined) return resolveState(members, place.key);
    if (place.key === undefined) return members;
    const size = parseSize(place.key);
    if (!size || !sizesOf(members).includes(formatSize(size))) throw missingPhoto();
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
    if (place.key === undefined || stored.width === undefined) return members;
    return { ...stored, sizes: withSize(stored, String(members.id)) };
  },

  streams(members) {
    if (stateOf(members) === 'gif1x1') return { blob: '', contentType: 'image/gif' };
    if (!masterOf(members)) return undefined;
    const blob = nameBytes(String(members.source), formatSize(members as unknown as Size));
    return { blob, contentType: PHOTO_TYPE };
  },
};

/** In one state Graph's pages show a photo that is none; in the others it is refused. */
function resolveState(members: Document, key: string | undefined): Document {
  const state = stateOf(members)!;
  const isShown = state === 'gif1x1' && (key === undefined || key.toLowerCase() === onePixel.id);
  if (!isShown) throw missingPhoto(state);
  return { ...members, ...onePixel };
}

function declared(key: string | undefined): Document {
  const size = key === undefined ? undefined : parseSize(key);
  return size ? { ...size, id: formatSize(size) } : {};
}
