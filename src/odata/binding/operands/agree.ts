import type { Expression } from '#plan/expression.ts';
import { coerceLiteral } from './coerce-literal.ts';
import { type Family, familyOf, isNull, resultOf } from './value-types.ts';

/** An operand as the type of another wants it: literals take that type where they can. */
export function fit(operand: Expression, other: Expression): Expression | undefined {
  const { type } = resultOf(other);
  if (isNull(operand) || isNull(other)) return operand;
  const coerced = operand.kind === 'literal' ? coerceLiteral(operand, type) : operand;
  return coerced && areComparable(coerced, other) ? coerced : undefined;
}

/** Two operands brought to types that compare; undefined where there are none. */
export function agree(
  left: Expression,
  right: Expression,
): readonly [Expression, Expression] | undefined {
  const fitted = fit(right, left);
  if (fitted) return [left, fitted];
  const other = fit(left, right);
  return other && [other, right];
}

/** Whether single values of two expressions compare, as far as their types say. */
function areComparable(one: Expression, other: Expression): boolean {
  const [left, right] = [resultOf(one), resultOf(other)];
  if (left.collection || right.collection) return false;
  const families = [familyOf(left.type), familyOf(right.type)];
  if (families.includes('untyped')) return true;
  const [first, second] = families;
  if (first !== second) {
    const mixes = (...pair: readonly Family[]) => pair.every((each) => families.includes(each));
    // A text that is no guid equals none; texts that are not known yet may.
    const isUnknown = one.kind !== 'literal' && other.kind !== 'literal';
    return mixes('date', 'instant') || (isUnknown && mixes('guid', 'string'));
  }
  if (first === 'place' || first === 'stream') return false;
  return first !== 'enum' || left.type?.name === right.type?.name;
}
