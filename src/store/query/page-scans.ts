import type { Expression } from '#plan/expression.ts';
import type { CollectionQuery, Source } from '#plan/query.ts';
import type { IndexColumn } from '../layout.ts';
import type { RowBinding, Scope } from './binding.ts';
import type { Context } from './context.ts';
import { followPath } from './follow-path.ts';

/** Rows that may be skipped on the way to a page. */
const SKIP_MAX = 1000;

/** The index that serves a condition. */
interface Served {
  readonly index: IndexColumn;
  readonly isEquality: boolean;
}

/**
 * Whether a page may look at many more rows than it gives. It does not where one condition or none
 * is asked for and one index both finds and orders the rows, or where a unique value is asked for.
 */
export function pageScans(
  context: Context,
  source: Source,
  { filter, search, orderBy, skip }: CollectionQuery,
  row: RowBinding,
): boolean {
  if (source.kind === 'contained') return false;
  const isJoined = source.kind === 'union' || source.kind === 'product';
  if (isJoined || search || skip > SKIP_MAX) return true;
  const scope: Scope = new Map([['$it', row]]);
  const conditions = filter?.kind === 'and' ? filter.operands : filter ? [filter] : [];
  const served = conditions.map((each) => servedBy(context, each, scope));
  if (served.some((each) => each?.isEquality && each.index.unique)) return false;
  const [first] = served;
  if (conditions.length > 1 || (conditions.length === 1 && !first)) return true;
  // Links lie in an order of their own.
  if (source.kind === 'linked') return conditions.length > 0 || orderBy.length > 0;
  const [order, ...more] = orderBy;
  if (!order) return false;
  const index = more.length === 0 ? indexOf(context, order.expression, scope) : undefined;
  // The members of an enumeration are ordered by their numbers, which no index keeps.
  if (!index || index.property.type.kind === 'enum') return true;
  return first !== undefined && (first.isEquality || first.index !== index);
}

/** A comparison of an indexed property with a constant, or what a text begins with. */
function servedBy(context: Context, condition: Expression, scope: Scope): Served | undefined {
  const isEquality = condition.kind === 'comparison' && condition.operator === 'eq';
  const isRange =
    condition.kind === 'comparison'
      ? !['eq', 'ne'].includes(condition.operator)
      : condition.kind === 'call' && condition.name === 'startswith';
  if (!isEquality && !isRange) return undefined;
  const [left, right] =
    condition.kind === 'comparison'
      ? [condition.left, condition.right]
      : (condition as Extract<Expression, { kind: 'call' }>).args;
  const index = indexOf(context, left, scope);
  return index && right?.kind === 'literal' ? { index, isEquality } : undefined;
}

function indexOf(
  context: Context,
  expression: Expression | undefined,
  scope: Scope,
): IndexColumn | undefined {
  if (expression?.kind !== 'path') return undefined;
  const [way] = followPath(context, expression, scope);
  return way && way.hops.length === 0 && way.guards.length === 0 ? way.index : undefined;
}
