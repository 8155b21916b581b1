import type { FacetSearch, SearchExpression } from '#plan/expression.ts';
import { type Fragment, join, raw, sql } from '../query/fragment.ts';
import type { SoughtWord } from './find-words.ts';
import { type KnownIn, rowsOf, shown } from './known-sql.ts';

/** The words that a clause of a search means, those that find least first. */
export interface Meaning {
  readonly words: readonly (readonly SoughtWord[])[];
  /** Whether the first find so little that each of their rows can be looked at. */
  readonly isRare: boolean;
}
/** What each clause of a search means. */
export type Meanings = ReadonlyMap<FacetSearch, Meaning>;

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
  if (search.kind === 'facet') return rankClause(known, meanings.get(search));
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
function rankClause(known: KnownIn, meaning: Meaning | undefined): Fragment {
  const { words, isRare } = meaning ?? { words: [], isRare: false };
  const [first, ...others] = words;
  if (!first || words.some((each) => each.length === 0)) return NOBODY;
  const limit = Math.max(Math.trunc(FOUND_MAX / first.length), EACH_MIN);
  const rows = first.flatMap(({ facet, word, behind }) => {
    const beside = others.map((each) => each.filter((other) => other.facet === facet));
    if (beside.some((each) => each.length === 0)) return [];
    const at = { facet, word, behind, limit };
    return [numbered(isRare ? lookBeside(known, at, beside) : joinBeside(known, at, beside))];
  });
  if (rows.length === 0) return NOBODY;
  const all = join(rows, ' UNION ALL ');
  return sql`SELECT owner, min(rank) AS rank FROM (${all}) clause GROUP BY owner`;
}

type Beside = readonly (readonly SoughtWord[])[];

/** The rows of a word in whose parts the others stand, which are looked up row by row. */
function lookBeside(
  known: KnownIn,
  { behind, ...at }: SoughtWord & { readonly limit: number },
  beside: Beside,
): Fragment {
  const places = beside.map((each) => placeOf(known, each));
  const more = places.map((place) => sql` + (SELECT min(other.rank) ${place})`);
  const rank = sql`known.rank + ${String(behind)}${join(more, '')}`;
  const also = places.map((place) => sql`EXISTS (SELECT 1 ${place})`);
  return rowsOf(known, { ...at, rank, also });
}

/** Any of the words in the same part. */
function placeOf(known: KnownIn, sought: readonly SoughtWord[]): Fragment {
  // Named one by one: a list in JSON would be read for every row.
  const list = join(
    sought.map(({ word }) => known.words.bind('text', word)),
    ', ',
  );
  const place = sql`other.tenant = known.tenant AND other.owner = known.owner
    AND other.part = known.part AND other.word IN (${list})`;
  return sql`FROM kith_known other WHERE ${join([place, ...shown(known, 'other')], ' AND ')}`;
}

/** The same for many rows: all of them, and of those beside them the best, are put side by side. */
function joinBeside(
  known: KnownIn,
  { behind, ...at }: SoughtWord & { readonly limit: number },
  beside: Beside,
): Fragment {
  const { words, tenant } = known;
  const own = rowsOf(known, { ...at, rank: sql`known.rank + ${String(behind)}`, also: [] });
  const lists = beside.map((sought) => {
    const each = sought.map(({ word }) => {
      const conditions = [
        sql`known.tenant = ${words.bind('integer', tenant)}`,
        sql`known.word = ${words.bind('text', word)}`,
        ...shown(known),
      ];
      const list = sql`SELECT owner, part, rank FROM kith_known known
        WHERE ${join(conditions, ' AND ')} ORDER BY rank, owner LIMIT ${words.rows(FOUND_MAX)}`;
      return sql`SELECT owner, part, rank FROM (${list}) list`;
    });
    const all = join(each, ' UNION ALL ');
    if (each.length === 1) return all;
    return sql`SELECT owner, part, min(rank) AS rank FROM (${all}) any_of GROUP BY owner, part`;
  });
  const all = [own, ...lists].map((each) => sql`SELECT owner, part, rank FROM (${each}) each_of`);
  return sql`SELECT owner, part, CAST(sum(rank) AS BIGINT) AS rank
    FROM (${join(all, ' UNION ALL ')}) beside
    GROUP BY owner, part HAVING count(*) = ${String(all.length)}`;
}
