import type { ApplySyntax } from './apply/syntax.ts';
import type {
  ComputeSyntax,
  ExpressionSyntax,
  FilterSyntax,
  OrderBySyntax,
} from './expressions/syntax.ts';
import { parseOptionValue } from './options/parse-option-value.ts';
import type { SearchSyntax } from './options/search-syntax.ts';
import type { ExpandSyntax, OptionValue, SelectSyntax } from './options/syntax.ts';
import { openCursor } from './rules.ts';
import type { SystemOptionName } from './system-options.ts';

/*
 * One option from its decoded text. Each function throws a SyntaxRefusal whose target is the
 * option and whose position counts in that text.
 */

/** The value of any system option; `escaped` as `decodeQueryPart` gives it. */
export function parseSystemOption<Name extends SystemOptionName>(
  name: Name,
  text: string,
  escaped?: ReadonlySet<number>,
): OptionValue<Name> {
  const cursor = openCursor(text, name, escaped);
  const { value } = parseOptionValue(cursor, name, 0);
  cursor.skipSpace();
  if (!cursor.isAtEnd) cursor.refuse('an operator, a separator or the end');
  return value as OptionValue<Name>;
}

/** `$filter` (OData ABNF 4.01, filter). */
export function parseFilter(text: string): FilterSyntax {
  return parseSystemOption('$filter', text);
}

/** `$orderby` (OData ABNF 4.01, orderby). */
export function parseOrderBy(text: string): OrderBySyntax {
  return parseSystemOption('$orderby', text);
}

/** `$select` (OData ABNF 4.01, select). */
export function parseSelect(text: string): SelectSyntax {
  return parseSystemOption('$select', text);
}

/** `$expand` (OData ABNF 4.01, expand). */
export function parseExpand(text: string): ExpandSyntax {
  return parseSystemOption('$expand', text);
}

/** `$search` (OData ABNF 4.01, search). */
export function parseSearch(text: string): SearchSyntax {
  return parseSystemOption('$search', text);
}

/** `$compute` (OData ABNF 4.01, compute). */
export function parseCompute(text: string): ComputeSyntax {
  return parseSystemOption('$compute', text);
}

/** `$apply` (OData Aggregation ABNF, apply). */
export function parseApply(text: string): ApplySyntax {
  return parseSystemOption('$apply', text);
}

/**
 * An expression on its own, such as the value of an alias or of an implicit one
 * (OData ABNF 4.01, parameterValue).
 */
export function parseParameterValue(text: string, target: string): ExpressionSyntax {
  const cursor = openCursor(text, target);
  cursor.skipSpace();
  const value = cursor.rules.expression(cursor);
  cursor.skipSpace();
  if (!cursor.isAtEnd) cursor.refuse('an operator or the end');
  return value;
}
