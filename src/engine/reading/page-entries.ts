import { setImmediate } from 'node:timers/promises';
import { Refusal } from '#errors.ts';
import type { EntityType } from '#model/model.ts';
import type { Document } from '#plan/document.ts';
import type { SearchExpression } from '#plan/expression.ts';
import type { CollectionQuery, PageMark } from '#plan/query.ts';
import type { Reader } from '#plan/store.ts';
import type { Entries, Entry } from '../derived/entries.ts';
import { pathsIn } from '../queries/paths-in.ts';

/** What is asked of entries, and how their members are read. */
export interface EntriesQuery {
  readonly type: EntityType;
  readonly query: CollectionQuery;
  readonly reader: Reader;
  /** Those of some entries that a search finds; refuses with 501 what is not searched. */
  find(entries: readonly Entry[], search: SearchExpression): Promise<readonly Entry[]>;
  /** Members of an entry, those to which these paths lead at least, also behind navigations. */
  load(entry: Entry, paths: readonly string[]): Promise<Document>;
}

/** A page of entries, as `FoundPage` is one of what the store finds. */
export interface EntriesPage {
  readonly entries: readonly Entry[];
  readonly count: number | undefined;
  readonly next: PageMark | undefined;
}

/** How many entries are looked at together, and at most for one page without looking at all. */
const CHUNK = 100;
const LOOKED_AT_MAX = 10_000;
/** How many are looked at where all have to be, and for how long. */
const ALL_MAX = 200_000;
const ALL_MILLISECONDS = 30_000;
const ALL = Number.MAX_SAFE_INTEGER;

/**
 * One page of a collection that is worked out, searched, filtered and ordered as any other. What
 * few meet may give short pages, each with a next one; what can only be answered by looking at all
 * of too many is refused with 400.
 */
export function pageEntries(entries: Entries, query: EntriesQuery): Promise<EntriesPage> {
  const search = entries.isSearched ? undefined : query.query.search;
  const asked = { ...query, query: { ...query.query, search } };
  const { filter, orderBy, count, after } = asked.query;
  if (orderBy.length > 0) return pageOfAll(entries, asked);
  if (!filter && !search) return pageInOrder(entries, asked);
  return count && !after ? pageOfAll(entries, asked) : pageByLooking(entries, asked);
}

/** Members that are on the page, as far as `$top` leaves any. */
function sizeOf({ pageSize, top, after }: CollectionQuery): number {
  return Math.max(0, Math.min(pageSize, (top ?? ALL) - (after?.shown ?? 0)));
}

/** Where the page begins: a mark stands behind what was left out before. */
function startOf({ after, skip }: CollectionQuery) {
  return after ? { after: Number(after.last), skip: 0 } : { after: undefined, skip };
}

function markBehind(last: number, shown: number): PageMark {
  return { keys: [], last, shown };
}

async function pageInOrder(entries: Entries, { query }: EntriesQuery): Promise<EntriesPage> {
  const size = sizeOf(query);
  const count = query.count && !query.after ? await entries.count() : undefined;
  if (size === 0) return { entries: [], count, next: undefined };
  const found = await entries.read(startOf(query), size + 1);
  const page = found.slice(0, size);
  const shown = (query.after?.shown ?? 0) + page.length;
  const isMore = found.length > size && shown < (query.top ?? ALL);
  return { entries: page, count, next: isMore ? markBehind(page.at(-1)!.mark, shown) : undefined };
}

/** Looks at one entry after the other until the page is full. */
async function pageByLooking(entries: Entries, asked: EntriesQuery): Promise<EntriesPage> {
  const { query } = asked;
  const size = sizeOf(query);
  const found: Entry[] = [];
  let { after } = startOf(query);
  let left = query.after ? 0 : query.skip;
  for (let looked = 0; found.length <= size; looked += CHUNK) {
    if (looked >= LOOKED_AT_MAX) {
      const next = after === undefined ? undefined : markBehind(after, shownBy(query, found));
      return { entries: found, count: undefined, next };
    }
    // Others are answered between one chunk and the next.
    await setImmediate();
    const chunk = await entries.read({ after, skip: 0 }, CHUNK);
    const met = await chooseOf(chunk, asked);
    found.push(...met.slice(left).map(({ entry }) => entry));
    left = Math.max(0, left - met.length);
    if (chunk.length < CHUNK) break;
    after = chunk.at(-1)!.mark;
  }
  const page = found.slice(0, size);
  const shown = shownBy(query, page);
  const isMore = found.length > size && size > 0 && shown < (query.top ?? ALL);
  const next = isMore ? markBehind(page.at(-1)!.mark, shown) : undefined;
  return { entries: page, count: undefined, next };
}

function shownBy({ after }: CollectionQuery, page: readonly Entry[]): number {
  return (after?.shown ?? 0) + page.length;
}

/**
 * Looks at all of them, and holds on to those alone that stand before the end of the page; the mark
 * is how many come before it.
 */
async function pageOfAll(entries: Entries, asked: EntriesQuery): Promise<EntriesPage> {
  const { query } = asked;
  const size = sizeOf(query);
  const start = query.after ? Number(query.after.last) : query.skip;
  const until = performance.now() + ALL_MILLISECONDS;
  let [best, met, looked]: [readonly Loaded[], number, number] = [[], 0, 0];
  for (let after: number | undefined; ; ) {
    const chunk = await entries.read({ after, skip: 0 }, CHUNK);
    looked += chunk.length;
    if (looked > ALL_MAX || performance.now() > until) throw tooMany(query);
    const some = await chooseOf(chunk, asked);
    met += some.length;
    best = await choose([...best, ...some], asked, { ...query, filter: undefined });
    best = best.slice(0, start + size);
    if (chunk.length < CHUNK) break;
    after = chunk.at(-1)!.mark;
    await setImmediate();
  }
  const page = best.slice(start).map(({ entry }) => entry);
  const shown = shownBy(query, page);
  const isMore = size > 0 && start + size < met && shown < (query.top ?? ALL);
  return {
    entries: page,
    count: query.count ? met : undefined,
    next: isMore ? markBehind(start + size, shown) : undefined,
  };
}

/** An entry with those of its members that are asked about. */
interface Loaded {
  readonly entry: Entry;
  readonly value: Document;
}

/** Those of some entries that a search finds and that meet a filter. */
async function chooseOf(
  entries: readonly Entry[],
  asked: EntriesQuery,
): Promise<readonly Loaded[]> {
  const { search, filter } = asked.query;
  const found = search ? await asked.find(entries, search) : entries;
  return choose(await loadAll(found, asked), asked, { filter, orderBy: [] });
}

async function loadAll(
  entries: readonly Entry[],
  { query: { filter, orderBy }, load }: EntriesQuery,
): Promise<readonly Loaded[]> {
  const expressions = [...(filter ? [filter] : []), ...orderBy.map((each) => each.expression)];
  const paths = expressions.flatMap(pathsIn);
  const loaded: Loaded[] = [];
  for (const entry of entries) loaded.push({ entry, value: await load(entry, paths) });
  return loaded;
}

/** Those that meet a filter, in the order that is asked for; equal ones stay as they were. */
async function choose(
  all: readonly Loaded[],
  { type, reader }: EntriesQuery,
  { filter, orderBy }: Pick<CollectionQuery, 'filter' | 'orderBy'>,
): Promise<readonly Loaded[]> {
  if (all.length === 0 || (!filter && orderBy.length === 0)) return all;
  const query = { filter, orderBy, search: undefined, skip: 0, top: undefined, count: false };
  const { members } = await reader.evaluate({
    type,
    values: all.map(({ value }) => value),
    query: { ...query, pageSize: ALL, after: undefined },
    compute: [],
  });
  return members.map(({ place }) => all[place]!);
}

function tooMany({ orderBy }: CollectionQuery): Refusal {
  const target = orderBy.length > 0 ? '$orderby' : '$count';
  const most = `${ALL_MAX} entities, and as many as can be looked at in`;
  const message = `At most ${most} ${ALL_MILLISECONDS / 1000} s, are ordered or counted here.`;
  return new Refusal('badRequest', message, { target });
}
