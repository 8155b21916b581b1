import type { Property } from '#model/model.ts';
import { facetNames } from '#model/profile/facet-members.ts';
import type { SearchExpression } from '#plan/expression.ts';
import type { SearchSyntax, SearchTermSyntax } from '../language/options/search-syntax.ts';
import type { Binding, ValueType } from './binder.ts';
import { edm } from './operands/value-types.ts';
import {
  checkQueryable,
  findAmongDerived,
  findDeclared,
  refuseMember,
} from './paths/find-member.ts';
import { notServedAt, refusalAt } from './refuse-at.ts';

const USER = 'microsoft.graph.user';

/** What a search is bound in. */
export interface SearchRequest extends Omit<Binding, 'aliases'> {
  readonly type: ValueType;
  readonly syntax: SearchSyntax;
  /** The option in whose text it stands; `$search` where nothing is said. */
  readonly option?: string | undefined;
}

/**
 * What `$search` looks for: words and phrases anywhere, Graph's `"property:text"` in one property
 * (Graph: Use the $search query parameter), of people also in one kind of facet. Refuses a property
 * that is unknown or no text.
 */
export function bindSearch(request: SearchRequest): SearchExpression {
  const { type, syntax, option = '$search' } = request;
  return bindSearchFor(request, type, syntax, option);
}

/** The same, for a part of another option. */
export function bindSearchFor(
  binding: Omit<Binding, 'aliases'>,
  type: ValueType | undefined,
  syntax: SearchSyntax,
  option: string,
): SearchExpression {
  switch (syntax.kind) {
    case 'and':
    case 'or': {
      const operands = syntax.operands.map((each) => bindSearchFor(binding, type, each, option));
      return { kind: syntax.kind, operands };
    }
    case 'not':
      return { kind: 'not', operand: bindSearchFor(binding, type, syntax.operand, option) };
    default:
      return bindTerm(binding, type, syntax, option);
  }
}

function bindTerm(
  binding: Omit<Binding, 'aliases'>,
  type: ValueType | undefined,
  { clause, text, at }: SearchTermSyntax,
  option: string,
): SearchExpression {
  const place = { option, at };
  if (type?.kind !== 'entity') throw notServedAt(place, 'Only entities are searched.');
  if (!clause) return { kind: 'phrase', text, property: undefined };
  const { property: name } = clause;
  if (!binding.model.isForeign && type.name === USER && facetNames.includes(name)) {
    return { kind: 'facet', facets: [name], text: clause.text };
  }
  const member = findDeclared(type, name);
  const derived = member ? undefined : findAmongDerived(binding.model, type, name);
  if (!member && !derived) throw refuseMember(place, type, name);
  const property = member?.kind === 'property' ? member.property : derived;
  if (!property || !isText(property)) {
    const message = `The property '${name}' holds no text to search.`;
    throw refusalAt(place, message, { name: 'unsupportedQuery', target: name });
  }
  checkQueryable({ ...binding, aliases: new Map() }, type, property, place);
  return { kind: 'phrase', text: clause.text, property };
}

function isText({ type }: Property): boolean {
  return type === edm('Edm.String') || type.kind === 'enum';
}
