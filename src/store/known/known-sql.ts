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

/** Whether a row of `kith_known`, called `known`, is seen, which is about that facet. */
export function visible(known: KnownIn, facet: string): Fragment {
  const { words, tenant, viewer } = known;
  const { started, kept } = viewer.confined;
  const num = words.bind('integer', tenant);
  // What a person has added to a facet from the directory says whom that reaches.
  const added = sql`(SELECT mark.audience FROM kith_known mark WHERE mark.tenant = ${num}
    AND mark.owner = known.owner AND mark.part = known.part AND mark.word = '')`;
  const reach = (audience: Fragment) => {
    return kept.includes(facet) ? own(known, audience) : reaches(known, audience);
  };
  const byItself = started.includes(facet) ? own(known, raw('known.audience')) : raw('1 = 1');
  const isKept = sql`known.home IS NULL AND ${reach(raw('known.audience'))}`;
  const isStarted = sql`known.home IS NOT NULL
    AND ((${added} IS NULL AND ${byItself}) OR ${reach(added)})`;
  return join([sql`((${isKept}) OR (${isStarted}))`, ...shown(known)], ' AND ');
}

/** Whether it is the viewer's own, and to be found. */
function own({ words, viewer }: KnownIn, audience: Fragment): Fragment {
  const isSearched = sql`${audience} <> ${String(UNSEARCHED)}`;
  if (viewer.isUnrestricted) return isSearched;
  if (viewer.owner === undefined) return raw('1 = 0');
  return sql`(known.owner = ${words.bind('integer', viewer.owner)} AND ${isSearched})`;
}

/** Whether an audience reaches the viewer. */
function reaches(known: KnownIn, audience: Fragment): Fragment {
  const { words, viewer } = known;
  if (viewer.isUnrestricted) return own(known, audience);
  const ways = [sql`(${audience} & ${String(ALL)}) <> 0`, own(known, audience)];
  if (viewer.owner !== undefined) {
    ways.push(...circles(known, words.bind('integer', viewer.owner), audience));
  }
  return sql`(${join(ways, ' OR ')})`;
}

/** The circles around a person that the viewer is in. */
function circles(
  { words, tenant, viewer }: KnownIn,
  self: Fragment,
  audience: Fragment,
): Fragment[] {
  const num = words.bind('integer', tenant);
  const { addresses } = viewer;
  const marks = JSON.stringify(addresses.map(contactWord));
  const isFamily = sql`EXISTS (SELECT 1 FROM kith_link WHERE tenant = ${num}
    AND relation = ${words.bind('text', viewer.family)}
    AND source = known.owner AND target = ${self})`;
  const isContact = sql`known.owner IN (SELECT contact.owner FROM kith_known contact
    WHERE contact.tenant = ${num} AND ${words.among('text', raw('contact.word'), marks)})`;
  const sharesGroup = sql`EXISTS (SELECT 1 FROM kith_link mine JOIN kith_link theirs
    ON theirs.tenant = mine.tenant AND theirs.relation = mine.relation
      AND theirs.source = mine.source
    WHERE mine.tenant = ${num} AND mine.relation = ${words.bind('text', viewer.members)}
      AND mine.target = ${self} AND theirs.target = known.owner)`;
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
export function shown({ words, viewer }: KnownIn, alias = 'known'): Fragment[] {
  const { hidden, hiddenOwn, owner } = viewer;
  if (hidden.length === 0 && hiddenOwn.length === 0) return [];
  const among = (list: readonly string[]) => {
    return sql`(${words.among('text', raw(`${alias}.home`), JSON.stringify(list))})`;
  };
  const isPlain = raw(`${alias}.home IS NULL`);
  if (owner === undefined) return [sql`(${isPlain} OR NOT ${among(hidden)})`];
  const self = words.bind('integer', owner);
  const others = raw(`${alias}.owner`);
  return [
    sql`(${isPlain} OR (${others} = ${self} AND NOT ${among(hiddenOwn)})
      OR (${others} <> ${self} AND NOT ${among(hidden)}))`,
  ];
}

/** How the rows of a word are chosen, and ranked. */
export interface WordRows {
  readonly facet: string;
  readonly word: string;
  readonly rank: Fragment;
  /** What else holds of a row, each behind AND. */
  readonly also: readonly Fragment[];
  readonly limit: number;
}

/** The owners and parts of the rows of a word with their ranks, best first. */
export function rowsOf(known: KnownIn, { facet, word, rank, also, limit }: WordRows): Fragment {
  const { words, tenant } = known;
  const conditions = [
    sql`known.tenant = ${words.bind('integer', tenant)}`,
    sql`known.word = ${words.bind('text', word)}`,
    visible(known, facet),
    ...also,
  ];
  return sql`SELECT known.owner AS owner, known.part AS part, ${rank} AS rank FROM kith_known known
    WHERE ${join(conditions, ' AND ')} ORDER BY known.rank, known.owner LIMIT ${words.rows(limit)}`;
}
