import { Refusal } from '#errors.ts';
import type { Document } from '#plan/document.ts';

/** The faces that a missing photo has in Graph; a seed may choose one (`@photoState`). */
export const photoStates = [
  'none',
  'imageNotFound',
  'itemNotFound',
  'noMailbox',
  'consumer',
  'gif1x1',
] as const;
/** One of them. */
export type PhotoState = (typeof photoStates)[number];

const exception = 'Microsoft.Fast.Profile.Core.Exception.ImageNotFoundException';
const thrown = `Exception of type '${exception}' was thrown.`;

/** The refusal of a photo that is not there, in live Graph's own words. */
export function missingPhoto(state: PhotoState = 'none'): Refusal {
  if (state === 'imageNotFound') return new Refusal('imageNotFound', thrown);
  if (state === 'itemNotFound') return new Refusal('itemNotFound', "The photo wasn't found.");
  if (state === 'noMailbox') {
    return new Refusal('segmentNotFound', 'Resource could not be discovered.');
  }
  if (state === 'consumer') {
    const message = 'Photos of personal accounts are not supported.';
    return new Refusal('consumerPhoto', message);
  }
  return new Refusal('photoNotFound', thrown);
}

/** The state that a photo's document is in place of a photo; undefined where it is one. */
export function stateOf({ state }: Document): PhotoState | undefined {
  return photoStates.find((each) => each === state);
}

/** What Graph's pages show for somebody without a photo: a GIF of one pixel, which is never sent. */
export const onePixel: Document = { id: '1x1', height: 1, width: 1 };
