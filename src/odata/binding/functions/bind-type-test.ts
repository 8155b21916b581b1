import { isKindOf } from '#model/model.ts';
import type { Expression, Literal, Path } from '#plan/expression.ts';
import { isPrimitive } from '../../decode-primitive.ts';
import type { TypeTestSyntax } from '../../language/expressions/syntax.ts';
import type { Binder, Scope, ValueType } from '../binder.ts';
import { literal } from '../operands/bind-literal.ts';
import { coerceLiteral } from '../operands/coerce-literal.ts';
import { familyOf, nullLiteral, resultOf } from '../operands/value-types.ts';
import { findNamedType } from '../paths/find-named-type.ts';
import { notServedAt, type Place, refusalAt } from '../refuse-at.ts';

const abstract = /^Edm\.(PrimitiveType|Untyped|ComplexType|EntityType|Geography|Geometry|Stream)$/;

/** `cast` and `isof` (OData URL Conventions 4.01, section 5.1.1.10). */
export function bindTypeTest(binder: Binder, syntax: TypeTestSyntax, scope: Scope): Expression {
  const place = { option: scope.option, at: syntax.type.at };
  const { name, isCollection } = syntax.type;
  const type = findNamedType(binder.model, name);
  if (abstract.test(name)) throw notServedAt(place, `The type '${name}' is not served here.`);
  if (!type) throw refusalAt(place, `The type '${name}' is not declared.`);
  if (isCollection) throw notServedAt(place, 'Collections are not cast or tested.');
  const operand = syntax.operand ? binder.bind(syntax.operand, scope) : itself(scope);
  if (resultOf(operand).collection) {
    throw notServedAt(place, 'Collections are not cast or tested.');
  }
  if (syntax.kind === 'isof') return { kind: 'isof', operand, type };
  return type.kind === 'entity' || type.kind === 'complex'
    ? castStructure(operand, type, place)
    : castValue(operand, type);
}

/** The current instance. */
function itself({ here }: Scope): Path {
  const result = { type: here.type, collection: false };
  return { kind: 'path', result, variable: here.name, steps: [] };
}

/** Null where the value can never be of the type. */
function castStructure(
  operand: Expression,
  type: ValueType & { kind: 'entity' | 'complex' },
  place: Place,
): Expression {
  const given = resultOf(operand).type;
  if (given?.kind !== 'entity' && given?.kind !== 'complex') {
    if (familyOf(given) !== 'untyped') return nullLiteral(type);
    throw notServedAt(place, 'What has no declared type is not cast to a structured one.');
  }
  if (operand.kind !== 'path') {
    throw notServedAt(place, 'Only a path is cast to a structured type.');
  }
  const result = { type, collection: false };
  if (isKindOf(given, type)) return { ...operand, result };
  if (!isKindOf(type, given)) return nullLiteral(type);
  return { ...operand, result, steps: [...operand.steps, { kind: 'cast', type }] };
}

/** Constants are cast here, everything else where the query runs. */
function castValue(operand: Expression, type: ValueType): Expression {
  const given = resultOf(operand).type;
  if (operand.kind === 'literal') {
    const folded = castLiteral(operand, type);
    if (folded) return folded;
  }
  if (given?.kind === 'entity' || given?.kind === 'complex') return nullLiteral(type);
  return { kind: 'cast', result: { type, collection: false }, operand };
}

function castLiteral(from: Literal, type: ValueType): Literal | undefined {
  if (from.value === null) return nullLiteral(type);
  if (from.result.type === type) return from;
  if (familyOf(from.result.type) !== 'string' || typeof from.value !== 'string') return undefined;
  if (familyOf(type) === 'numeric' && type.kind === 'primitive') {
    const number = Number(from.value);
    const isNumber = from.value.trim() !== '' && isPrimitive(type.name, number);
    return isNumber && String(number) === from.value ? literal(type, number) : undefined;
  }
  return coerceLiteral(from, type);
}
