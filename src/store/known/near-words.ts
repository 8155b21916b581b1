/** Characters of a word's beginning in which its variants differ. */
const BEGINNING = 7;
/** Longer words have no variants. */
const VARIED_MAX = 32;

/** How many slips of the pen a word may have: none in short ones, one from 4, two from 8 letters. */
export function slipsIn(word: string): number {
  const { length } = word;
  if (length < 4 || length > VARIED_MAX || /^\p{N}+$/u.test(word)) return 0;
  return length < 8 ? 1 : 2;
}

/**
 * What is left of a word's beginning without some of its letters, itself first. Two words that are
 * a few slips apart have one in common (Garbe's symmetric deletion).
 */
export function variantsOf(word: string): readonly string[] {
  const variants = new Set([[...word].slice(0, BEGINNING).join('')]);
  let last = [...variants];
  for (let slip = 0; slip < slipsIn(word); slip++) {
    last = last.flatMap((each) => withoutOne(each));
    for (const each of last) variants.add(each);
  }
  return [...variants];
}

/** What is half a letter in JavaScript's texts. */
const HALVES = /[\ud800-\udfff]/;

function withoutOne(word: string): string[] {
  if (!HALVES.test(word)) {
    return Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1));
  }
  const letters = [...word];
  return letters.map((_, at) => letters.toSpliced(at, 1).join(''));
}

/**
 * How many letters have to be put in, left out, changed, or swapped with their neighbour to make
 * one word of the other (Damerau's distance, each letter once); more than `most` is `most + 1`.
 */
export function distanceBetween(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      let cost = Math.min(
        last[column]! + 1,
        next[column - 1]! + 1,
        last[column - 1]! + (isSame ? 0 : 1),
      );
      const isSwapped =
        row > 1 &&
        column > 1 &&
        one[row - 1] === other[column - 2] &&
        one[row - 2] === other[column - 1];
      if (isSwapped) cost = Math.min(cost, before[column - 2]! + 1);
      next.push(cost);
    }
    before = last;
    last = next;
  }
  return Math.min(last.at(-1)!, most + 1);
}
