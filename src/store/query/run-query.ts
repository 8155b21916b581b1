import { Refusal } from '#errors.ts';
import type { Model } from '#model/model.ts';
import type {
  CollectionQuery,
  EvaluatedPage,
  Evaluation,
  FoundMember,
  FoundPage,
  PageMark,
  Source,
} from '#plan/query.ts';
import type { Wanted } from '#plan/store.ts';
import type { Database, SqlList } from '../database.ts';
import type { Dialect } from '../dialect.ts';
import type { SetLayout } from '../layout.ts';
import { isNamedKind } from './binding.ts';
import { type CompiledPage, compilePage } from './compile-page.ts';
import { MemberColumn } from './compile-source.ts';
import { Compiler } from './compiler.ts';
import { compileEvaluation, evaluatedPage } from './evaluate-values.ts';
import type { Fragment } from './fragment.ts';
import { markOf } from './order-keys.ts';

/** What queries run on. */
export interface QuerySource {
  readonly database: Database;
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
export async function runQuery(on: QuerySource, request: PageRequest): Promise<FoundPage> {
  const { query } = request;
  const remaining = (query.top ?? Number.MAX_SAFE_INTEGER) - (query.after?.shown ?? 0);
  const size = Math.max(Math.min(query.pageSize, remaining), 0);
  if (size === 0 && query.count && isWholeSet(on, request)) {
    return { members: [], count: await readCounter(on, request), next: undefined };
  }
  const page = compile(on, request);
  const [rows, count] = await Promise.all([
    // One more than shown tells whether another page follows.
    readRows(on, page, size > 0 && size < remaining ? size + 1 : size, query),
    query.count ? countAll(on, page, request) : undefined,
  ]);
  const shown = rows.slice(0, size);
  return {
    members: shown.map((row) => foundMember(page, request.source, row)),
    count,
    next: rows.length > size && size > 0 ? markAfter(page, shown, query) : undefined,
  };
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

function compile(on: QuerySource, { tenant, source, query, wanted }: PageRequest): CompiledPage {
  return compilePage(openCompiler(on, tenant), source, query, wanted);
}

function openCompiler(on: QuerySource, tenant: number): Compiler {
  const { dialect, layouts, model } = on;
  const nowTicks = EPOCH_TICKS + BigInt(Math.trunc(on.now())) * MILLISECOND_TICKS;
  return new Compiler({ words: dialect.words, layouts, model, tenant, nowTicks });
}

async function readRows(
  on: QuerySource,
  page: CompiledPage,
  limit: number,
  query: CollectionQuery,
): Promise<readonly SqlList[]> {
  const rows: SqlList[] = [];
  const offset = query.after ? 0 : query.skip;
  for (const statement of page.statements) {
    if (rows.length >= limit) break;
    rows.push(...(await run(on, statement(limit - rows.length, offset), page.scans)));
  }
  return rows;
}

/** A whole set has a counter; everything else is counted. */
async function countAll(
  on: QuerySource,
  page: CompiledPage,
  request: PageRequest,
): Promise<number> {
  if (isWholeSet(on, request)) return readCounter(on, request);
  const [row] = await run(on, page.count(), page.countScans);
  return Number(row?.[0] ?? 0);
}

function isWholeSet({ layouts }: QuerySource, { source, query }: PageRequest): boolean {
  if (source.kind !== 'set' || query.filter || query.search) return false;
  return isNamedKind(layouts.get(source.set)!.type, source.type.name);
}

async function readCounter({ database }: QuerySource, request: PageRequest): Promise<number> {
  const { tenant, source } = request;
  const row = await database.first(COUNTER, [tenant, source.kind === 'set' ? source.set : '']);
  return Number(row?.[0] ?? 0);
}

async function run(
  { database }: QuerySource,
  { text, params }: Fragment,
  scans = false,
): Promise<readonly SqlList[]> {
  if (params.length > PARAMETERS_MAX) {
    throw new Refusal('badRequest', 'The query has too many values. Ask for less at once.');
  }
  return scans ? database.scan(text, params) : database.list(text, params);
}

function markAfter(
  page: CompiledPage,
  shown: readonly SqlList[],
  query: CollectionQuery,
): PageMark {
  const row = shown.at(-1)!;
  const first = MemberColumn.keys;
  return {
    keys: row.slice(first, first + page.keys).map(markOf),
    last: row[MemberColumn.tie] as string | number,
    shown: (query.after?.shown ?? 0) + shown.length,
  };
}

/** Root entities are numbered by their surrogates; what one contains, by its keys. */
function foundMember(page: CompiledPage, source: Source, row: SqlList): FoundMember {
  const tie = row[MemberColumn.tie];
  return {
    set: page.sets[row[MemberColumn.set] as number]!,
    owner: source.kind === 'contained' ? source.owner : (tie as number),
    key: row[MemberColumn.key] as string,
    version: row[MemberColumn.version] as number,
    text: row[MemberColumn.text] as string,
  };
}
