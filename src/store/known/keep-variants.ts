import { setImmediate } from 'node:timers/promises';
import { variantsOf } from './near-words.ts';
import type { TenantToken, VariantRow } from './write-known.ts';

/** Words whose variants are in hand at once, and variants that are written in one transaction. */
const WORDS = 20_000;
const ROWS = 5_000;
/** How long work goes on before others are answered. */
const SLICE_MS = 5;

/** Waits for a turn of the event loop whenever the work between two calls has gone on for long. */
export function pauses(): () => Promise<void> {
  let from = performance.now();
  return async () => {
    if (performance.now() - from < SLICE_MS) return;
    await setImmediate();
    from = performance.now();
  };
}

/**
 * Keeps the variants of words in the order of the tree that they stand in, so that each of its
 * pages is written once for all words in hand. They are sorted by how they begin first: no sort of
 * many holds up others.
 */
export async function keepVariants(
  tokens: readonly TenantToken[],
  write: (rows: readonly VariantRow[]) => Promise<unknown>,
): Promise<void> {
  const pause = pauses();
  let writing: Promise<unknown> = Promise.resolve();
  for (let first = 0; first < tokens.length; first += WORDS) {
    const beginnings = new Map<string, VariantRow[]>();
    for (const [tenant, token] of tokens.slice(first, first + WORDS)) {
      await pause();
      for (const variant of variantsOf(token)) {
        const beginning = `${tenant} ${variant.slice(0, 2)}`;
        const rows = beginnings.get(beginning);
        if (rows) rows.push([tenant, variant, token]);
        else beginnings.set(beginning, [[tenant, variant, token]]);
      }
    }
    let rows: VariantRow[] = [];
    const left = [...beginnings.keys()].sort();
    for (const [at, beginning] of left.entries()) {
      await pause();
      const sorted = beginnings
        .get(beginning)!
        .sort(([, one], [, other]) => (one < other ? -1 : 1));
      rows = rows.concat(sorted);
      if (rows.length < ROWS && at < left.length - 1) continue;
      await writing;
      writing = write(rows);
      writing.catch(() => undefined);
      rows = [];
    }
  }
  await writing;
}
