import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { foldText } from '#plan/compare.ts';
import { databases } from './stores.ts';

/**
 * Letters of Unicode 17, which Node knows and PostgreSQL 18 (Unicode 16) does not. Their case is
 * not folded where PostgreSQL folds text itself: in properties without an index.
 */
const unknownToPostgres = [0xa7ce, 0xa7d2, 0xa7d4, ...range(0x16ea0, 0x16eb8)];

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}

const words = [
  ...['ΟΔΥΣΣΕΥΣ', 'ΣΑΣ Σ', 'ΑΣ.', 'Σ1', "Α'Σ", 'Α·Σ', 'ΑΣ\u0301', 'a\u00adΣ', 'A\u0345Σ'],
  ...['İstanbul', 'ŉab', 'ΐ', 'ﬃ', 'ǅ', 'Å', 'A\u030a', 'e\u0323\u0302', '\u1100\u1161', 'ẞß'],
];

test('PostgreSQL folds every character of the first two planes as Node does', async () => {
  await using home = await databases[1]!.place();
  await (await home.open()).close();
  const client = new pg.Client({ connectionString: home.url });
  await client.connect();
  const texts = [...range(1, 0xd7ff), ...range(0xe000, 0x1ffff)].map((code) =>
    String.fromCodePoint(code),
  );
  const { rows } = await client.query<{ text: string; folded: string }>(
    'SELECT text, kith_fold(text) AS folded FROM unnest($1::text[]) text',
    [[...texts, ...words]],
  );
  await client.end();
  const differing = rows.filter(({ text, folded }) => folded !== foldText(text));
  assert.deepEqual(
    differing.map(({ text }) => text.codePointAt(0)),
    unknownToPostgres,
  );
});
