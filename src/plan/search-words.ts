import { foldText } from './compare.ts';
import { tokenise } from './tokenise.ts';

/** Letters and digits, with what may follow them in names such as C++ and C#. */
const WORD = /[\p{L}\p{M}\p{N}]+[+#]*/gu;
const MARKS = /\p{M}+/gu;
const ASCII = /^[ -~]*$/;

/** The words of a text as people search for them: folded, without accents. */
export function wordsIn(text: string): readonly string[] {
  return (text.normalize('NFC').match(WORD) ?? []).map(plain);
}

/** The words of a text, and behind them the parts of those that are put together: JavaScript. */
export function partsIn(text: string): readonly string[] {
  const words = text.normalize('NFC').match(WORD) ?? [];
  return words.flatMap((word) => {
    const parts = tokenise(word).map(plain);
    return parts.length > 1 || parts[0] !== plain(word) ? parts : [];
  });
}

function plain(word: string): string {
  const folded = foldText(word);
  if (ASCII.test(folded)) return folded;
  return folded.normalize('NFD').replace(MARKS, '').normalize('NFC') || folded;
}
