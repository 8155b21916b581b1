import type { CollectionQuery, MemberStart, Source } from '#plan/query.ts';
import type { Wanted } from '#plan/store.ts';
import {
  type Branch,
  compileSource,
  factorColumns,
  type MemberColumns,
  memberColumns,
  placeColumns,
} from './compile-source.ts';
import type { Context } from './context.ts';
import { type Fragment, join, raw, sql } from './fragment.ts';
import { compileOrder, type OrderKey, orderOf, segmentsBehind, writeOrder } from './order-keys.ts';
import { pageScans } from './page-scans.ts';

/** A query in SQL. */
export interface CompiledPage {
  /** Gives rows in order, for a limit and an offset. */
  readonly rows: (window: PageWindow) => Fragment;
  /**
   * All members of a page as one text and how many they are, and behind them the keys of its last
   * one and of the one behind it; where the database can, and they come from one table.
   */
  readonly text?: (window: TextWindow) => Fragment;
  /** The number of all members, for those that no counter counts. */
  readonly count: () => Fragment;
  /** The sets of the tables, by the number of their branch. */
  readonly sets: readonly string[];
  /** The sets of what stands before the member in each combination. */
  readonly before: readonly string[];
  readonly columns: MemberColumns;
  /** How many order keys a mark has. */
  readonly keys: number;
  /** Whether a page, or counting, may look at many more rows than there are in a page. */
  readonly scans: boolean;
  readonly countScans: boolean;
}

/** Which rows of those that a query finds are wanted. */
export interface PageWindow {
  readonly limit: number;
  readonly offset: number;
}

/** Which members are wanted as one text. */
export interface TextWindow {
  readonly start: MemberStart;
  readonly size: number;
  readonly offset: number;
  /** Whether nothing is asked of what follows. */
  readonly isLast: boolean;
}

interface CompiledBranch {
  readonly branch: Branch;
  readonly where: Fragment;
  readonly keys: readonly OrderKey[];
  /** What lies behind the page before, in order; the first page is one without a condition. */
  readonly segments: readonly (Fragment | undefined)[];
}

/** Compiles a page of a source. */
export function compilePage(
  context: Context,
  source: Source,
  query: CollectionQuery,
  wanted: Wanted,
): CompiledPage {
  const branches = compileSource(context, source).map((branch) =>
    compileBranch(context, source, query, branch),
  );
  const columns = placeColumns(wanted, branches.length);
  return {
    rows: remembered((window) => writePage(context, branches, { wanted, columns, ...window })),
    ...(branches.length === 1 && context.words.joinTexts
      ? { text: remembered(writeText(context, branches[0]!, wanted)) }
      : {}),
    columns,
    count: () => writeCount(branches),
    sets: branches.map(({ branch }) => branch.set),
    before: branches[0]?.branch.before?.map(({ set }) => set) ?? [],
    keys: branches[0]?.keys.length ?? 0,
    scans: branches.some(({ branch }) => pageScans(context, source, query, branch.row)),
    countScans: source.kind !== 'contained' && (query.filter ?? query.search) !== undefined,
  };
}

/** The same statement, as long as its last window is asked for again. */
function remembered<Window extends object>(
  write: (window: Window) => Fragment,
): (window: Window) => Fragment {
  let last: { readonly window: Window; readonly statement: Fragment } | undefined;
  return (window) => {
    if (last && isSame(last.window, window)) return last.statement;
    last = { window, statement: write(window) };
    return last.statement;
  };
}

function isSame<Window extends object>(one: Window, other: Window): boolean {
  for (const name in one) if (one[name] !== other[name]) return false;
  return true;
}

function compileBranch(
  context: Context,
  source: Source,
  query: CollectionQuery,
  branch: Branch,
): CompiledBranch {
  const { scope = new Map([['$it', branch.row]]), before = [] } = branch;
  const conditions = [...branch.where];
  if (query.filter) conditions.push(sql`(${context.condition(query.filter, scope, false)})`);
  if (query.search) conditions.push(context.search(query.search, branch.row));
  const order = compileOrder(context, orderOf(context, source, query, scope), scope);
  const keys = [...order, ...before.map(({ row }) => numberKey(row.alias))];
  const carrier = source.kind === 'contained' ? 'text' : 'integer';
  const segments = query.after
    ? segmentsBehind(context, keys, { sql: branch.tie, carrier }, query.after)
    : [undefined];
  return { branch, where: join(conditions, ' AND '), keys, segments };
}

/** The number of an entity of a combination, by which those that are alike otherwise are ordered. */
function numberKey(alias: string): OrderKey {
  return { key: raw(`${alias}.num`), carrier: 'integer', descending: false };
}

/** Which rows are written, and what of them. */
interface Written extends PageWindow {
  readonly wanted: Wanted;
  readonly columns: MemberColumns;
}

/** Which of the segments is written. */
interface WrittenSegment extends Written {
  readonly index: number;
}

/** The number of the table that is written, and whether others stand beside it. */
interface WrittenBranch extends Omit<WrittenSegment, keyof PageWindow> {
  readonly isPart: boolean;
  readonly number: number;
}

/** One segment is read behind the other, and none when those before it have given enough. */
function writePage(context: Context, branches: readonly CompiledBranch[], page: Written): Fragment {
  const segments = branches[0]?.segments ?? [];
  if (segments.length === 1) return writeSegment(context, branches, { ...page, index: 0 });
  const window = { limit: page.limit + page.offset, offset: 0 };
  const parts = segments.map((_, index) => {
    const part = writeSegment(context, branches, { ...page, ...window, index });
    return sql`SELECT * FROM (${part}) segment${String(index)}`;
  });
  return sql`${join(parts, ' UNION ALL ')}${writeWindow(context, page)}`;
}

function writeWindow({ words }: Context, { limit, offset }: PageWindow): Fragment {
  const skipped = offset === 0 ? '' : sql` OFFSET ${words.rows(offset)}`;
  return sql` LIMIT ${words.rows(limit)}${skipped}`;
}

function writeSegment(
  context: Context,
  branches: readonly CompiledBranch[],
  page: WrittenSegment,
): Fragment {
  const { words } = context;
  const window = writeWindow(context, page);
  const [first] = branches;
  if (branches.length === 1) {
    const branch = writeBranch(context, first!, { ...page, isPart: false, number: 0 });
    return sql`${branch}${window}`;
  }
  // Each table gives as many as the page may need, in order.
  const needed = words.rows(page.limit + page.offset);
  const parts = branches.map((each, index) => {
    const branch = writeBranch(context, each, { ...page, isPart: true, number: index });
    const part = sql`${branch} LIMIT ${needed}`;
    return sql`SELECT * FROM (${part}) part${String(index)}`;
  });
  const keys = first!.keys.map((key, index) => ({ ...key, key: raw(`o${index}`) }));
  const order = writeOrder(keys, 'tie');
  const union = join(parts, ' UNION ALL ');
  return sql`SELECT * FROM (${union}) whole ORDER BY ${order}${window}`;
}

/** Rows of the tie, the text and order keys; the first is of all members, with their number. */
function writeText(
  context: Context,
  branch: CompiledBranch,
  wanted: Wanted,
): (window: TextWindow) => Fragment {
  const marks = branch.keys.map((_, index) => `k${index}`);
  const columns = placeColumns(wanted, 1);
  return ({ start, size, offset, isLast }) => {
    const members = writePage(context, [branch], { limit: size, offset, wanted, columns });
    const joined = context.words.joinTexts!('page.version', 'page.text', start);
    const none = marks.map(() => ', NULL').join('');
    const text = sql`SELECT count(*), ${joined}${none} FROM (${members}) page`;
    if (isLast) return text;
    const around = { limit: 2, offset: offset + size - 1 };
    const nothing = { wanted: 'nothing', columns: placeColumns('nothing', 1) } as const;
    const ends = writePage(context, [branch], { ...around, ...nothing });
    const keys = ['tie', 'NULL', ...marks].join(', ');
    return sql`${text} UNION ALL SELECT * FROM (SELECT ${keys} FROM (${ends}) ends)`;
  };
}

function writeBranch(
  context: Context,
  { branch, where, keys, segments }: CompiledBranch,
  page: WrittenBranch,
): Fragment {
  const marks = keys.map(
    ({ key, carrier }, index) => sql`, ${context.words.mark(carrier, key)} AS k${String(index)}`,
  );
  // Tables that are put together are ordered once more, by the keys themselves.
  const orders = (page.isPart ? keys : []).map(
    ({ key }, index) => sql`, ${key} AS o${String(index)}`,
  );
  const members = memberColumns(branch, page.wanted, page.columns, page.number);
  const factors = raw(factorColumns(branch, page.wanted));
  const columns = join([raw(members), ...marks, ...orders, factors], '');
  const segment = segments[page.index];
  const condition = segment ? sql`${where} AND ${segment}` : where;
  const order = writeOrder(keys, branch.tie);
  const from = tablesOf(branch);
  return sql`SELECT ${columns} FROM ${from} WHERE ${condition} ORDER BY ${order}`;
}

function tablesOf({ before = [], through, row }: Branch): string {
  const others = before.map((each) => `${each.row.table} CROSS JOIN `);
  return `${others.join('')}${through}${row.table}`;
}

function writeCount(branches: readonly CompiledBranch[]): Fragment {
  const counts = branches.map(({ branch, where }) => {
    const from = tablesOf(branch);
    return sql`(SELECT count(*) FROM ${from} WHERE ${where})`;
  });
  return sql`SELECT ${join(counts, ' + ')} AS total`;
}
