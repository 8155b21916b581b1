import type { FacetSearch, SearchExpression } from '#plan/expression.ts';
import { asksForFacets } from '#plan/facet-search.ts';
import {
  type CollectionQuery,
  type FoundMember,
  type FoundPage,
  nothingAsked,
} from '#plan/query.ts';
import { type Fragment, sql } from '../query/fragment.ts';
import { type PageRequest, type QuerySource, runQuery } from '../query/run-query.ts';
import { findWords, type SoughtWord } from './find-words.ts';
import type { KnownIn } from './known-sql.ts';
import { isAboutFacets, type Meaning, type Meanings, rankPeople } from './rank-people.ts';

/** People whose members are looked at together. */
const CHUNK = 500;
/** Rows of a word that are counted, and that are looked at one by one. */
const COUNTED_MAX = 20_001;
const RARE_MAX = 1_000;

/**
 * One page of people who are searched by what they know, among others. In no other order they come
 * with those first who fit best, as far as what is asked of them beside it is asked of all.
 */
export async function searchPeople(on: QuerySource, request: PageRequest): Promise<FoundPage> {
  const { query, source, tenant } = request;
  const { search, viewer } = query;
  if (!search || !viewer) return runQuery(on, request);
  const known: KnownIn = { words: on.dialect.words, tenant, viewer };
  const meanings = await findMeanings(on, known, search);
  const rank = (each: SearchExpression) => rankPeople(known, each, meanings);
  const { about, rest } = divide(search);
  const isRanked = source.kind === 'set' && query.orderBy.length === 0 && about !== undefined;
  if (!isRanked) {
    const found = await withOwners(search, (each) => allOf(on, rank(each)));
    return runQuery(on, { ...request, query: { ...query, search: found } });
  }
  const ranked = rank(about);
  return rest === undefined && !query.filter
    ? pageOf(on, request, ranked)
    : narrowed(on, request, { rest, people: await readAll(on, ranked) });
}

async function findMeanings(
  on: QuerySource,
  known: KnownIn,
  search: SearchExpression,
): Promise<Meanings> {
  const clauses = clausesIn(search);
  const all = await Promise.all(
    clauses.map(async (clause) => {
      const words = await findWords(on, known, clause);
      return [clause, await rarestFirst(on, known, words)] as const;
    }),
  );
  return new Map(all);
}

function clausesIn(search: SearchExpression): readonly FacetSearch[] {
  if (search.kind === 'facet') return [search];
  if (search.kind === 'not') return clausesIn(search.operand);
  return search.kind === 'and' || search.kind === 'or' ? search.operands.flatMap(clausesIn) : [];
}

/** Of several words the one that finds least is looked for, and the others where it is. */
async function rarestFirst(
  { database }: QuerySource,
  { words, tenant }: KnownIn,
  sought: readonly (readonly SoughtWord[])[],
): Promise<Meaning> {
  if (sought.length < 2 || sought.some((each) => each.length === 0)) {
    return { words: sought, isRare: true };
  }
  const counted = await Promise.all(
    sought.map(async (each) => {
      const list = JSON.stringify(each.map(({ word }) => word));
      const { text, params } = sql`SELECT count(*) FROM (SELECT 1 AS found FROM kith_known known
        WHERE known.tenant = ${words.bind('integer', tenant)}
          AND ${words.among('text', { text: 'known.word', params: [] }, list)}
        LIMIT ${words.rows(COUNTED_MAX)}) counted`;
      const [row] = await database.list(text, params);
      return { each, count: Number(row?.[0] ?? 0) };
    }),
  );
  counted.sort((one, other) => one.count - other.count);
  return { words: counted.map(({ each }) => each), isRare: counted[0]!.count <= RARE_MAX };
}

/** What a search asks about facets of everybody whom it finds, and what else it asks of them. */
function divide(search: SearchExpression): {
  readonly about: SearchExpression | undefined;
  readonly rest: SearchExpression | undefined;
} {
  if (isAboutFacets(search)) return { about: search, rest: undefined };
  if (search.kind !== 'and') return { about: undefined, rest: search };
  const about = search.operands.filter(isAboutFacets);
  const rest = search.operands.filter((each) => !isAboutFacets(each));
  // What asks for facets in another way has no rank.
  if (about.length === 0 || rest.some(asksForFacets)) return { about: undefined, rest: search };
  return { about: allOfThese(about), rest: allOfThese(rest) };
}

function allOfThese(operands: readonly SearchExpression[]): SearchExpression {
  return operands.length === 1 ? operands[0]! : { kind: 'and', operands };
}

/** The search with those who are found in place of what they are found by. */
async function withOwners(
  search: SearchExpression,
  find: (about: SearchExpression) => Promise<readonly number[]>,
): Promise<SearchExpression> {
  if (isAboutFacets(search)) return among(await find(search));
  if (search.kind === 'not') return { ...search, operand: await withOwners(search.operand, find) };
  if (search.kind !== 'and' && search.kind !== 'or') return search;
  const operands = await Promise.all(search.operands.map((each) => withOwners(each, find)));
  return { ...search, operands };
}

function among(owners: readonly number[]): SearchExpression {
  return { kind: 'among', owners: JSON.stringify(owners) };
}

interface Ranked {
  readonly owner: number;
  readonly rank: number;
}

async function allOf(on: QuerySource, ranked: Fragment): Promise<readonly number[]> {
  return (await readAll(on, ranked)).map(({ owner }) => owner);
}

async function readAll({ database }: QuerySource, ranked: Fragment): Promise<readonly Ranked[]> {
  const { text, params } = sql`SELECT owner, rank FROM (${ranked}) found ORDER BY rank, owner`;
  const rows = await database.scan(text, params);
  return rows.map(([owner, rank]) => ({ owner: Number(owner), rank: Number(rank) }));
}

/** A page of those whom nothing else is asked of. */
async function pageOf(on: QuerySource, request: PageRequest, ranked: Fragment): Promise<FoundPage> {
  const { query } = request;
  const { words } = on.dialect;
  const { after, count } = query;
  const size = sizeOf(query);
  const mark = markOf(after);
  const last = mark && [mark.rank, mark.owner].map((each) => words.bind('integer', each));
  const behind = last ? sql` WHERE (rank, owner) > (${last[0]!}, ${last[1]!})` : '';
  const isCounted = count && !mark;
  const total = isCounted ? ', count(*) OVER ()' : '';
  const offset = mark ? 0 : query.skip;
  const { text, params } = sql`SELECT owner, rank${total} FROM (${ranked}) found${behind}
    ORDER BY rank, owner LIMIT ${words.rows(size + 1)} OFFSET ${words.rows(offset)}`;
  const rows = await on.database.scan(text, params);
  const people = rows.map(([owner, at]) => ({ owner: Number(owner), rank: Number(at) }));
  const shown = people.slice(0, size);
  const isEmpty = isCounted && rows.length === 0;
  const counted = isCounted ? Number(rows[0]?.[2] ?? 0) : undefined;
  const found = await readMembers(on, request, shown, {});
  return {
    members: found,
    count: isEmpty && offset > 0 ? (await readAll(on, ranked)).length : counted,
    next:
      people.length > size && size > 0 ? markBehind(query, shown.at(-1)!, shown.length) : undefined,
  };
}

/** A page of those of whom something else is asked, too. */
async function narrowed(
  on: QuerySource,
  request: PageRequest,
  {
    rest,
    people,
  }: { readonly rest: SearchExpression | undefined; readonly people: readonly Ranked[] },
): Promise<FoundPage> {
  const { query } = request;
  const size = sizeOf(query);
  const mark = markOf(query.after);
  const isBehind = ({ rank, owner }: Ranked) =>
    !mark || rank > mark.rank || (rank === mark.rank && owner > mark.owner);
  const left = people.filter(isBehind);
  const wanted = size + (mark ? 0 : query.skip) + 1;
  const found: { member: FoundMember; of: Ranked }[] = [];
  for (let at = 0; at < left.length && found.length < wanted; at += CHUNK) {
    const chunk = left.slice(at, at + CHUNK);
    const members = await readMembers(on, request, chunk, { rest });
    const byOwner = new Map(chunk.map((each) => [each.owner, each]));
    for (const member of members) found.push({ member, of: byOwner.get(member.owner)! });
  }
  const shown = found.slice(mark ? 0 : query.skip, wanted - 1);
  const isMore = found.length >= wanted && size > 0;
  const everybody = among(people.map(({ owner }) => owner));
  const count = query.count && (await countThem(on, request, join(everybody, rest)));
  return {
    members: shown.map(({ member }) => member),
    count: count === false ? undefined : count,
    next: isMore ? markBehind(query, shown.at(-1)!.of, shown.length) : undefined,
  };
}

async function countThem(
  on: QuerySource,
  request: PageRequest,
  search: SearchExpression,
): Promise<number | undefined> {
  const { filter } = request.query;
  const query = { ...nothingAsked, filter, search, count: true, pageSize: 0 };
  return (await runQuery(on, { ...request, start: undefined, query })).count;
}

/** These people in their order, as far as they meet what else is asked. */
async function readMembers(
  on: QuerySource,
  request: PageRequest,
  people: readonly Ranked[],
  { rest }: { readonly rest?: SearchExpression | undefined },
): Promise<readonly FoundMember[]> {
  if (people.length === 0) return [];
  const { filter } = request.query;
  const search = join(among(people.map(({ owner }) => owner)), rest);
  const query = { ...nothingAsked, filter, search, pageSize: people.length };
  const { members } = await runQuery(on, { ...request, start: undefined, query });
  const found = new Map(members.map((member) => [member.owner, member]));
  return people.flatMap(({ owner }) => found.get(owner) ?? []);
}

function join(one: SearchExpression, other: SearchExpression | undefined): SearchExpression {
  return other ? { kind: 'and', operands: [one, other] } : one;
}

function sizeOf({ pageSize, top, after }: CollectionQuery): number {
  const left = (top ?? Number.MAX_SAFE_INTEGER) - (after?.shown ?? 0);
  return Math.max(Math.min(pageSize, left), 0);
}

function markOf(after: CollectionQuery['after']): Ranked | undefined {
  return after && { rank: Number(after.keys[0]), owner: Number(after.last) };
}

function markBehind({ after }: CollectionQuery, last: Ranked, shown: number) {
  return { keys: [last.rank], last: last.owner, shown: (after?.shown ?? 0) + shown };
}
