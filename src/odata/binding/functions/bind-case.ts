import type { Choice, Expression } from '#plan/expression.ts';
import type { CaseSyntax } from '../../language/expressions/syntax.ts';
import type { Binder, Scope, ValueType } from '../binder.ts';
import { fit } from '../operands/agree.ts';
import { familyOf, isNull, promote, resultOf } from '../operands/value-types.ts';
import { notServedAt } from '../refuse-at.ts';

/** `case`: results of one type, or numbers (OData URL Conventions 4.01, section 5.1.1.12). */
export function bindCase(binder: Binder, syntax: CaseSyntax, scope: Scope): Choice {
  const branches = syntax.branches.map(({ when, result }) => ({
    condition: binder.condition(when, scope, "The condition of 'case'"),
    value: binder.bind(result, scope),
    at: result.at,
  }));
  const values = branches.map(({ value }) => value);
  // What is no literal has a type that literals can take.
  const leading =
    values.find((each) => each.kind !== 'literal') ?? values.find((each) => !isNull(each));
  const fitted = branches.map(({ condition, value, at }) => {
    const shared = leading && value !== leading ? fit(value, leading) : value;
    const place = { option: scope.option, at };
    if (!shared || resultOf(shared).collection) {
      throw notServedAt(place, "The results of 'case' have to be single values of one type.");
    }
    return { condition, value: shared };
  });
  const type = commonType(fitted.map(({ value }) => value));
  return { kind: 'case', result: { type, collection: false }, branches: fitted };
}

function commonType(values: readonly Expression[]): ValueType | undefined {
  const types = values.filter((each) => !isNull(each)).map((each) => resultOf(each).type);
  const [first] = types;
  if (types.length === 0 || familyOf(first) !== 'numeric') return first;
  return types.reduce((one, other) => promote(one, other), first);
}
