import type { FacetViewer } from '#plan/query.ts';
import { type Fragment, join, raw, sql } from '../query/fragment.ts';
import type { QueryWords } from '../query/query-words.ts';
import { ALL, contactWord, UNSEARCHED } from './known-words.ts';

/** The tables in which the words of a tenant's people stand, and who looks there. */
export interface KnownIn {
  readonly words: QueryWords;
  readonly tenant: number;
  readonly viewer: FacetViewer;
}

const FAMILY = 1;
const CONTACTS = 2;
const GROUPS = 4;

/** Whether a row of `kith_known`, called `known`, is seen. */
export function visible(known: KnownIn): Fragment {
  const { words, tenant, viewer } = known;
  const num = words.bind('integer', tenant);
  // What a person has added to a facet from the directory says whom that reaches.
  const added = sql`(SELECT mark.audience FROM kith_known mark WHERE mark.tenant = ${num}
    AND mark.owner = known.owner AND mark.part = known.part AND mark.word = '')`;
  const isPlain = sql`known.home IS NULL OR ${added} IS NULL`;
  const isReached = reaches(known, raw('known.audience'));
  // What has been added is rare, and asked for last.
  const conditions = [isReached, sql`(${isPlain} OR ${reaches(known, added)})`, ...shown(known)];
  return viewer.isUnrestricted ? conditions[1]! : join(conditions, ' AND ');
}

/** Whether an audience reaches the viewer. */
function reaches(known: KnownIn, audience: Fragment): Fragment {
  const { words, viewer } = known;
  if (viewer.isUnrestricted) return sql`${audience} <> ${String(UNSEARCHED)}`;
  const ways = [sql`(${audience} & ${String(ALL)}) <> 0`];
  if (viewer.owner !== undefined) {
    const own = words.bind('integer', viewer.owner);
    ways.push(sql`(known.owner = ${own} AND ${audience} <> ${String(UNSEARCHED)})`);
    ways.push(...circles(known, own, audience));
  }
  return sql`(${join(ways, ' OR ')})`;
}

/** The circles around a person that the viewer is in. */
function circles(
  { words, tenant, viewer }: KnownIn,
  own: Fragment,
  audience: Fragment,
): Fragment[] {
  const num = words.bind('integer', tenant);
  const { addresses } = viewer;
  const marks = JSON.stringify(addresses.map(contactWord));
  const isFamily = sql`EXISTS (SELECT 1 FROM kith_link WHERE tenant = ${num}
    AND relation = ${words.bind('text', viewer.family)}
    AND source = known.owner AND target = ${own})`;
  const isContact = sql`known.owner IN (SELECT contact.owner FROM kith_known contact
    WHERE contact.tenant = ${num} AND ${words.among('text', raw('contact.word'), marks)})`;
  const sharesGroup = sql`EXISTS (SELECT 1 FROM kith_link mine JOIN kith_link theirs
    ON theirs.tenant = mine.tenant AND theirs.relation = mine.relation
      AND theirs.source = mine.source
    WHERE mine.tenant = ${num} AND mine.relation = ${words.bind('text', viewer.members)}
      AND mine.target = ${own} AND theirs.target = known.owner)`;
  const within = (circle: number, is: Fragment) => {
    return sql`((${audience} & ${String(circle)}) <> 0 AND ${is})`;
  };
  return [
    within(FAMILY, isFamily),
    ...(addresses.length > 0 ? [within(CONTACTS, isContact)] : []),
    within(GROUPS, sharesGroup),
  ];
}

/** What starts from properties of the user is seen by whoever sees those. */
function shown({ words, viewer }: KnownIn): Fragment[] {
  const { hidden, hiddenOwn, owner } = viewer;
  if (hidden.length === 0 && hiddenOwn.length === 0) return [];
  const among = (list: readonly string[]) => {
    return sql`(${words.among('text', raw('known.home'), JSON.stringify(list))})`;
  };
  if (owner === undefined) return [sql`(known.home IS NULL OR NOT ${among(hidden)})`];
  const own = words.bind('integer', owner);
  return [
    sql`(known.home IS NULL OR (known.owner = ${own} AND NOT ${among(hiddenOwn)})
      OR (known.owner <> ${own} AND NOT ${among(hidden)}))`,
  ];
}

/** How the rows of a word are chosen, and ranked. */
export interface WordRows {
  readonly word: string;
  readonly rank: Fragment;
  /** What else holds of a row, each behind AND. */
  readonly also: readonly Fragment[];
  readonly limit: number;
}

/** The owners of the rows of a word with their ranks, best first. */
export function rowsOf(known: KnownIn, { word, rank, also, limit }: WordRows): Fragment {
  const { words, tenant } = known;
  const conditions = [
    sql`known.tenant = ${words.bind('integer', tenant)}`,
    sql`known.word = ${words.bind('text', word)}`,
    visible(known),
    ...also,
  ];
  return sql`SELECT known.owner AS owner, ${rank} AS rank FROM kith_known known
    WHERE ${join(conditions, ' AND ')} ORDER BY known.rank, known.owner LIMIT ${words.rows(limit)}`;
}
