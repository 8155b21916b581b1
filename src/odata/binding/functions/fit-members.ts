import type { Expression } from '#plan/expression.ts';
import { coerceLiteral } from '../operands/coerce-literal.ts';
import { resultOf } from '../operands/value-types.ts';

/** What stands for any member of a collection, as far as its type goes. */
export function memberOf(collection: Expression): Expression {
  if (collection.kind === 'literal' && Array.isArray(collection.value)) {
    const value = collection.value.find((each) => each !== null) ?? null;
    return { ...collection, value, result: { ...collection.result, collection: false } };
  }
  const { type } = resultOf(collection);
  return { kind: 'path', result: { type, collection: false }, variable: '$this', steps: [] };
}

/** A list of constants as the type of the other collection's members, where all have a form. */
export function fitList(list: Expression, other: Expression): Expression {
  if (list.kind !== 'literal' || !Array.isArray(list.value)) return list;
  if (other.kind === 'literal') return list;
  const { type } = resultOf(other);
  const single = { type: list.result.type, collection: false };
  const members = list.value.map((value) =>
    coerceLiteral({ kind: 'literal', result: single, value }, type),
  );
  if (members.some((each) => each === undefined)) return list;
  const first = members[0]?.result.type ?? type;
  const value = members.map((each) => each!.value);
  return { kind: 'literal', result: { type: first, collection: true }, value };
}
