import type { Expression } from '#plan/expression.ts';
import type { ComputeSyntax } from '../language/expressions/syntax.ts';
import type { ExpressionRequest } from './bind-filter.ts';
import { openScope } from './binder.ts';
import { ExpressionBinder } from './expression-binder.ts';
import { findMember } from './paths/find-member.ts';
import { refusalAt } from './refuse-at.ts';

/** A value that `$compute` adds, under the name by which options and answers call it. */
export interface ComputedMember {
  readonly alias: string;
  readonly expression: Expression;
}

/**
 * What `$compute` adds (OData URL Conventions 4.01, section 5.1.3). An item may name those before
 * it; a name that the type or another item has is refused.
 */
export function bindCompute(
  request: Omit<ExpressionRequest<ComputeSyntax>, 'compute'>,
): readonly ComputedMember[] {
  const { option = '$compute', type, syntax, isNested } = request;
  const binder = new ExpressionBinder(request);
  return syntax.map(({ at, alias }, index) => {
    const isDeclared =
      (type.kind === 'entity' || type.kind === 'complex') && findMember(type, alias);
    if (isDeclared || syntax.findIndex((each) => each.alias === alias) < index) {
      const message = `The name '${alias}' of a computed value is already taken.`;
      throw refusalAt({ option, at }, message, { target: alias });
    }
    const scope = openScope({ option, type, compute: syntax, computeOption: option, isNested });
    return { alias, expression: binder.computed(scope.here, index, scope) };
  });
}
