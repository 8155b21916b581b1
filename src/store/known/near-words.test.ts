import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { distanceBetween, slipsIn, variantsOf } from './near-words.ts';

const letter = fc.constantFrom(...'abcdef');
const word = (minLength: number) =>
  fc.array(letter, { minLength, maxLength: 14 }).map((all) => all.join(''));

/** A word with a slip: a letter left out, put in, changed, or swapped with the next. */
function slip(of: string, at: number, kind: number, by: string): string {
  const place = at % of.length;
  const [before, after] = [of.slice(0, place), of.slice(place + 1)];
  if (kind === 0) return before + after;
  if (kind === 1) return before + by + of.slice(place);
  if (kind === 2) return before + by + after;
  return before + after.slice(0, 1) + of[place] + after.slice(1);
}

test('words that are as near as they may be have a variant in common', () => {
  const slips = fc.array(fc.tuple(fc.nat(), fc.nat(3), letter), { maxLength: 2 });
  fc.assert(
    fc.property(word(4), slips, (one, all) => {
      const other = all.reduce((last, [at, kind, by]) => slip(last, at, kind, by), one);
      const most = Math.min(slipsIn(one), slipsIn(other));
      if (distanceBetween(one, other, 2) > most) return;
      const variants = new Set(variantsOf(one));
      assert.ok(
        variantsOf(other).some((each) => variants.has(each)),
        `${one} ${other}`,
      );
    }),
    { numRuns: 3000 },
  );
});

test('slips are counted, each letter once', () => {
  const cases: readonly [one: string, other: string, distance: number][] = [
    ['rust', 'rust', 0],
    ['rust', 'ruts', 1],
    ['rust', 'rast', 1],
    ['rust', 'rst', 1],
    ['rust', 'trust', 1],
    ['kubernetes', 'kuberentes', 1],
    ['kubernetes', 'kubrenets', 2],
    ['kubernetes', 'cybernetics', 3],
  ];
  for (const [one, other, distance] of cases) {
    assert.equal(distanceBetween(one, other, 2), distance, `${one} ${other}`);
    assert.equal(distanceBetween(other, one, 2), distance, `${other} ${one}`);
  }
});

test('short words and numbers have to be right', () => {
  const slips = ['sql', 'rust', 'language', '2026', 'x'.repeat(40)].map(slipsIn);
  assert.deepEqual(slips, [0, 1, 2, 0, 0]);
});
