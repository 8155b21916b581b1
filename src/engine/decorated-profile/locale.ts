import type { Document } from '#plan/document.ts';
import { typedValue } from './document-values.ts';

/** The languages in which Kith forms sentences. */
export const languages = ['en', 'de', 'fr', 'ja'] as const;
export type Language = (typeof languages)[number];

/** The language of an answer, and the country whose usage was asked for. */
export interface ProfileLocale {
  readonly language: Language;
  readonly country: string | undefined;
}

const DEFAULT_LOCALE: ProfileLocale = { language: 'en', country: 'US' };
/** RFC 9110, section 12.4.2: a weight of 0 to 1 with at most three digits. */
const WEIGHT = /^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/i;

/**
 * The locale of an answer to this `Accept-Language` (RFC 9110, section 12.5.4): the most wanted
 * one whose language Kith speaks, American English where there is none.
 */
export function chooseLocale(header: string | undefined): ProfileLocale {
  const wanted = (header ?? '').split(',').map(parseRange);
  const ranked = wanted.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight);
  for (const { tag } of ranked) {
    const locale = tag === '*' ? DEFAULT_LOCALE : parseTag(tag);
    if (locale) return locale;
  }
  return DEFAULT_LOCALE;
}

/** The locale as a `Locale`. */
export function localeValue({ language, country }: ProfileLocale): Document {
  return typedValue('Locale', { language, country });
}

/** A language range and its weight; 0, which means "not this one", where the weight is no weight. */
function parseRange(text: string): { tag: string; weight: number } {
  const [tag = '', parameter] = text.split(';').map((part) => part.trim());
  if (parameter === undefined) return { tag, weight: 1 };
  return { tag, weight: Number(WEIGHT.exec(parameter)?.[1] ?? 0) };
}

function parseTag(tag: string): ProfileLocale | undefined {
  try {
    const { language, region } = new Intl.Locale(tag);
    const spoken = languages.find((each) => each === language);
    // A `Locale` has a country of two letters; `en-001` names the world.
    const country = region?.length === 2 ? region : undefined;
    return spoken && { language: spoken, country };
  } catch {
    // What is no language tag asks for nothing.
    return undefined;
  }
}
