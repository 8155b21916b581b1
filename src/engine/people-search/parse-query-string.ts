import { Refusal } from '#errors.ts';
import { facetNames } from '#model/profile/facet-members.ts';
import type { FacetSearch, SearchExpression } from '#plan/expression.ts';
import { wordsIn } from '#plan/search-words.ts';

/** A term of KQL: perhaps a property and a colon, then words in quotes or one word. */
const TERM = /(?:(\w+):)?(?:"([^"]*)"|([^\s"()]+))|([()])/g;
/** Terms of one query. */
const TERMS_MAX = 20;

/** What a query string looks for, and its words. */
export interface PeopleQuery {
  readonly search: SearchExpression | undefined;
  readonly terms: readonly string[];
}

/**
 * What a KQL query string looks for in people's facets: words and phrases in any of them, or behind
 * a facet's name in those; all of them but where OR stands between (Keyword Query Language syntax).
 * A search for nothing finds nobody. Refuses what else KQL has.
 */
export function parseQueryString(text: string): PeopleQuery {
  const alternatives: FacetSearch[][] = [[]];
  const terms: string[] = [];
  for (const [whole, name, phrase, word = '', bracket] of text.matchAll(TERM)) {
    if (bracket || whole === 'NOT' || whole.startsWith('-')) throw notServed(bracket ?? whole);
    if (whole === 'AND') continue;
    if (whole === 'OR') {
      alternatives.push([]);
      continue;
    }
    if (name !== undefined && !facetNames.includes(name)) throw unknown(name);
    const sought = phrase ?? word.replace(/\*$/, '');
    const words = wordsIn(sought);
    if (words.length === 0) continue;
    terms.push(...words);
    const facets = name === undefined ? facetNames : [name];
    alternatives.at(-1)!.push({ kind: 'facet', facets, text: sought });
  }
  if (terms.length > TERMS_MAX) {
    const message = `A query has at most ${TERMS_MAX} words.`;
    throw new Refusal('badRequest', message, { target: 'queryString' });
  }
  const each = alternatives.flatMap((all) => group('and', all) ?? []);
  return { search: group('or', each), terms };
}

function group(
  kind: 'and' | 'or',
  operands: readonly SearchExpression[],
): SearchExpression | undefined {
  return operands.length < 2 ? operands[0] : { kind, operands };
}

function notServed(what: string): Refusal {
  const message = `'${what}' is not served in a query for people. Use words, phrases, AND and OR.`;
  return new Refusal('badRequest', message, { target: 'queryString' });
}

function unknown(name: string): Refusal {
  const message = `'${name}' is no facet of people. Facets are ${facetNames.join(', ')}.`;
  return new Refusal('badRequest', message, { target: 'queryString' });
}
