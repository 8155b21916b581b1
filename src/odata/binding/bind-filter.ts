import type { Expression } from '#plan/expression.ts';
import type { ComputeSyntax, FilterSyntax } from '../language/expressions/syntax.ts';
import { type Binding, openScope, type ValueType } from './binder.ts';
import { ExpressionBinder } from './expression-binder.ts';

/** What an option with expressions is bound in. */
export interface ExpressionRequest<Syntax> extends Binding {
  /** The type of what is asked for: of an entity, of a member, of the value itself. */
  readonly type: ValueType;
  readonly syntax: Syntax;
  /** What the same request computes, which the option may name. */
  readonly compute?: ComputeSyntax | undefined;
  /** The option in whose text it stands, where that is another: `$expand`, `the path`. */
  readonly option?: string | undefined;
  /** Whether it is nested in another option, where `$it` is outside the query. */
  readonly isNested?: boolean | undefined;
  /** The type of that `$it`, where the entity is in hand when the query is run. */
  readonly outer?: ValueType | undefined;
}

/**
 * What `$filter` and `/$filter(...)` demand (OData URL Conventions 4.01, section 5.1.2): one
 * Boolean, in which the plan's `$it` is what is filtered. Refuses, with the place in the text,
 * names that lead nowhere and operands of wrong types.
 */
export function bindFilter(request: ExpressionRequest<FilterSyntax>): Expression {
  const { option = '$filter', type, compute, isNested, outer } = request;
  const computeOption = request.option;
  const scope = openScope({ option, type, compute, computeOption, isNested, outer });
  return new ExpressionBinder(request).condition(request.syntax, scope, 'The $filter expression');
}
