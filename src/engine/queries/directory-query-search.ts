import { Refusal } from '#errors.ts';
import type { DirectorySupport } from '#model/filter-support.ts';
import type { SearchExpression } from '#plan/expression.ts';
import { refuseOption, resourceName } from './directory-query-refusals.ts';
import { adviseAdvanced, type QueryRules } from './directory-query-rules.ts';

/**
 * Refuses `$search` without the header, on a property that is no searchable text, and with NOT
 * (Graph's page "$search"). Words without a property pass: they are sought in what is tokenised.
 */
export function checkDirectorySearch(search: SearchExpression, rules: QueryRules): void {
  const { isEventual, isExpanding } = rules.circumstances;
  if (!isEventual || isExpanding) {
    const what = 'Request with $search query parameter only works through MSGraph with a special';
    throw new Refusal('unsupportedQuery', `${what} request header: 'ConsistencyLevel: eventual'`, {
      target: '$search',
      details: [adviseAdvanced(rules.circumstances, 'header')],
    });
  }
  checkSearchClause(search, rules);
}

function checkSearchClause(search: SearchExpression, rules: QueryRules): void {
  switch (search.kind) {
    case 'and':
    case 'or':
      for (const operand of search.operands) checkSearchClause(operand, rules);
      return;
    case 'not':
      throw refuseOption('$search', "Search operator 'NOT' is not supported.", 'Use AND and OR.');
    case 'facet':
    case 'among':
      return;
    case 'phrase': {
      const name = search.property?.name;
      if (name === undefined || isSearchable(name, rules.support)) return;
      const what = `Unsupported or invalid search clause specified for property '${name}'`;
      const message = `${what} of resource '${resourceName(rules.type)}'.`;
      throw refuseOption('$search', message, 'Search by a text that supports startswith.');
    }
  }
}

/** Any text that `startswith` takes can stand in `$search` (Graph's page "$search"). */
function isSearchable(property: string, { filter }: DirectorySupport): boolean {
  const support = filter.get(property);
  return support !== undefined && support.startsWith !== 'no';
}
