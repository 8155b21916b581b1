import { joinKeys } from '#plan/key-text.ts';
import type { Source } from '#plan/query.ts';
import { hasText, type Wanted } from '#plan/store.ts';
import { findTypeAt } from '../stored-type.ts';
import { isNamedKind, RowBinding, type Scope } from './binding.ts';
import type { Context } from './context.ts';
import { factorName } from './follow-path.ts';
import { type Fragment, raw, sql } from './fragment.ts';
import { typeGuard } from './type-guard.ts';

/** One table in which members of a source are; a relation may lead into several. */
export interface Branch {
  readonly set: string;
  readonly row: RowBinding;
  /** The table before the row's own, such as that of links. */
  readonly through: string;
  readonly where: readonly Fragment[];
  /** What numbers the members, last of all order keys. */
  readonly tie: string;
  readonly key: string;
  /** The tables of the other entities of a combination, in the order before this one. */
  readonly before?: readonly FactorRow[];
  /** What expressions name; `$it` alone is the row where nothing else is. */
  readonly scope?: Scope;
}

/** The table of one factor of a product. */
export interface FactorRow {
  readonly set: string;
  readonly row: RowBinding;
}

/** The tables of a source, each with what narrows it to the members. */
export function compileSource(context: Context, source: Source): Branch[] {
  if (source.kind === 'contained') return [containedBranch(context, source)];
  if (source.kind === 'set') return [setBranch(context, source)];
  if (source.kind === 'union') return source.sets.map((set) => unionBranch(context, source, set));
  if (source.kind === 'product') return [productBranch(context, source)];
  return source.sets.map((set) => linkedBranch(context, source, set));
}

/** Where the rows of a page have what; every column that is left out spares a tenth of a page. */
export interface MemberColumns {
  readonly tie: 0;
  readonly version: 1;
  readonly text: 2;
  /** Views name their keys themselves. */
  readonly key: number | undefined;
  /** The number of the branch, where there are several. */
  readonly branch: number | undefined;
  /** The first order key; the others follow. */
  readonly orderKeys: number;
}

/** Where the columns are that `memberColumns` writes. */
export function placeColumns(wanted: Wanted, branches: number): MemberColumns {
  const key = wanted === 'view' ? undefined : 3;
  const afterKey = key === undefined ? 3 : 4;
  const branch = branches > 1 ? afterKey : undefined;
  const orderKeys = branch === undefined ? afterKey : afterKey + 1;
  return { tie: 0, version: 1, text: 2, key, branch, orderKeys };
}

/** The columns of a page's rows that are no order keys. */
export function memberColumns(
  { row, tie, key }: Branch,
  wanted: Wanted,
  columns: MemberColumns,
  number: number,
): string {
  const doc = `${row.alias}.doc`;
  const view = row.layout ? `coalesce(${row.alias}.view, ${doc})` : doc;
  const text = hasText(wanted) ? (wanted === 'view' ? view : doc) : "''";
  const keyed = columns.key === undefined ? '' : `, ${key} AS key`;
  const numbered = columns.branch === undefined ? '' : `, ${number} AS branch`;
  return `${tie} AS tie, ${row.alias}.version AS version, ${text} AS text${keyed}${numbered}`;
}

/** The columns of an order's marks are behind these; those of further factors behind the marks. */
export function factorColumns({ before = [] }: Branch, wanted: Wanted): string {
  const columns = before.map(({ row: { alias } }) => {
    const text = hasText(wanted) ? `${alias}.doc` : "''";
    return `, ${alias}.num, ${alias}.version, ${text}, ${alias}.id`;
  });
  return columns.join('');
}

/** One of several sets: a set of a wider type than is asked for is narrowed to it. */
function unionBranch(context: Context, { type }: Source & { kind: 'union' }, set: string): Branch {
  const held = layoutOf(context, set).type;
  const isWider = held.name !== type.name && isNamedKind(type, held.name);
  return setBranch(context, { kind: 'set', set, type: isWider ? type : held });
}

/** Rows of all sets together, ordered by the numbers of each set in turn. */
function productBranch(context: Context, { factors }: Source & { kind: 'product' }): Branch {
  const branches = factors.map(({ set, navigation: { target } }) =>
    setBranch(context, { kind: 'set', set, type: target }),
  );
  const last = branches.at(-1)!;
  const names = factors.map((factor) => factorName('$it', factor));
  return {
    ...last,
    where: branches.flatMap(({ where }) => where),
    before: branches.slice(0, -1).map(({ set, row }) => ({ set, row })),
    scope: new Map(branches.map(({ row }, index) => [names[index]!, row])),
  };
}

function setBranch(context: Context, source: Source & { kind: 'set' }): Branch {
  const layout = layoutOf(context, source.set);
  const row = new RowBinding(context.words, {
    alias: context.newAlias(),
    type: source.type,
    layout,
  });
  const where = [sql`${row.alias}.tenant = ${context.words.bind('integer', context.tenant)}`];
  narrowType(context, row, where);
  const { alias } = row;
  return { set: source.set, row, through: '', where, tie: `${alias}.num`, key: `${alias}.id` };
}

function containedBranch(context: Context, source: Source & { kind: 'contained' }): Branch {
  const { words } = context;
  const { path, keys, type } = source;
  const alias = context.newAlias();
  const row = new RowBinding(words, { alias, type, path, keys: keys.length + 1 });
  const where = [
    sql`${alias}.tenant = ${words.bind('integer', context.tenant)}`,
    sql`${alias}.owner = ${words.bind('integer', source.owner)}`,
    sql`${alias}.path = ${words.bind('text', path)}`,
  ];
  if (keys.length > 0) {
    const above = joinKeys(keys);
    where.push(
      sql`${alias}.key > ${words.bind('text', `${above}/`)}`,
      sql`${alias}.key < ${words.bind('text', `${above}0`)}`,
    );
  }
  const held = findTypeAt(context.model, source.set, path);
  if (held && held.name !== type.name && held.kinds.has(type.name)) {
    where.push(typeGuard(context, row.place, [], type.name));
  }
  return { set: source.set, row, through: '', where, tie: `${alias}.key`, key: `${alias}.key` };
}

function linkedBranch(context: Context, source: Source & { kind: 'linked' }, set: string): Branch {
  const { words } = context;
  const layout = layoutOf(context, set);
  const [link, alias] = [context.newAlias(), context.newAlias()];
  const row = new RowBinding(words, { alias, type: source.type, layout });
  const [from, to] = source.inverse ? ['target', 'source'] : ['source', 'target'];
  if (source.transitive) {
    const where = [
      raw(`${alias}.num = ${link}.num AND ${alias}.num <> ${source.owner}`),
      sql`${alias}.tenant = ${words.bind('integer', context.tenant)}`,
    ];
    narrowType(context, row, where);
    const through = `(${reachable(context.tenant, source, [from, to])}) ${link} CROSS JOIN `;
    return { set, row, through, where, tie: `${link}.num`, key: `${alias}.id` };
  }
  const where = [
    sql`${link}.tenant = ${words.bind('integer', context.tenant)}`,
    sql`${link}.relation = ${words.bind('text', source.relation)}`,
    sql`${link}.${from} = ${words.bind('integer', source.owner)}`,
    raw(`${alias}.num = ${link}.${to} AND ${alias}.tenant = ${link}.tenant`),
  ];
  narrowType(context, row, where);
  const through = `kith_link ${link} CROSS JOIN `;
  return { set, row, through, where, tie: `${link}.${to}`, key: `${alias}.id` };
}

/** The numbers of all that any number of links leads to. */
function reachable(
  tenant: number,
  { relation, owner }: Source & { kind: 'linked' },
  [from, to]: readonly [string, string],
): string {
  const links = `tenant = ${tenant} AND relation = '${relation.replaceAll("'", "''")}'`;
  return `WITH RECURSIVE reach(num) AS (
    SELECT ${to} FROM kith_link WHERE ${links} AND ${from} = ${owner}
    UNION
    SELECT ${to} FROM kith_link, reach WHERE ${links} AND ${from} = reach.num
  ) SELECT num FROM reach`;
}

/** Narrows a row to its type where its set holds others too. */
function narrowType(context: Context, row: RowBinding, where: Fragment[]): void {
  if (isNamedKind(row.layout!.type, row.type.name)) return;
  where.push(typeGuard(context, row.place, [], row.type.name));
}

function layoutOf(context: Context, set: string): NonNullable<RowBinding['layout']> {
  const layout = context.layouts.get(set);
  if (!layout) throw new Error(`The model has no set ${set}.`);
  return layout;
}
