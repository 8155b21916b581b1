import { Refusal } from '#errors.ts';
import type { Comparison, Expression, Has, InList, Path, SameMembers } from '#plan/expression.ts';
import type { Scope } from '../binding.ts';
import type { Context } from '../context.ts';
import { enterArray, followPath, fromOf, whereOf } from '../follow-path.ts';
import { balance, type Fragment, raw, sql } from '../fragment.ts';
import { readPath } from '../read-operand.ts';
import { unify } from '../unify.ts';
import type { Operand } from '../value.ts';

const operators = { gt: '>', ge: '>=', lt: '<', le: '<=' } as const;

/** A comparison: `eq` and `ne` know null, every other one with null is false. */
export function compileComparison(
  context: Context,
  comparison: Comparison,
  scope: Scope,
  exact: boolean,
): Fragment {
  const { operator } = comparison;
  const left = context.value(comparison.left, scope);
  const right = context.value(comparison.right, scope);
  if (operator === 'eq') return exactly(equals(context, left, right), exact);
  if (operator === 'ne') return differs(context, left, right);
  if (left.kind === 'structure' || right.kind === 'structure') throw structural(operator);
  const [one, other] = unify(context, [left, right], true).keys;
  return exactly(sql`${one!} ${operators[operator]} ${other!}`, exact);
}

/** Whether two values have the same members beside those that the model declares. */
export function compileSame(
  context: Context,
  { left, right, beside }: SameMembers,
  scope: Scope,
): Fragment {
  const [one, other] = [left, right].map((each) => {
    const text = typeof each === 'string' ? context.words.bind('text', each) : textOf(each);
    return context.words.members(text, beside);
  });
  return sql`${one!} IS NOT DISTINCT FROM ${other!}`;

  function textOf(path: Path): Fragment {
    const operand = context.value(path, scope);
    return (operand.as ? operand.as('structure') : operand).key;
  }
}

/** `in`: a list of constants, or one path to a collection. */
export function compileIn(
  context: Context,
  { operand, list }: InList,
  scope: Scope,
  exact: boolean,
): Fragment {
  const value = context.value(operand, scope);
  const [first] = list;
  if (list.length === 1 && first?.kind === 'path' && first.result.collection) {
    return amongMembers(context, value, first, scope);
  }
  const isPlain = list.every((each) => each.kind === 'literal' && each.value !== null);
  if (isPlain && list.length > 0) {
    const among = amongConstants(context, value, list, scope);
    if (among) return exactly(among, exact);
  }
  if (list.length === 0) return raw('1 = 0');
  const members = list.map((each) => equals(context, value, context.value(each, scope)));
  return exactly(balance(members, 'OR'), exact);
}

/** `has`: all the bits of the flags are set; null where the value or the flags are null. */
export function compileHas(context: Context, { operand, flags }: Has, scope: Scope): Fragment {
  const values = [context.value(operand, scope), context.value(flags, scope)];
  const { keys, carrier } = unify(context, values, true);
  if (carrier !== 'integer') throw structural('has');
  const [value, wanted] = keys;
  return sql`(${value!} & ${wanted!}) = ${wanted!}`;
}

/** Whether two values are equal, null being equal to null; NULL may stand for false. */
export function equals(context: Context, left: Operand, right: Operand): Fragment {
  if (left.kind === 'null' && right.kind === 'null') return raw('1 = 1');
  if (left.kind === 'null') return sql`${anyKey(right)} IS NULL`;
  if (right.kind === 'null') return sql`${anyKey(left)} IS NULL`;
  // Only places are compared as they are written.
  const isPlace = left.kind === 'structure' && right.kind === 'structure';
  if (isPlace) return sql`${left.key} IS NOT DISTINCT FROM ${right.key}`;
  if (left.kind === 'structure' || right.kind === 'structure') throw structural('eq');
  const [one, other] = unify(context, [left, right]).keys;
  if (left.isConstant || right.isConstant) return sql`${one!} = ${other!}`;
  return sql`${one!} IS NOT DISTINCT FROM ${other!}`;
}

function differs(context: Context, left: Operand, right: Operand): Fragment {
  if (left.kind === 'null' && right.kind === 'null') return raw('1 = 0');
  if (left.kind === 'null') return sql`${anyKey(right)} IS NOT NULL`;
  if (right.kind === 'null') return sql`${anyKey(left)} IS NOT NULL`;
  if (left.kind === 'structure' || right.kind === 'structure') throw structural('ne');
  const [one, other] = unify(context, [left, right]).keys;
  return sql`${one!} IS DISTINCT FROM ${other!}`;
}

/** A key that is null where the value is; of no known type, where nothing of any type stands. */
function anyKey(operand: Operand): Fragment {
  return operand.indexed?.key ?? (operand.as ? operand.as('null') : operand).key;
}

function exactly(comparison: Fragment, exact: boolean): Fragment {
  return exact ? sql`((${comparison}) IS TRUE)` : comparison;
}

/** One parameter for the whole list, so that the statement's text is the same for every length. */
function amongConstants(
  context: Context,
  value: Operand,
  list: readonly Expression[],
  scope: Scope,
): Fragment | undefined {
  if (value.kind === 'structure' || value.as) return undefined;
  const unified = unify(context, [value, ...list.map((each) => context.value(each, scope))]);
  const { carrier } = unified;
  if (carrier !== 'text' && carrier !== 'integer') return undefined;
  const [key, ...constants] = unified.keys;
  const isBound = constants.every(({ params }) => params.length === 1);
  if (!isBound) return undefined;
  const keys = constants.map(({ params }) => params[0]!);
  const written = keys.map((each) => (carrier === 'text' ? JSON.stringify(each) : `${each}`));
  return context.words.among(carrier, key!, `[${written.join(',')}]`);
}

function amongMembers(
  context: Context,
  value: Operand,
  path: Expression & { kind: 'path' },
  scope: Scope,
): Fragment {
  const ways = followPath(context, path, scope).map((way) => {
    if (!way.isArray) throw structural('in');
    const inside = enterArray(context, way);
    const member = { ...path, variable: 'member', steps: [] };
    const operand = readPath(context, member, new Map([['member', inside.at]]));
    const isEqual = equals(context, value, operand);
    return sql`EXISTS (SELECT 1 FROM ${fromOf(inside)} WHERE ${whereOf(inside)} AND ${isEqual})`;
  });
  return ways.length === 0 ? raw('1 = 0') : balance(ways, 'OR');
}

function structural(operator: string): Refusal {
  const message = `'${operator}' of structured values and collections is not supported.`;
  return new Refusal('notImplemented', message, { target: operator });
}
