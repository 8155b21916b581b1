import type { Document, Value } from '#plan/document.ts';

/** Names in these scripts are shown by the family's character alone. */
const ONE_CHARACTER = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
/** Letters of these scripts join each other unless something stands between. */
const JOINING = /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}]/u;
const NON_JOINER = '\u200c';
const LETTER = /^\p{L}/u;

const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * The initials of a person in their own script, from given name and surname, else from the first
 * and the last word of the name that is shown; undefined where no name begins with a letter.
 */
export function initialsOf({ givenName, surname, displayName }: Document): string | undefined {
  const words = wordsOf(displayName);
  const family = firstOf(surname) ?? firstOf(words.at(-1));
  const own = firstOf(givenName) ?? firstOf(words[0]);
  if (family !== undefined && ONE_CHARACTER.test(family)) return family;
  const both = words.length < 2 && !surname ? [own ?? family] : [own, family];
  const letters = both.filter((each) => each !== undefined);
  if (letters.length === 0) return undefined;
  return letters.join(letters.some((each) => JOINING.test(each)) ? NON_JOINER : '');
}

function wordsOf(value: Value | undefined): readonly string[] {
  const words = typeof value === 'string' ? value.split(/[\s,()]+/) : [];
  return words.filter((word) => LETTER.test(word));
}

/** The first character of a name, as it stands at the beginning of a word. */
function firstOf(value: Value | undefined): string | undefined {
  if (typeof value !== 'string' || !LETTER.test(value.trim())) return undefined;
  for (const { segment } of characters.segment(value.trim().normalize('NFC'))) {
    // Of what has no single capital, such as ß, the letter itself stays.
    const capital = segment.toUpperCase();
    return [...capital].length > [...segment].length ? segment : capital;
  }
  return undefined;
}
