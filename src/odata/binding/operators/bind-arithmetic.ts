import type { Arithmetic, Expression, Negation } from '#plan/expression.ts';
import { isPrimitive } from '../../decode-primitive.ts';
import type { BinarySyntax, UnarySyntax } from '../../language/expressions/syntax.ts';
import type { Binder, Scope, ValueType } from '../binder.ts';
import { literal } from '../operands/bind-literal.ts';
import { edm, familyOf, isFloat, promote, resultOf } from '../operands/value-types.ts';
import { refusalAt } from '../refuse-at.ts';
import { refuseOperands } from './refuse-operands.ts';

type Operator = Arithmetic['operator'];

/** Arithmetic of times (OData URL Conventions 4.01, section 5.1.1.2); the rest is of numbers. */
const times: Readonly<Record<string, ValueType>> = {
  'instant add duration': edm('Edm.DateTimeOffset'),
  'duration add duration': edm('Edm.Duration'),
  'date add duration': edm('Edm.Date'),
  'instant sub duration': edm('Edm.DateTimeOffset'),
  'duration sub duration': edm('Edm.Duration'),
  'instant sub instant': edm('Edm.Duration'),
  'date sub duration': edm('Edm.Date'),
  'date sub date': edm('Edm.Duration'),
  'duration mul numeric': edm('Edm.Duration'),
  'numeric mul duration': edm('Edm.Duration'),
  'duration div numeric': edm('Edm.Duration'),
  'duration divby numeric': edm('Edm.Duration'),
};

/** `add`, `sub`, `mul`, `div`, `divby`, `mod`. */
export function bindArithmetic(binder: Binder, syntax: BinarySyntax, scope: Scope): Arithmetic {
  const operator = syntax.operator as Operator;
  const place = { option: scope.option, at: syntax.operatorAt };
  const left = readTime(binder.bind(syntax.left, scope));
  const right = readTime(binder.bind(syntax.right, scope));
  const type = typeOf(operator, left, right);
  if (type === undefined) throw refuseOperands(place, operator, [left, right]);
  if (isZero(right) && ['div', 'mod'].includes(operator) && !isFloat(type)) {
    throw refusalAt(place, 'A number that is not floating cannot be divided by zero.');
  }
  return { kind: 'arithmetic', operator, result: { type, collection: false }, left, right };
}

/** Unary minus of a number or a duration. */
export function bindNegation(binder: Binder, syntax: UnarySyntax, scope: Scope): Negation {
  const operand = binder.bind(syntax.operand, scope);
  const { type, collection } = resultOf(operand);
  const isNegatable = ['numeric', 'duration', 'untyped'].includes(familyOf(type));
  if (collection || !isNegatable) {
    throw refuseOperands({ option: scope.option, at: syntax.at }, 'negate', [operand]);
  }
  const given = familyOf(type) === 'numeric' ? promote(type, type) : type;
  return { kind: 'negation', result: { type: given, collection: false }, operand };
}

function typeOf(operator: Operator, left: Expression, right: Expression): ValueType | undefined {
  const [one, other] = [resultOf(left), resultOf(right)];
  if (one.collection || other.collection) return undefined;
  const families = [familyOf(one.type), familyOf(other.type)];
  if (families.every((family) => family === 'numeric' || family === 'untyped')) {
    const type = promote(one.type, other.type);
    // Whole numbers divide by `divby` as decimals do.
    return operator === 'divby' && !isFloat(type) ? edm('Edm.Decimal') : type;
  }
  const known = times[`${families[0]} ${operator} ${families[1]}`];
  if (known || !families.includes('untyped')) return known;
  // Null, and what an open type holds, takes the type that makes sense of the operator.
  const pattern = new RegExp(
    `^${families.map((each) => (each === 'untyped' ? '\\w+' : each)).join(` ${operator} `)}$`,
  );
  return Object.entries(times).find(([signature]) => pattern.test(signature))?.[1];
}

/** A duration, date or instant that is written as a string, without its prefix. */
function readTime(operand: Expression): Expression {
  if (operand.kind !== 'literal' || operand.result.type?.name !== 'Edm.String') return operand;
  const names = ['Edm.Duration', 'Edm.Date', 'Edm.DateTimeOffset'] as const;
  const name = names.find((each) => isPrimitive(each, operand.value));
  return name ? literal(edm(name), operand.value) : operand;
}

function isZero(operand: Expression): boolean {
  return operand.kind === 'literal' && operand.value !== null && Number(operand.value) === 0;
}
