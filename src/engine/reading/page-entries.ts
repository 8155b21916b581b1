import { Refusal } from '#errors.ts';
import type { EntityType } from '#model/model.ts';
import type { Document } from '#plan/document.ts';
import type { CollectionQuery, PageMark } from '#plan/query.ts';
import type { Reader } from '#plan/store.ts';
import type { Entries, Entry } from '../derived/entries.ts';
import { pathsIn } from '../queries/paths-in.ts';

/** What is asked of entries, and how their members are read. */
export interface EntriesQuery {
  readonly type: EntityType;
  readonly query: CollectionQuery;
  readonly reader: Reader;
  /** Members of an entry, those of these names at least. */
  load(entry: Entry, names: ReadonlySet<string>): Promise<Document>;
}

/** A page of entries, as `FoundPage` is one of what the store finds. */
export interface EntriesPage {
  readonly entries: readonly Entry[];
  readonly count: number | undefined;
  readonly next: PageMark | undefined;
}

/** How many entries are looked at together, and at most for one page. */
const CHUNK = 100;
const LOOKED_AT_MAX = 10_000;
const ALL = Number.MAX_SAFE_INTEGER;

/**
 * One page of a collection that is worked out, filtered and ordered as any other. A filter that
 * few meet may give short pages, each with a next one; what can only be answered by looking at all
 * of too many is refused with 400.
 */
export function pageEntries(entries: Entries, asked: EntriesQuery): Promise<EntriesPage> {
  const { filter, orderBy, count, after } = asked.query;
  if (orderBy.length > 0) return pageOfAll(entries, asked);
  if (!filter) return pageInOrder(entries, asked);
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
    const chunk = await entries.read({ after, skip: 0 }, CHUNK);
    const { entries: met } = await evaluate(chunk, asked, { filter: query.filter, orderBy: [] });
    found.push(...met.slice(left));
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

/** Looks at all of them; the mark is how many come before the page. */
async function pageOfAll(entries: Entries, asked: EntriesQuery): Promise<EntriesPage> {
  const { query } = asked;
  const all = await entries.read({ after: undefined, skip: 0 }, LOOKED_AT_MAX + 1);
  if (all.length > LOOKED_AT_MAX) throw tooMany(query);
  const met = await evaluate(all, asked, query);
  const size = sizeOf(query);
  const start = query.after ? Number(query.after.last) : query.skip;
  const page = met.entries.slice(start, start + size);
  const shown = shownBy(query, page);
  const isMore = size > 0 && start + size < met.entries.length && shown < (query.top ?? ALL);
  return {
    entries: page,
    count: query.count ? met.entries.length : undefined,
    next: isMore ? markBehind(start + size, shown) : undefined,
  };
}

/** Those that meet a filter, in the order that is asked for. */
async function evaluate(
  entries: readonly Entry[],
  { type, reader, load }: EntriesQuery,
  { filter, orderBy }: Pick<CollectionQuery, 'filter' | 'orderBy'>,
): Promise<{ readonly entries: readonly Entry[] }> {
  if (entries.length === 0) return { entries: [] };
  const expressions = [...(filter ? [filter] : []), ...orderBy.map((each) => each.expression)];
  const paths = expressions.flatMap(pathsIn);
  const names = new Set(paths.map((path) => path.split('/')[0]!));
  const values: Document[] = [];
  for (const entry of entries) values.push(await load(entry, names));
  const query = { filter, orderBy, search: undefined, skip: 0, top: undefined, count: false };
  const { members } = await reader.evaluate({
    type,
    values,
    query: { ...query, pageSize: ALL, after: undefined },
    compute: [],
  });
  return { entries: members.map(({ place }) => entries[place]!) };
}

function tooMany({ orderBy }: CollectionQuery): Refusal {
  const target = orderBy.length > 0 ? '$orderby' : '$count';
  const what = `At most ${LOOKED_AT_MAX} entities are`;
  const message = `${what} ordered here, or counted behind a filter.`;
  return new Refusal('badRequest', message, { target });
}
