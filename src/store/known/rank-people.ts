import type { FacetSearch, SearchExpression } from '#plan/expression.ts';
import { type Fragment, join, raw, sql } from '../query/fragment.ts';
import type { SoughtWord } from './find-words.ts';
import { type KnownIn, rowsOf } from './known-sql.ts';

/** The words that each clause of a search means, those that find least first. */
export type Meanings = ReadonlyMap<FacetSearch, readonly (readonly SoughtWord[])[]>;

/** People found by one clause, at most: beyond that, the best of each of its words. */
const FOUND_MAX = 20_000;
const EACH_MIN = 5_000;
const NOBODY = raw('SELECT 0 AS owner, 0 AS rank WHERE 1 = 0');

/** Whether a search asks for facets and for nothing else, by AND and OR. */
export function isAboutFacets(search: SearchExpression): boolean {
  if (search.kind === 'facet') return true;
  return (search.kind === 'and' || search.kind === 'or') && search.operands.every(isAboutFacets);
}

/**
 * The people whom such a search finds, each with a rank that is lower the better they fit: where
 * all is asked for, ranks add up; of what is asked for otherwise the best counts.
 */
export function rankPeople(known: KnownIn, search: SearchExpression, meanings: Meanings): Fragment {
  if (search.kind === 'facet') return rankClause(known, meanings.get(search) ?? []);
  if (search.kind !== 'and' && search.kind !== 'or') throw new Error('Not about facets alone.');
  const each = search.operands.map((operand) => rankPeople(known, operand, meanings));
  const all = join(each.map(numbered), ' UNION ALL ');
  if (search.kind === 'or')
    return sql`SELECT owner, min(rank) AS rank FROM (${all}) any_of GROUP BY owner`;
  const number = String(each.length);
  return sql`SELECT owner, CAST(sum(rank) AS BIGINT) AS rank FROM (${all}) all_of
    GROUP BY owner HAVING count(*) = ${number}`;
}

function numbered(each: Fragment): Fragment {
  return sql`SELECT owner, rank FROM (${each}) each_of`;
}

/** People with a facet in which a word of each kind stands. */
function rankClause(known: KnownIn, words: readonly (readonly SoughtWord[])[]): Fragment {
  const [first, ...others] = words;
  if (!first || words.some((each) => each.length === 0)) return NOBODY;
  const limit = Math.max(Math.trunc(FOUND_MAX / first.length), EACH_MIN);
  const rows = first.flatMap(({ facet, word, behind }) => {
    const beside = others.map((each) => each.filter((other) => other.facet === facet));
    if (beside.some((each) => each.length === 0)) return [];
    const places = beside.map((each) => placeOf(known, each));
    const more = places.map((place) => sql` + (SELECT min(other.rank) ${place})`);
    const rank = sql`known.rank + ${String(behind)}${join(more, '')}`;
    const also = places.map((place) => sql`EXISTS (SELECT 1 ${place})`);
    return [numbered(rowsOf(known, { facet, word, rank, also, limit }))];
  });
  if (rows.length === 0) return NOBODY;
  const all = join(rows, ' UNION ALL ');
  return sql`SELECT owner, min(rank) AS rank FROM (${all}) clause GROUP BY owner`;
}

/** Any of the words in the same part. */
function placeOf({ words }: KnownIn, sought: readonly SoughtWord[]): Fragment {
  const list = JSON.stringify(sought.map(({ word }) => word));
  return sql`FROM kith_known other WHERE other.tenant = known.tenant
    AND other.owner = known.owner AND other.part = known.part
    AND ${words.among('text', raw('other.word'), list)}`;
}
