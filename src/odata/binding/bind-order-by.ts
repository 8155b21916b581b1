import type { OrderItem } from '#plan/query.ts';
import type { OrderBySyntax } from '../language/expressions/syntax.ts';
import type { ExpressionRequest } from './bind-filter.ts';
import { openScope } from './binder.ts';
import { ExpressionBinder } from './expression-binder.ts';
import { type Family, familyOf, resultOf } from './operands/value-types.ts';
import { refusalAt } from './refuse-at.ts';

const unordered: ReadonlySet<Family> = new Set(['binary', 'complex', 'entity', 'place', 'stream']);

/**
 * The keys of `$orderby` (OData URL Conventions 4.01, section 5.1.5). Each has to give one
 * primitive value that has an order.
 */
export function bindOrderBy(request: ExpressionRequest<OrderBySyntax>): readonly OrderItem[] {
  const { option = '$orderby', type, compute, isNested, outer } = request;
  const computeOption = request.option;
  const scope = openScope({ option, type, compute, computeOption, isNested, outer });
  const binder = new ExpressionBinder(request);
  return request.syntax.map(({ at, expression: written, direction }) => {
    const expression = binder.bind(written, scope);
    const result = resultOf(expression);
    if (result.collection || unordered.has(familyOf(result.type))) {
      const message = 'The $orderby expression must evaluate to a single value of primitive type.';
      throw refusalAt({ option, at }, message);
    }
    return { expression, descending: direction === 'desc' };
  });
}
