import type { SearchExpression } from './expression.ts';

/** Whether a search asks for what people know. */
export function asksForFacets(search: SearchExpression | undefined): boolean {
  switch (search?.kind) {
    case 'facet':
      return true;
    case 'not':
      return asksForFacets(search.operand);
    case 'and':
    case 'or':
      return search.operands.some(asksForFacets);
    default:
      return false;
  }
}
