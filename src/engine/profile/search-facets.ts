import type { Document, Value } from '#plan/document.ts';
import type { SearchExpression } from '#plan/expression.ts';
import { tokenise } from '#plan/tokenise.ts';

/** Members that say something about a facet, and nothing of what it tells. */
const beside: ReadonlySet<string> = new Set([
  'id',
  'allowedAudiences',
  'inference',
  'createdDateTime',
  'createdBy',
  'lastModifiedDateTime',
  'lastModifiedBy',
  'source',
  'sources',
]);

/**
 * Whether a search finds a facet: words by their beginnings, in any of its texts. One that is not
 * searchable is found by none.
 */
export function isFound(search: SearchExpression, members: Document): boolean {
  return members.isSearchable !== false && matches(search, members);
}

function matches(search: SearchExpression, members: Document): boolean {
  switch (search.kind) {
    case 'facet':
    case 'among':
      return false;
    case 'not':
      return !matches(search.operand, members);
    case 'and':
      return search.operands.every((each) => matches(each, members));
    case 'or':
      return search.operands.some((each) => matches(each, members));
    default: {
      const { property, text } = search;
      const told = property ? textsIn(members[property.name]) : textsOf(members);
      const words = told.flatMap(tokenise);
      return tokenise(text).every((sought) => words.some((word) => word.startsWith(sought)));
    }
  }
}

function textsOf(members: Document): string[] {
  return Object.entries(members).flatMap(([name, value]) => {
    return beside.has(name) || name.startsWith('@') ? [] : textsIn(value);
  });
}

function textsIn(value: Value | undefined): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return value !== null && typeof value === 'object' ? textsOf(value) : [];
}
