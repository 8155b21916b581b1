import type { Culture } from './culture.ts';
import { latinCultures } from './latin-cultures.ts';
import { otherCultures } from './other-cultures.ts';

/** Every culture that the company's people come from. */
export const cultures: readonly Culture[] = [...latinCultures, ...otherCultures];

const byTag = new Map(cultures.map((culture) => [culture.tag, culture]));

/** The culture of a language tag; the tag is one of the vocabulary's own. */
export function cultureOf(tag: string): Culture {
  const culture = byTag.get(tag);
  if (culture === undefined) throw new Error(`No culture has the tag ${tag}.`);
  return culture;
}
