import type { EntityType, Property, StructuredType } from '#model/model.ts';
import { isKindOf } from '#model/model.ts';
import type { Comparison, Expression, Path } from '#plan/expression.ts';
import type {
  BinarySyntax,
  ExpressionSyntax,
  ObjectSyntax,
} from '../../language/expressions/syntax.ts';
import type { Binder, Scope } from '../binder.ts';
import { fitList, memberOf } from '../functions/fit-members.ts';
import { agree, fit } from '../operands/agree.ts';
import {
  booleanLiteral,
  type Family,
  familyOf,
  isNull,
  resultOf,
} from '../operands/value-types.ts';
import { notServedAt, type Place } from '../refuse-at.ts';
import { equalCollections, equalComplex, equalUndeclared } from './bind-structures.ts';
import { refuseOperands } from './refuse-operands.ts';

type Operator = Comparison['operator'];

/** Families that only compare with null. */
const unequal: ReadonlySet<Family> = new Set(['complex', 'entity', 'place', 'stream']);
const unordered: ReadonlySet<Family> = new Set([...unequal, 'binary']);

/** `eq`, `ne`, `gt`, `ge`, `lt`, `le` (OData URL Conventions 4.01, section 5.1.1.1). */
export function bindComparison(binder: Binder, syntax: BinarySyntax, scope: Scope): Expression {
  const operator = syntax.operator as Operator;
  const place = { option: scope.option, at: syntax.operatorAt };
  const written = bindWritten(binder, syntax, scope);
  if (written) return written;
  const [left, right] = withoutKeyPrefix(
    binder.bind(syntax.left, scope),
    binder.bind(syntax.right, scope),
    scope,
  );
  const [one, other] = [resultOf(left), resultOf(right)];
  const isEquality = operator === 'eq' || operator === 'ne';
  if (one.collection || other.collection) {
    if (!isEquality) throw refuseOperands(place, operator, [left, right]);
    // No collection is null, however few its members; Graph takes no such comparison.
    const isNever = binder.model.isForeign && (isNull(left) || isNull(right));
    return isNever
      ? booleanLiteral(operator === 'ne')
      : compareCollections(place, operator, left, right);
  }
  if (isNull(left) || isNull(right)) return compareNull(place, operator, left, right);
  const [family] = [one, other]
    .map(({ type }) => familyOf(type))
    .filter((each) => unequal.has(each));
  if (isEquality && family !== undefined) {
    return compareStructures(binder, { place, operator }, left, right);
  }
  const operands = agree(left, right);
  const isUnordered = [one, other].some(({ type }) => unordered.has(familyOf(type)));
  if (!operands || (!isEquality && isUnordered)) {
    throw refuseOperands(place, operator, [left, right]);
  }
  return { kind: 'comparison', operator, left: operands[0], right: operands[1] };
}

/** A key is compared as it is kept, where its type lets it be written behind a prefix, too. */
function withoutKeyPrefix(
  left: Expression,
  right: Expression,
  { here, it, lambda }: Scope,
): [Expression, Expression] {
  if (right.kind !== 'literal' || left.kind !== 'path') return [left, right];
  const { variable, steps } = left;
  const of = [here, it, ...lambda.values()].find((each) => each?.name === variable);
  const prefix = of?.type?.kind === 'entity' ? of.type.keyPrefix : undefined;
  const [step] = steps.length === 1 ? steps : [];
  const isKey = step?.kind === 'property' && step.property.name === 'id';
  const { value } = right;
  if (!isKey || !prefix || typeof value !== 'string' || !value.startsWith(prefix)) {
    return [left, right];
  }
  return [left, { ...right, value: value.slice(prefix.length) }];
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

/** A complex value against a JSON object, which may stand behind an alias. */
function bindWritten(
  binder: Binder,
  { operator, operatorAt, ...syntax }: BinarySyntax,
  scope: Scope,
): Expression | undefined {
  if (operator !== 'eq' && operator !== 'ne') return undefined;
  const [left, right] = [syntax.left, syntax.right].map((each) => objectOf(binder, each));
  if (!left && !right) return undefined;
  const place = { option: scope.option, at: operatorAt };
  const value = binder.bind(right ? syntax.left : syntax.right, scope);
  const { type, collection } = resultOf(value);
  const object = { syntax: (right ?? left)!, scope };
  if (value.kind === 'path' && familyOf(type) === 'untyped' && !collection) {
    const same = equalUndeclared(binder, value, object);
    return operator === 'eq' ? same : { kind: 'not', operand: same };
  }
  if (value.kind !== 'path' || type?.kind !== 'complex' || collection) {
    throw notServedAt(place, 'An object is compared with a complex value alone.');
  }
  const equal = equalComplex(binder, place, [value, object]);
  return operator === 'eq' ? equal : { kind: 'not', operand: equal };
}

function objectOf({ aliases }: Binder, syntax: ExpressionSyntax): ObjectSyntax | undefined {
  if (syntax.kind === 'object') return syntax;
  if (syntax.kind !== 'path' || syntax.start !== 'alias' || syntax.steps.length > 0)
    return undefined;
  const meant = aliases.get(syntax.alias!);
  return meant?.kind === 'object' ? meant : undefined;
}

/** Collections are equal if they have the same values; none is null. */
function compareCollections(
  place: Place,
  operator: Operator,
  left: Expression,
  right: Expression,
): Expression {
  const isMixed = resultOf(left).collection !== resultOf(right).collection;
  if (isMixed && !isNull(left) && !isNull(right)) {
    throw refuseOperands(place, operator, [left, right]);
  }
  const [one, other] = [left, right].map((each) => memberOf(each));
  const families = [one, other].map((each) => familyOf(resultOf(each!).type));
  const isList = [left, right].every(
    (each) => resultOf(each).collection && (each.kind === 'path' || each.kind === 'literal'),
  );
  if (!isList || families.some((each) => unequal.has(each))) {
    throw notServedAt(place, 'These collections are not compared.');
  }
  if (!fit(one!, other!) && !fit(other!, one!))
    throw refuseOperands(place, operator, [left, right]);
  const equal = equalCollections(fitList(left, right), fitList(right, left));
  return operator === 'eq' ? equal : { kind: 'not', operand: equal };
}

/** Entities are equal if their keys are, complex values if their members are. */
function compareStructures(
  binder: Binder,
  { place, operator }: { readonly place: Place; readonly operator: Operator },
  left: Expression,
  right: Expression,
): Expression {
  const [one, other] = [resultOf(left).type, resultOf(right).type];
  if (one?.kind === 'complex' && other?.kind === 'complex') {
    const isSame = isKindOf(one, other) || isKindOf(other, one);
    if (!isSame || left.kind !== 'path' || right.kind !== 'path') {
      throw refuseOperands(place, operator, [left, right]);
    }
    // What the type below declares is compared where either has it.
    const [base, rest] = isKindOf(one, other) ? [right, left] : [left, right];
    const equal = equalComplex(binder, place, [base, rest]);
    return operator === 'eq' ? equal : { kind: 'not', operand: equal };
  }
  if (one?.kind !== 'entity' || other?.kind !== 'entity') {
    throw refuseOperands(place, operator, [left, right]);
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
