import { Refusal } from '#errors.ts';
import type { Expression } from '#plan/expression.ts';
import type { CollectionQuery, OrderItem, PageMark, Source } from '#plan/query.ts';
import type { Scope } from './binding.ts';
import type { Context } from './context.ts';
import { followPath } from './follow-path.ts';
import { type Fragment, join, raw, sql } from './fragment.ts';
import { numberOf } from './functions/text.ts';
import { unify } from './unify.ts';
import type { Carrier } from './value.ts';

/** One key of an order, compiled for one table. */
export interface OrderKey {
  readonly key: Fragment;
  readonly carrier: Carrier;
  readonly descending: boolean;
}

type MarkValue = PageMark['keys'][number];

/**
 * The order of a query. A set that is asked for in no order, by a range of an indexed property,
 * comes in the order of that index, so that its page needs no sort.
 */
export function orderOf(
  context: Context,
  source: Source,
  query: CollectionQuery,
  scope: Scope,
): readonly OrderItem[] {
  if (query.orderBy.length > 0 || source.kind !== 'set' || !query.filter) return query.orderBy;
  const conditions = query.filter.kind === 'and' ? query.filter.operands : [query.filter];
  const isIndexed = (expression: Expression | undefined) =>
    expression?.kind === 'path' && followPath(context, expression, scope)[0]?.index !== undefined;
  const isEquality = (each: Expression) =>
    each.kind === 'comparison' && each.operator === 'eq' && isIndexed(each.left);
  if (conditions.some(isEquality)) return [];
  for (const each of conditions) {
    const range =
      each.kind === 'call' && each.name === 'startswith'
        ? each.args[0]
        : each.kind === 'comparison' && !['eq', 'ne'].includes(each.operator)
          ? each.left
          : undefined;
    if (range && isIndexed(range)) return [{ expression: range, descending: false }];
  }
  return [];
}

/** An order's keys in one table. Enumerations are ordered by their numbers. */
export function compileOrder(
  context: Context,
  order: readonly OrderItem[],
  scope: Scope,
): OrderKey[] {
  return order.map(({ expression, descending }) => {
    const { kind, carrier, keys } = unify(context, [context.value(expression, scope)], true);
    if (kind === 'structure') {
      const message = 'Structured values and collections have no order.';
      throw new Refusal('badRequest', message, { target: '$orderby' });
    }
    return { key: keys[0]!, carrier, descending };
  });
}

/** ORDER BY: null comes first, and last where the order is descending. */
export function writeOrder(keys: readonly OrderKey[], tie: string): Fragment {
  const direction = keys.at(-1)?.descending ? ' DESC' : '';
  const items = keys.map(({ key, descending }) =>
    descending ? sql`${key} DESC NULLS LAST` : sql`${key} NULLS FIRST`,
  );
  return join([...items, raw(`${tie}${direction}`)], ', ');
}

/**
 * What lies behind a mark, as conditions that exclude each other, in order: with an index on the
 * keys each is one range of it, so that a page costs the same at any depth. They are ranges of one
 * column each: told to go on behind a pair of key and row number, SQLite reads all with that key.
 */
export function segmentsBehind(
  context: Context,
  keys: readonly OrderKey[],
  tie: { readonly sql: string; readonly carrier: Carrier },
  mark: PageMark,
): Fragment[] {
  const values = keys.map(({ carrier }, index) => bindMark(context, carrier, mark.keys[index]!));
  const last = context.words.bind(tie.carrier, mark.last);
  const comparison = keys.at(-1)?.descending ? '<' : '>';
  const equal = keys.map((key, index) => same(key, values[index]));
  const segments = [[...equal, sql`${tie.sql} ${comparison} ${last}`]];
  for (let depth = keys.length - 1; depth >= 0; depth--) {
    for (const each of behindKey(keys[depth]!, values[depth])) {
      segments.push([...equal.slice(0, depth), each]);
    }
  }
  return segments.map((conditions) => join(conditions, ' AND '));
}

/** An order key of a row as a mark keeps it. */
export function markOf(value: string | number | bigint | null): MarkValue {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'number' || Number.isFinite(value)) return value;
  return value > 0 ? 'INF' : '-INF';
}

function bindMark(context: Context, carrier: Carrier, value: MarkValue): Fragment | undefined {
  if (value === null) return undefined;
  if (carrier === 'float') return context.words.bind('float', numberOf(String(value)));
  return context.words.bind(carrier, typeof value === 'boolean' ? Number(value) : value);
}

function same({ key }: OrderKey, value: Fragment | undefined): Fragment {
  return value ? sql`${key} = ${value}` : sql`${key} IS NULL`;
}

function behindKey({ key, descending }: OrderKey, value: Fragment | undefined): Fragment[] {
  if (!descending) return [value ? sql`${key} > ${value}` : sql`${key} IS NOT NULL`];
  return value ? [sql`${key} < ${value}`, sql`${key} IS NULL`] : [];
}
