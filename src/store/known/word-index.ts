/** By which word people are found, those first whom it fits best. */
export const WORD_INDEX = `CREATE INDEX IF NOT EXISTS kith_known_word ON kith_known
  (tenant, word, rank, owner, audience, home, part)`;
