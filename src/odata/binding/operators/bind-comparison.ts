import type { EntityType, Property, StructuredType } from '#model/model.ts';
import { isKindOf } from '#model/model.ts';
import type { Comparison, Expression, Path } from '#plan/expression.ts';
import type { BinarySyntax } from '../../language/expressions/syntax.ts';
import type { Binder, Scope } from '../binder.ts';
import { agree } from '../operands/agree.ts';
import { type Family, familyOf, isNull, resultOf } from '../operands/value-types.ts';
import { notServedAt, type Place } from '../refuse-at.ts';
import { refuseOperands } from './refuse-operands.ts';

type Operator = Comparison['operator'];

/** Families that only compare with null. */
const unequal: ReadonlySet<Family> = new Set(['complex', 'entity', 'place', 'stream']);
const unordered: ReadonlySet<Family> = new Set([...unequal, 'binary']);

/** `eq`, `ne`, `gt`, `ge`, `lt`, `le` (OData URL Conventions 4.01, section 5.1.1.1). */
export function bindComparison(binder: Binder, syntax: BinarySyntax, scope: Scope): Expression {
  const operator = syntax.operator as Operator;
  const place = { option: scope.option, at: syntax.operatorAt };
  const left = binder.bind(syntax.left, scope);
  const right = binder.bind(syntax.right, scope);
  const [one, other] = [resultOf(left), resultOf(right)];
  const isEquality = operator === 'eq' || operator === 'ne';
  if (one.collection || other.collection) {
    if (!isEquality) throw refuseOperands(place, operator, [left, right]);
    throw notServedAt(place, 'Collections are not compared.');
  }
  if (isNull(left) || isNull(right)) return compareNull(place, operator, left, right);
  const [family] = [one, other]
    .map(({ type }) => familyOf(type))
    .filter((each) => unequal.has(each));
  if (isEquality && family !== undefined) return compareStructures(place, operator, left, right);
  const operands = agree(left, right);
  const isUnordered = [one, other].some(({ type }) => unordered.has(familyOf(type)));
  if (!operands || (!isEquality && isUnordered)) {
    throw refuseOperands(place, operator, [left, right]);
  }
  return { kind: 'comparison', operator, left: operands[0], right: operands[1] };
}

/** Anything single may be compared with null, but what has no order not by an order. */
function compareNull(
  place: Place,
  operator: Operator,
  left: Expression,
  right: Expression,
): Expression {
  const families = [left, right].map((each) => familyOf(resultOf(each).type));
  const isEquality = operator === 'eq' || operator === 'ne';
  if (!isEquality && families.some((family) => unordered.has(family))) {
    throw refuseOperands(place, operator, [left, right]);
  }
  if (families.includes('stream')) throw notServedAt(place, 'Streams are not compared.');
  return { kind: 'comparison', operator, left, right };
}

/** Entities are equal if their keys are; complex values are not compared. */
function compareStructures(
  place: Place,
  operator: 'eq' | 'ne' | Operator,
  left: Expression,
  right: Expression,
): Expression {
  const [one, other] = [resultOf(left).type, resultOf(right).type];
  if (one?.kind !== 'entity' || other?.kind !== 'entity') {
    const isSame = one?.kind === 'complex' && other?.kind === 'complex';
    if (!isSame) throw refuseOperands(place, operator, [left, right]);
    throw notServedAt(place, 'Complex values are compared with null alone.');
  }
  if (!isKindOf(one, other) && !isKindOf(other, one)) {
    throw refuseOperands(place, operator, [left, right]);
  }
  const keys = one.keyParts.length > 0 ? one.keyParts : other.keyParts;
  if (left.kind !== 'path' || right.kind !== 'path' || keys.length === 0) {
    throw notServedAt(place, 'These entities are not compared.');
  }
  const equal = keys.map(({ path }): Expression => {
    const [mine, others] = [keyOf(left, one, path), keyOf(right, other, path)];
    return { kind: 'comparison', operator: 'eq', left: mine, right: others };
  });
  const all: Expression = equal.length === 1 ? equal[0]! : { kind: 'and', operands: equal };
  return operator === 'eq' ? all : { kind: 'not', operand: all };
}

function keyOf(entity: Path, type: EntityType, path: readonly string[]): Path {
  const steps = [...entity.steps];
  let owner: StructuredType = type;
  let property: Property | undefined;
  for (const name of path) {
    property = owner.properties.get(name);
    if (!property) throw new Error(`${type.name} has no key property ${path.join('/')}.`);
    steps.push({ kind: 'property', property });
    if (property.type.kind === 'complex') owner = property.type;
  }
  const result = { type: property?.type, collection: false };
  return { kind: 'path', result, variable: entity.variable, steps };
}
