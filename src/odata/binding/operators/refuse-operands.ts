import type { Refusal } from '#errors.ts';
import type { Expression } from '#plan/expression.ts';
import type { BinaryOperator } from '../../language/expressions/syntax.ts';
import { nameOf, resultOf } from '../operands/value-types.ts';
import { type Place, refusalAt } from '../refuse-at.ts';

/** Operators as Graph's messages name them. */
const kinds: Readonly<Record<BinaryOperator | 'and' | 'or' | 'not' | 'negate', string>> = {
  eq: 'Equal',
  ne: 'NotEqual',
  gt: 'GreaterThan',
  ge: 'GreaterThanOrEqual',
  lt: 'LessThan',
  le: 'LessThanOrEqual',
  has: 'Has',
  in: 'In',
  add: 'Add',
  sub: 'Subtract',
  mul: 'Multiply',
  div: 'Divide',
  divby: 'Divide',
  mod: 'Modulo',
  and: 'And',
  or: 'Or',
  not: 'Not',
  negate: 'Negate',
};

/** The refusal of operands whose types an operator does not take, in Graph's words. */
export function refuseOperands(
  place: Place,
  operator: keyof typeof kinds,
  operands: readonly Expression[],
): Refusal {
  const names = operands.map((each) => `'${nameOf(resultOf(each))}'`);
  const isBinary = operands.length > 1;
  const found = isBinary
    ? `A binary operator with incompatible types was detected. Found operand types`
    : `A unary operator with an incompatible type was detected. Found operand type`;
  const message = `${found} ${names.join(' and ')} for operator kind '${kinds[operator]}'.`;
  return refusalAt(place, message);
}
