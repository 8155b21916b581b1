import type { CollectionQuery, Source } from '#plan/query.ts';
import type { Wanted } from '#plan/store.ts';
import {
  type Branch,
  compileSource,
  type MemberColumns,
  memberColumns,
  placeColumns,
} from './compile-source.ts';
import type { Context } from './context.ts';
import { type Fragment, join, raw, sql } from './fragment.ts';
import { compileOrder, type OrderKey, orderOf, segmentsBehind, writeOrder } from './order-keys.ts';
import { pageScans } from './page-scans.ts';

/** A query in SQL: statements to be run one after another until the page is full. */
export interface CompiledPage {
  /** Each gives rows of its own, in the order of the whole, for a limit and an offset. */
  readonly statements: readonly ((limit: number, offset: number) => Fragment)[];
  /** The number of all members, for those that no counter counts. */
  readonly count: () => Fragment;
  /** The sets of the tables, by the number of their branch. */
  readonly sets: readonly string[];
  readonly columns: MemberColumns;
  /** How many order keys a mark has. */
  readonly keys: number;
  /** Whether a page, or counting, may look at many more rows than there are in a page. */
  readonly scans: boolean;
  readonly countScans: boolean;
}

interface CompiledBranch {
  readonly branch: Branch;
  readonly where: Fragment;
  readonly keys: readonly OrderKey[];
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
  const segments = branches[0]?.segments.map((_, index) => index) ?? [];
  const columns = placeColumns(wanted, branches.length);
  return {
    statements: segments.map((index) =>
      remembered((limit, offset) =>
        writePage(context, branches, { index, wanted, columns, limit, offset }),
      ),
    ),
    columns,
    count: () => writeCount(branches),
    sets: branches.map(({ branch }) => branch.set),
    keys: branches[0]?.keys.length ?? 0,
    scans: branches.some(({ branch }) => pageScans(context, source, query, branch.row)),
    countScans: source.kind !== 'contained' && (query.filter ?? query.search) !== undefined,
  };
}

/** The same statement, as long as its last window is asked for again. */
function remembered(
  write: (limit: number, offset: number) => Fragment,
): (limit: number, offset: number) => Fragment {
  let last: { limit: number; offset: number; statement: Fragment } | undefined;
  return (limit, offset) => {
    if (last?.limit === limit && last.offset === offset) return last.statement;
    const statement = write(limit, offset);
    last = { limit, offset, statement };
    return statement;
  };
}

function compileBranch(
  context: Context,
  source: Source,
  query: CollectionQuery,
  branch: Branch,
): CompiledBranch {
  const scope = new Map([['$it', branch.row]]);
  const conditions = [...branch.where];
  if (query.filter) conditions.push(sql`(${context.condition(query.filter, scope, false)})`);
  if (query.search) conditions.push(context.search(query.search, branch.row));
  const keys = compileOrder(context, orderOf(context, source, query, scope), scope);
  const carrier = source.kind === 'contained' ? 'text' : 'integer';
  const segments = query.after
    ? segmentsBehind(context, keys, { sql: branch.tie, carrier }, query.after)
    : [undefined];
  return { branch, where: join(conditions, ' AND '), keys, segments };
}

/** Which segment of a page is written, and what of its members. */
interface PageWindow {
  readonly index: number;
  readonly wanted: Wanted;
  readonly columns: MemberColumns;
}

function writePage(
  context: Context,
  branches: readonly CompiledBranch[],
  page: PageWindow & { readonly limit: number; readonly offset: number },
): Fragment {
  const { words } = context;
  const offset = page.offset === 0 ? '' : sql` OFFSET ${words.rows(page.offset)}`;
  const window = sql` LIMIT ${words.rows(page.limit)}${offset}`;
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

function writeBranch(
  context: Context,
  { branch, where, keys, segments }: CompiledBranch,
  page: PageWindow & { readonly isPart: boolean; readonly number: number },
): Fragment {
  const marks = keys.map(
    ({ key, carrier }, index) => sql`, ${context.words.mark(carrier, key)} AS k${String(index)}`,
  );
  // Tables that are put together are ordered once more, by the keys themselves.
  const orders = (page.isPart ? keys : []).map(
    ({ key }, index) => sql`, ${key} AS o${String(index)}`,
  );
  const members = memberColumns(branch, page.wanted, page.columns, page.number);
  const columns = join([raw(members), ...marks, ...orders], '');
  const segment = segments[page.index];
  const condition = segment ? sql`${where} AND ${segment}` : where;
  const order = writeOrder(keys, branch.tie);
  const from = `${branch.through}${branch.row.table}`;
  return sql`SELECT ${columns} FROM ${from} WHERE ${condition} ORDER BY ${order}`;
}

function writeCount(branches: readonly CompiledBranch[]): Fragment {
  const counts = branches.map(({ branch, where }) => {
    const from = `${branch.through}${branch.row.table}`;
    return sql`(SELECT count(*) FROM ${from} WHERE ${where})`;
  });
  return sql`SELECT ${join(counts, ' + ')} AS total`;
}
