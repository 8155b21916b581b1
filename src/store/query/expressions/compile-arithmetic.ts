import { Refusal } from '#errors.ts';
import type { Arithmetic, Negation } from '#plan/expression.ts';
import type { Scope } from '../binding.ts';
import type { Context } from '../context.ts';
import { type Fragment, sql } from '../fragment.ts';
import { nothing } from '../read-operand.ts';
import { toCarrier } from '../unify.ts';
import { calculated, type Kind, type Operand } from '../value.ts';

type Operator = Arithmetic['operator'];

const NUMERIC: readonly Kind[] = ['integer', 'exact', 'float', 'untyped', 'null'];
const DAY_TICKS = '864000000000';

const exactNames: Readonly<Record<Operator, string>> = {
  add: 'kith_add',
  sub: 'kith_subtract',
  mul: 'kith_multiply',
  div: 'kith_divide',
  divby: 'kith_divide',
  mod: 'kith_remainder',
};
const floatNames: Readonly<Record<Operator, string>> = {
  add: 'kith_float_add',
  sub: 'kith_float_subtract',
  mul: 'kith_float_multiply',
  div: 'kith_float_divide',
  divby: 'kith_float_divide',
  mod: 'kith_float_remainder',
};

/**
 * Arithmetic (OData URL Conventions, section 5.1.1.2). Integers and decimals calculate exactly and
 * never overflow; null, and a division of exact numbers by zero, give null.
 */
export function compileArithmetic(context: Context, arithmetic: Arithmetic, scope: Scope): Operand {
  const { operator } = arithmetic;
  const typed = (operand: Operand) => (operand.as ? operand.as('exact') : operand);
  const left = typed(context.value(arithmetic.left, scope));
  const right = typed(context.value(arithmetic.right, scope));
  if (NUMERIC.includes(left.kind) && NUMERIC.includes(right.kind)) {
    return calculateNumbers(context, operator, left, right);
  }
  return calculateTimes(context, operator, left, right);
}

/** Unary minus of a number or duration. */
export function compileNegation(context: Context, negation: Negation, scope: Scope): Operand {
  const value = context.value(negation.operand, scope);
  const operand = value.as ? value.as('exact') : value;
  if (operand.kind === 'null') return operand;
  if (operand.kind === 'float') {
    const zero = context.words.bind('float', 0);
    return calculated('float', sql`kith_float_subtract(${zero}, ${operand.key})`);
  }
  return calculated(
    operand.kind,
    sql`kith_negate(${toCarrier(context, operand, 'exact')})`,
    'exact',
  );
}

function calculateNumbers(
  context: Context,
  operator: Operator,
  left: Operand,
  right: Operand,
): Operand {
  if (left.kind === 'float' || right.kind === 'float') {
    const [one, other] = [left, right].map((each) => toCarrier(context, each, 'float'));
    return calculated('float', sql`${floatNames[operator]}(${one!}, ${other!})`);
  }
  const isWhole = left.kind !== 'exact' && right.kind !== 'exact' && operator !== 'divby';
  const name = isWhole && operator === 'div' ? 'kith_divide_whole' : exactNames[operator];
  return calculated(isWhole ? 'integer' : 'exact', exactCall(context, name, left, right), 'exact');
}

function calculateTimes(
  context: Context,
  operator: Operator,
  left: Operand,
  right: Operand,
): Operand {
  const kinds = `${left.kind} ${operator} ${right.kind}`;
  if (left.kind === 'null' || right.kind === 'null') {
    const kind = left.kind === 'null' ? right.kind : left.kind;
    return { ...calculated(kind, nothing(context, kind)), kind };
  }
  const call = (name: string) => exactCall(context, name, left, right);
  if (/^(instant|duration) (add|sub) duration$/.test(kinds)) {
    return calculated(left.kind, call(exactNames[operator]), 'exact');
  }
  if (kinds === 'duration add instant') return calculated('instant', call('kith_add'), 'exact');
  if (kinds === 'instant sub instant') return calculated('duration', call('kith_subtract'));
  if (/^date (add|sub) duration$/.test(kinds)) {
    const ticks = sql`${exactNames[operator]}(${inTicks(context, left)}, ${right.key})`;
    return calculated('date', inDays(context, ticks), 'exact');
  }
  if (kinds === 'date sub date') {
    const days = call('kith_subtract');
    return calculated('duration', sql`kith_multiply(${days}, ${dayTicks(context)})`);
  }
  if (/^duration (mul|div|divby) (integer|exact|float)$/.test(kinds)) {
    return wholeTicks(context, call(exactNames[operator]));
  }
  if (/^(integer|exact|float) mul duration$/.test(kinds)) {
    return wholeTicks(context, call('kith_multiply'));
  }
  throw new Refusal('badRequest', `'${operator}' does not take ${left.kind} and ${right.kind}.`);
}

function exactCall(context: Context, name: string, left: Operand, right: Operand): Fragment {
  const [one, other] = [left, right].map((each) => toCarrier(context, each, 'exact'));
  return sql`${name}(${one!}, ${other!})`;
}

/** A duration has no part of a tick. */
function wholeTicks(context: Context, ticks: Fragment): Operand {
  const one = context.words.bind('exact', '1');
  return calculated('duration', sql`kith_divide_whole(${ticks}, ${one})`);
}

function inTicks(context: Context, date: Operand): Fragment {
  return sql`kith_multiply(${toCarrier(context, date, 'exact')}, ${dayTicks(context)})`;
}

/** The day in which an instant lies: today minus less than a day is yesterday. */
function inDays(context: Context, ticks: Fragment): Fragment {
  return sql`kith_floor(kith_divide(${ticks}, ${dayTicks(context)}))`;
}

function dayTicks(context: Context): Fragment {
  return context.words.bind('exact', DAY_TICKS);
}
