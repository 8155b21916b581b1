import type { Count, Expression, Quantifier } from '#plan/expression.ts';
import type { CountStep, LambdaStep } from '../../language/expressions/syntax.ts';
import { bindSearchFor } from '../bind-search.ts';
import type { Binder, Scope, Variable } from '../binder.ts';
import { booleanLiteral, edm } from '../operands/value-types.ts';
import { notServedAt, refusalAt } from '../refuse-at.ts';
import type { MemberPath } from './member-path.ts';

/** `any` and `all` (OData URL Conventions 4.01, section 5.1.1.13). */
export function bindLambda(
  binder: Binder,
  path: MemberPath,
  { step, scope }: { step: LambdaStep; scope: Scope },
): Quantifier {
  const place = path.place(step.at);
  if (!path.mayBeCollection) {
    throw refusalAt(place, `'${step.quantifier}' may only be used following a collection.`);
  }
  const name = step.variable ?? '$this';
  if (scope.lambda.has(name)) {
    throw refusalAt(place, `The range variable '${name}' has already been declared.`);
  }
  const variable: Variable = memberOf(path, name);
  const filter = bindFilters(binder, path, variable, scope);
  const inner = { ...scope, lambda: new Map(scope.lambda).set(name, variable) };
  const written =
    step.predicate &&
    binder.condition(step.predicate, inner, `The predicate of '${step.quantifier}'`);
  const kind = step.quantifier;
  const predicate = kind === 'any' ? both(filter, written) : unless(filter, written);
  return { kind, collection: path.toPath(), variable: name, predicate };
}

/** `$count` of a collection (OData URL Conventions 4.01, section 4.8). */
export function bindCount(
  binder: Binder,
  path: MemberPath,
  { step, scope }: { step: CountStep; scope: Scope },
): Count {
  const place = path.place(step.at);
  if (!path.mayBeCollection) throw refusalAt(place, "'$count' stands behind a collection.");
  const variable = memberOf(path, '$this');
  const inner: Scope = { ...scope, here: variable };
  const written = step.filter && binder.condition(step.filter, inner, 'The $filter of $count');
  const filter = both(bindFilters(binder, path, variable, scope), written);
  if (step.search && path.type?.kind !== 'entity') {
    throw notServedAt(place, 'Only entities are searched.');
  }
  const search = step.search && bindSearchFor(binder, path.type, step.search, scope.option);
  const result = { type: edm('Edm.Int64'), collection: false };
  return { kind: 'count', result, collection: path.toPath(), variable: '$this', filter, search };
}

function memberOf({ type }: MemberPath, name: string): Variable {
  return { name, type, computed: [], computeOption: '' };
}

/** What `/$filter(...)` demands of the members, told of their variable. */
function bindFilters(
  binder: Binder,
  path: MemberPath,
  variable: Variable,
  scope: Scope,
): Expression | undefined {
  const inner: Scope = { ...scope, here: variable };
  return path.filters
    .map((predicate) => binder.condition(predicate, inner, 'The predicate of $filter'))
    .reduce<Expression | undefined>((one, other) => both(one, other), undefined);
}

function both(one: Expression | undefined, other: Expression | undefined): Expression | undefined {
  return one && other ? { kind: 'and', operands: [one, other] } : (one ?? other);
}

/** What is filtered out, or of which that is unknown, need not meet the predicate. */
function unless(
  filter: Expression | undefined,
  predicate: Expression | undefined,
): Expression | undefined {
  if (!filter || !predicate) return predicate;
  const right = booleanLiteral(true);
  const isOut: Expression = { kind: 'comparison', operator: 'ne', left: filter, right };
  return { kind: 'or', operands: [isOut, predicate] };
}
