import type { Expression, Has, Literal } from '#plan/expression.ts';
import type { BinarySyntax, ExpressionSyntax } from '../../language/expressions/syntax.ts';
import type { Binder, Scope } from '../binder.ts';
import { agree, fit } from '../operands/agree.ts';
import { literal } from '../operands/bind-literal.ts';
import { type Family, familyOf, isNull, nullLiteral, resultOf } from '../operands/value-types.ts';
import { notServedAt, type Place, refusalAt } from '../refuse-at.ts';
import { refuseOperands } from './refuse-operands.ts';

const without: ReadonlySet<Family> = new Set(['complex', 'entity', 'place', 'stream']);

/** `in`: a list of values, or what gives a collection (URL Conventions, section 5.1.1.1.11). */
export function bindIn(binder: Binder, syntax: BinarySyntax, scope: Scope): Expression {
  const place = { option: scope.option, at: syntax.operatorAt };
  const operand = binder.bind(syntax.left, scope);
  const { type, collection } = resultOf(operand);
  if (collection || without.has(familyOf(type))) {
    throw notServedAt(place, "'in' takes a primitive value on its left.");
  }
  const items = listItems(binder, syntax.right, scope);
  if (items) return amongItems(operand, items, { place, scope });
  const list = binder.bind(syntax.right, scope);
  const { type: element, collection: isMany } = resultOf(list);
  if (isMany && list.kind === 'literal') {
    const values = list.value as readonly Literal['value'][];
    const members = values.map((value) =>
      value === null || !element ? nullLiteral(element) : literal(element, value),
    );
    return amongItems(
      operand,
      members.map((each) => ({ each, at: syntax.right.at })),
      { place, scope },
    );
  }
  if (!isMany && familyOf(element) !== 'untyped') {
    throw refusalAt(place, "The right operand of 'in' has to be a collection.");
  }
  if (list.kind !== 'path') throw notServedAt(place, "'in' takes a list or a path.");
  if (without.has(familyOf(element))) throw notServedAt(place, "'in' takes primitive values.");
  // The members of a collection compare as one of them does.
  const member: Expression = { ...list, result: { type: element, collection: false } };
  const fitted = fit(operand, member);
  if (!fitted) throw refuseOperands(place, 'in', [operand, list]);
  return { kind: 'in', operand: fitted, list: [list] };
}

interface Item {
  readonly each: Expression;
  readonly at: number;
}

/** The items of a list or of an array that is written here. */
function listItems(
  binder: Binder,
  syntax: ExpressionSyntax,
  scope: Scope,
): readonly Item[] | undefined {
  if (syntax.kind !== 'array') return undefined;
  return syntax.items.map((item) => ({ each: binder.bind(item, scope), at: item.at }));
}

function amongItems(
  operand: Expression,
  items: readonly Item[],
  { place, scope }: { place: Place; scope: Scope },
): Expression {
  const pairs = items.map(({ each, at }) => {
    const pair = agree(operand, each);
    if (!pair) throw refuseOperands({ option: scope.option, at }, 'in', [operand, each]);
    if (resultOf(each).collection) throw notServedAt(place, 'Collections are not compared.');
    return pair;
  });
  const isList = pairs.every(([left, right]) => left === operand && right.kind === 'literal');
  if (isList) return { kind: 'in', operand, list: pairs.map(([, right]) => right) };
  const operands = pairs.map(
    ([left, right]): Expression => ({ kind: 'comparison', operator: 'eq', left, right }),
  );
  return operands.length === 1 ? operands[0]! : { kind: 'or', operands };
}

/** `has`: whether flags are set (OData URL Conventions 4.01, section 5.1.1.1.10). */
export function bindHas(binder: Binder, syntax: BinarySyntax, scope: Scope): Has {
  const place = { option: scope.option, at: syntax.operatorAt };
  const operand = binder.bind(syntax.left, scope);
  const flags = binder.bind(syntax.right, scope);
  const fitted = fit(flags, operand);
  const families = [operand, flags].map((each) =>
    isNull(each) ? 'untyped' : familyOf(resultOf(each).type),
  );
  const isEnum = families[0] === 'enum' || families[0] === 'untyped';
  const isMany = resultOf(operand).collection || resultOf(flags).collection;
  if (!fitted || !isEnum || isMany) throw refuseOperands(place, 'has', [operand, flags]);
  return { kind: 'has', operand, flags: fitted };
}
