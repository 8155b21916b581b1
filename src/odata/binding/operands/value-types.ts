import type { PrimitiveName, PrimitiveType } from '#model/model.ts';
import { findPrimitive } from '#model/model-primitives.ts';
import type { Expression, Literal, ResultType } from '#plan/expression.ts';
import type { ValueType } from '../binder.ts';

/** Types whose values compare and calculate with each other. */
export type Family =
  | 'numeric'
  | 'string'
  | 'boolean'
  | 'guid'
  | 'date'
  | 'instant'
  | 'time'
  | 'duration'
  | 'binary'
  | 'stream'
  | 'place'
  | 'enum'
  | 'complex'
  | 'entity'
  | 'untyped';

/** Numeric types, the one to which others are promoted last (URL Conventions, 5.1.1.15). */
const promotions: readonly PrimitiveName[] = [
  'Edm.SByte',
  'Edm.Byte',
  'Edm.Int16',
  'Edm.Int32',
  'Edm.Int64',
  'Edm.Decimal',
  'Edm.Single',
  'Edm.Double',
];

const families: Readonly<Partial<Record<PrimitiveName, Family>>> = {
  'Edm.Binary': 'binary',
  'Edm.Boolean': 'boolean',
  'Edm.Date': 'date',
  'Edm.DateTimeOffset': 'instant',
  'Edm.Duration': 'duration',
  'Edm.Guid': 'guid',
  'Edm.Stream': 'stream',
  'Edm.String': 'string',
  'Edm.TimeOfDay': 'time',
  'Edm.PrimitiveType': 'untyped',
  'Edm.Untyped': 'untyped',
};

/** The built-in type of that name. */
export function edm(name: PrimitiveName): PrimitiveType {
  const type = findPrimitive(name);
  if (!type) throw new Error(`${name} is no primitive type.`);
  return type;
}

const oneBoolean: ResultType = { type: edm('Edm.Boolean'), collection: false };

/** True or false, as a value. */
export function booleanLiteral(value: boolean): Literal {
  return { kind: 'literal', result: oneBoolean, value };
}

/** What an expression gives: conditions give a Boolean. */
export function resultOf(expression: Expression): ResultType {
  return 'result' in expression ? expression.result : oneBoolean;
}

/** The family of a type; what has no known type is of every family. */
export function familyOf(type: ValueType | undefined): Family {
  if (type === undefined) return 'untyped';
  if (type.kind !== 'primitive') return type.kind;
  if (promotions.includes(type.name)) return 'numeric';
  return families[type.name] ?? 'place';
}

/** How a message names what an expression gives. */
export function nameOf({ type, collection }: ResultType): string {
  const name = type?.name ?? '<null>';
  return collection ? `Collection(${name})` : name;
}

/** Whether the expression is the literal null. */
export function isNull(expression: Expression): boolean {
  return expression.kind === 'literal' && expression.value === null;
}

/** Null, which is a value of every type. */
export function nullLiteral(type?: ValueType): Literal {
  return { kind: 'literal', result: { type, collection: false }, value: null };
}

/** The numeric type that can carry both; what has no known type is a decimal. */
export function promote(one: ValueType | undefined, other: ValueType | undefined): PrimitiveType {
  const rank = (type: ValueType | undefined) =>
    type?.kind === 'primitive' ? promotions.indexOf(type.name) : -1;
  // What is calculated has at least the range of Edm.Int32.
  const least = promotions.indexOf('Edm.Int32');
  const greatest = Math.max(least, rank(one), rank(other));
  const isKnown = rank(one) >= 0 || rank(other) >= 0;
  return edm(isKnown ? promotions[greatest]! : 'Edm.Decimal');
}

/** Whether a numeric type has whole numbers alone. */
export function isInteger(type: ValueType | undefined): boolean {
  if (type?.kind !== 'primitive') return false;
  const rank = promotions.indexOf(type.name);
  return rank >= 0 && rank <= promotions.indexOf('Edm.Int64');
}

/** Whether a type has the values INF and NaN, so that it divides by zero. */
export function isFloat(type: ValueType | undefined): boolean {
  return type?.name === 'Edm.Double' || type?.name === 'Edm.Single';
}
