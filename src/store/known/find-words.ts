import type { FacetSearch } from '#plan/expression.ts';
import { wordsIn } from '#plan/search-words.ts';
import { raw, sql } from '../query/fragment.ts';
import type { QuerySource } from '../query/run-query.ts';
import { wordOf } from '../search-words.ts';
import { type KnownIn, visible } from './known-sql.ts';
import { distanceBetween, slipsIn, variantsOf } from './near-words.ts';

/** A word that is sought, as it is kept, and by how much what it finds stands behind. */
export interface SoughtWord {
  readonly facet: string;
  readonly word: string;
  readonly behind: number;
}

/** Words that begin so, or are nearly so, that are looked at, and that are taken. */
const CANDIDATES_MAX = 64;
const TAKEN_MAX = 6;
const BEGINS_MAX = 200;
/** Shorter beginnings begin too much. */
const BEGINNING_MIN = 3;
const VARIANT_LENGTH = 7;
/** By how much what is not the word itself stands behind. */
const BEHIND_BEGUN = 64;
const BEHIND_SLIP = 128;

/**
 * For each word of a search the words that it means: itself where anything that the viewer sees has
 * it; else those that begin with it; else those that are a slip of the pen away. What the viewer
 * does not see makes no difference.
 */
export async function findWords(
  on: QuerySource,
  known: KnownIn,
  { facets, text }: FacetSearch,
): Promise<readonly (readonly SoughtWord[])[]> {
  const tokens = [...new Set(wordsIn(text))];
  return Promise.all(tokens.map((token) => findWord(on, known, facets, token)));
}

async function findWord(
  on: QuerySource,
  known: KnownIn,
  facets: readonly string[],
  token: string,
): Promise<readonly SoughtWord[]> {
  const itself = sought(facets, [{ token, behind: 0 }]);
  const found = await seen(on, known, itself);
  if (found.length > 0) return found;
  const begun = await seen(on, known, sought(facets, await findBegun(on, known, token)));
  if (begun.length > 0) return begun;
  return seen(on, known, sought(facets, await findNear(on, known, token)));
}

interface Candidate {
  readonly token: string;
  readonly behind: number;
}

function sought(facets: readonly string[], tokens: readonly Candidate[]): SoughtWord[] {
  return tokens.flatMap(({ token, behind }) =>
    facets.map((facet) => ({ facet, word: wordOf(facet, token), behind })),
  );
}

/** The words of which anything is seen; of those that are not what was asked for only the best. */
async function seen(
  on: QuerySource,
  known: KnownIn,
  words: readonly SoughtWord[],
): Promise<readonly SoughtWord[]> {
  if (words.length === 0) return [];
  const { started, kept } = known.viewer.confined;
  const kinds = Map.groupBy(words, ({ facet }) => {
    return `${started.includes(facet)} ${kept.includes(facet)}`;
  });
  const there = new Set<string>();
  for (const alike of kinds.values()) {
    for (const word of await seenAlike(on, known, alike)) there.add(word);
  }
  const found = words.filter(({ word }) => there.has(word));
  const tokens = [...new Set(found.map(({ word, facet }) => word.slice(facet.length)))];
  const taken = new Set(tokens.slice(0, TAKEN_MAX));
  return found.filter(({ word, facet }) => taken.has(word.slice(facet.length)));
}

/** The same of words of facets that are seen under one condition. */
async function seenAlike(
  { database, dialect }: QuerySource,
  known: KnownIn,
  words: readonly SoughtWord[],
): Promise<readonly string[]> {
  const { text, params } = sql`SELECT one.value FROM ${dialect.textsOf('?', 'one')}
    WHERE EXISTS (SELECT 1 FROM kith_known known
      WHERE known.tenant = ${known.words.bind('integer', known.tenant)}
        AND known.word = one.value AND ${visible(known, words[0]!.facet)})`;
  const names = JSON.stringify(words.map(({ word }) => word));
  const rows = await database.list(text, [names, ...params]);
  return rows.map(([word]) => String(word));
}

/** Words that begin so, the shortest first. */
async function findBegun(
  { database }: QuerySource,
  { tenant }: KnownIn,
  token: string,
): Promise<readonly Candidate[]> {
  if (token.length < BEGINNING_MIN) return [];
  const beginning = token.slice(0, VARIANT_LENGTH);
  const rows = await database.list(
    `SELECT DISTINCT token FROM (SELECT token FROM kith_near
      WHERE tenant = ? AND variant >= ? AND variant < ? AND token >= ? AND token < ?
      LIMIT ${BEGINS_MAX}) begun`,
    [tenant, beginning, `${beginning}\u{10ffff}`, token, `${token}\u{10ffff}`],
  );
  const tokens = rows.map(([each]) => String(each));
  tokens.sort((one, other) => one.length - other.length || (one < other ? -1 : 1));
  return tokens.slice(0, CANDIDATES_MAX).map((each) => ({ token: each, behind: BEHIND_BEGUN }));
}

/** Words that are a few slips of the pen away, the nearest first. */
async function findNear(
  { database, dialect }: QuerySource,
  { tenant }: KnownIn,
  token: string,
): Promise<readonly Candidate[]> {
  const most = slipsIn(token);
  if (most === 0) return [];
  const { text } = raw(
    // The few variants first, in whatever number the words are.
    `SELECT DISTINCT near.token FROM ${dialect.textsOf('?', 'one')}
      CROSS JOIN kith_near near WHERE near.tenant = ? AND near.variant = one.value`,
  );
  const rows = await database.list(text, [JSON.stringify(variantsOf(token)), tenant]);
  const near = rows.flatMap(([each]) => {
    const other = String(each);
    const slips = distanceBetween(token, other, most);
    return slips <= Math.min(most, slipsIn(other)) ? [{ token: other, slips }] : [];
  });
  near.sort((one, other) => one.slips - other.slips || (one.token < other.token ? -1 : 1));
  return near.slice(0, CANDIDATES_MAX).map(({ token: each, slips }) => {
    return { token: each, behind: BEHIND_SLIP * slips };
  });
}
