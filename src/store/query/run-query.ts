import { Refusal } from '#errors.ts';
import type { EntityType, Model } from '#model/model.ts';
import { type MaybePromise, proceed } from '#plan/maybe-promise.ts';
import type {
  CollectionQuery,
  EvaluatedPage,
  Factor,
  FoundMember,
  FoundPage,
  MemberStart,
  PageMark,
  Source,
} from '#plan/query.ts';
import type { Evaluation, Wanted } from '#plan/store.ts';
import type { Reads, SqlList, SqlValue } from '../database.ts';
import type { Dialect } from '../dialect.ts';
import type { SetLayout } from '../layout.ts';
import { isNamedKind } from './binding.ts';
import { type CompiledPage, compilePage, type TextWindow } from './compile-page.ts';
import { Compiler } from './compiler.ts';
import { compileEvaluation, evaluatedPage } from './evaluate-values.ts';
import type { Fragment } from './fragment.ts';
import { markOf } from './order-keys.ts';

/** What queries run on. */
export interface QuerySource {
  readonly database: Reads;
  readonly dialect: Dialect;
  readonly layouts: ReadonlyMap<string, SetLayout>;
  readonly model: Model;
  /** Milliseconds since 1970. */
  now(): number;
}

/** What is asked for. */
export interface PageRequest {
  readonly tenant: number;
  readonly source: Source;
  readonly query: CollectionQuery;
  readonly wanted: Wanted;
  /** How members begin, where they may come as one text. */
  readonly start?: MemberStart | undefined;
}

const EPOCH_TICKS = 621_355_968_000_000_000n;
const MILLISECOND_TICKS = 10_000n;
const COUNTER = 'SELECT total FROM kith_counter WHERE tenant = ? AND set_name = ?';
/** SQLite binds at most 32,766. */
const PARAMETERS_MAX = 32_000;

/**
 * Finds one page. Refuses with 501 what no SQL is made for, and with 400 an expression of more
 * parameters than a statement can have.
 */
export function runQuery(on: QuerySource, request: PageRequest): MaybePromise<FoundPage> {
  const { query } = request;
  const remaining = (query.top ?? Number.MAX_SAFE_INTEGER) - (query.after?.shown ?? 0);
  const size = Math.max(Math.min(query.pageSize, remaining), 0);
  if (size === 0 && query.count && isWholeSet(on, request)) {
    return proceed(readCounter(on, request), (count) => ({ members: [], count, next: undefined }));
  }
  const page = compile(on, request);
  const counting = query.count ? countAll(on, page, request) : undefined;
  if (request.start && page.text && size > 0) {
    const isLast = size === remaining;
    const reading = readText(on, page, request, { start: request.start, size, isLast });
    return proceed(together(reading, counting), ([found, count]) => ({ ...found, count }));
  }
  // One more than shown tells whether another page follows.
  const reading = readRows(on, page, size > 0 && size < remaining ? size + 1 : size, query);
  return proceed(together(reading, counting), ([rows, count]) => {
    const { columns, keys } = page;
    const shown = rows.length > size ? rows.slice(0, size) : rows;
    const last = rows.length > size ? shown.at(-1) : undefined;
    const orderKeys = last?.slice(columns.orderKeys, columns.orderKeys + keys) ?? [];
    return {
      members: shown.map((row) => foundMember(page, request.source, row)),
      count,
      next: last && markBehind(last[columns.tie], orderKeys, query, size),
    };
  });
}

/** Filters, orders and computes over values that are given. Refuses as `runQuery` does. */
export async function runEvaluation(
  on: QuerySource,
  tenant: number,
  evaluation: Evaluation,
): Promise<EvaluatedPage> {
  const compiled = compileEvaluation(openCompiler(on, tenant), evaluation);
  const [rows, counted] = await Promise.all([
    run(on, compiled.page),
    compiled.count && run(on, compiled.count),
  ]);
  const [total] = counted?.[0] ?? [];
  return evaluatedPage(compiled, rows, total === undefined ? undefined : Number(total));
}

/** What the last page of a query was compiled to, and for what. */
interface Compiled {
  readonly on: QuerySource;
  readonly tenant: number;
  readonly set: string;
  readonly type: EntityType;
  readonly wanted: Wanted;
  readonly page: CompiledPage;
}

/** Queries that are bound once are compiled once, as far as the time is nothing to them. */
const compiled = new WeakMap<CollectionQuery, Compiled>();

function compile(on: QuerySource, { tenant, source, query, wanted }: PageRequest): CompiledPage {
  const before = compiled.get(query);
  const isSame =
    before?.on === on &&
    source.kind === 'set' &&
    before.set === source.set &&
    before.type === source.type &&
    before.tenant === tenant &&
    before.wanted === wanted;
  if (isSame) return before.page;
  const compiler = openCompiler(on, tenant);
  const page = compilePage(compiler, source, query, wanted);
  if (source.kind === 'set' && !compiler.isTimed) {
    compiled.set(query, { on, tenant, set: source.set, type: source.type, wanted, page });
  }
  return page;
}

function openCompiler(on: QuerySource, tenant: number): Compiler {
  const { dialect, layouts, model } = on;
  const nowTicks = EPOCH_TICKS + BigInt(Math.trunc(on.now())) * MILLISECOND_TICKS;
  return new Compiler({ words: dialect.words, layouts, model, tenant, nowTicks });
}

function readRows(
  on: QuerySource,
  page: CompiledPage,
  limit: number,
  query: CollectionQuery,
): MaybePromise<readonly SqlList[]> {
  const offset = query.after ? 0 : query.skip;
  return run(on, page.rows({ limit, offset }), page.scans);
}

/** A page whose members are one text. */
function readText(
  on: QuerySource,
  page: CompiledPage,
  { query }: PageRequest,
  window: Omit<TextWindow, 'offset'>,
): MaybePromise<Omit<FoundPage, 'count'>> {
  const offset = query.after ? 0 : query.skip;
  const reading = run(on, page.text!({ ...window, offset }), page.scans);
  return proceed(reading, ([all, last, behind]) => {
    const text = (all![1] as unknown as Uint8Array | null) ?? NOTHING;
    const [tie, , ...keys] = last ?? [];
    return { members: [], text, next: behind && markBehind(tie, keys, query, window.size) };
  });
}

const NOTHING = new Uint8Array();

function together<One, Other>(
  one: MaybePromise<One>,
  other: MaybePromise<Other>,
): MaybePromise<[One, Other]> {
  const isThere = !(one instanceof Promise) && !(other instanceof Promise);
  return isThere ? [one, other] : Promise.all([one, other]);
}

/** A whole set has a counter; everything else is counted. */
function countAll(on: QuerySource, page: CompiledPage, request: PageRequest): MaybePromise<number> {
  if (isWholeSet(on, request)) return readCounter(on, request);
  const { source, query } = request;
  if (source.kind === 'product' && !query.filter) return multiply(on, request, source.factors);
  return proceed(run(on, page.count(), page.countScans), ([row]) => Number(row?.[0] ?? 0));
}

/** There are as many combinations as the numbers of their sets give. */
async function multiply(
  on: QuerySource,
  request: PageRequest,
  factors: readonly Factor[],
): Promise<number> {
  let product = 1;
  for (const { set, navigation } of factors) {
    const source: Source = { kind: 'set', set, type: navigation.target };
    product *= await readCounter(on, { ...request, source });
  }
  return product;
}

function isWholeSet({ layouts }: QuerySource, { source, query }: PageRequest): boolean {
  if (source.kind !== 'set' || query.filter || query.search) return false;
  return isNamedKind(layouts.get(source.set)!.type, source.type.name);
}

function readCounter({ database }: QuerySource, request: PageRequest): MaybePromise<number> {
  const { tenant, source } = request;
  const row = database.first(COUNTER, [tenant, source.kind === 'set' ? source.set : '']);
  return proceed(row, (found) => Number(found?.[0] ?? 0));
}

function run(
  { database }: QuerySource,
  { text, params }: Fragment,
  scans = false,
): MaybePromise<readonly SqlList[]> {
  if (params.length > PARAMETERS_MAX) {
    throw new Refusal('badRequest', 'The query has too many values. Ask for less at once.');
  }
  return scans ? database.scan(text, params) : database.list(text, params);
}

/** Where the next page begins: behind a row with that tie and those order keys. */
function markBehind(
  tie: SqlValue | undefined,
  keys: readonly SqlValue[],
  { after }: CollectionQuery,
  shown: number,
): PageMark {
  return {
    keys: keys.map(markOf),
    last: tie as string | number,
    shown: (after?.shown ?? 0) + shown,
  };
}

/** Root entities are numbered by their surrogates; what one contains, by its keys. */
function foundMember(page: CompiledPage, source: Source, row: SqlList): FoundMember {
  const { columns, sets, before } = page;
  const tie = row[columns.tie];
  const member = {
    set: sets[columns.branch === undefined ? 0 : (row[columns.branch] as number)]!,
    owner: source.kind === 'contained' ? source.owner : (tie as number),
    key: columns.key === undefined ? '' : (row[columns.key] as string),
    version: row[columns.version] as number,
    text: row[columns.text] as string,
  };
  if (before.length === 0) return member;
  const start = columns.orderKeys + page.keys;
  const others = before.map((set, index) => besideMember(set, row, start + index * 4));
  const [first, ...beside] = [...others, member];
  return { ...first!, beside };
}

function besideMember(set: string, row: SqlList, at: number): FoundMember {
  const [owner, version, text, key] = row.slice(at) as [number, number, string, string];
  return { set, owner, version, text, key };
}
