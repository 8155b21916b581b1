import { Refusal } from '#errors.ts';
import type { Model } from '#model/model.ts';
import { bindCollectionQuery, refuseUnserved } from '#odata/binding/bind-collection-query.ts';
import { bindSelection } from '#odata/binding/bind-selection.ts';
import type { OptionsSyntax } from '#odata/language/options/syntax.ts';
import { parseQuery } from '#odata/language/parse-query-options.ts';
import { readPageToken, type Sign } from '#odata/page-token.ts';
import { type CollectionQuery, nothingAsked, type Selection } from '#plan/query.ts';
import type { Fidelity } from '#plan/request.ts';
import type { Target } from '#plan/target.ts';
import type { ServiceRequest } from '../service-request.ts';

/** Members on a page where nothing is asked, and at most. */
const PAGE = 100;
const PAGE_MAX = 999;

const everything: Selection = { properties: undefined, expand: [], compute: [] };
/** Options that say something about a collection. */
export const collectionOptions = ['$filter', '$search', '$orderby', '$skip', '$top'] as const;

/** Options that choose among members, of which a reference has none. */
const choosing = ['$select', '$expand', '$compute'] as const;

/** Options that belong inside `$expand`, to an insertion, or behind a delta link. */
const misplaced = ['$levels', '$index', '$deltatoken'] as const;

/** Queries whose options are known, and how long one of them may be. */
const KNOWN_MAX = 500;
const KNOWN_CHARACTERS = 2000;
const known = new Map<string, OptionsSyntax>();

/**
 * The options of a request, parsed; undefined where there are none. Clients ask the same queries
 * again and again: each is parsed once.
 */
export function parseOptions({ query }: ServiceRequest): OptionsSyntax | undefined {
  if (query === '') return undefined;
  const before = known.get(query);
  if (before) return before;
  const options = parseQuery(withoutSpaces(query));
  if (query.length > KNOWN_CHARACTERS) return options;
  if (known.size >= KNOWN_MAX) known.clear();
  known.set(query, options);
  return options;
}

/** Spaces in front of a value mean nothing to Graph; its page "user: delta" writes one. */
function withoutSpaces(query: string): string {
  return query.replace(/((?:^|&)[^=&]*=)(?:%20|\+)+/g, '$1');
}

/** What is shown of an entity. Refuses options that only collections take. */
export function bindEntityOptions(
  model: Model,
  target: Pick<Target, 'type'>,
  options: OptionsSyntax | undefined,
  pageSize?: number,
): Selection {
  if (!options) return everything;
  refuseUnserved(options);
  refuseMisplaced(options);
  for (const name of collectionOptions) {
    if (options[name] === undefined) continue;
    const message = `The query option '${name}' needs a collection.`;
    throw new Refusal('malformedRequest', message, { target: name });
  }
  return bindShown(model, target, options, pageSize);
}

/**
 * What is shown of each member of a collection; what it expands comes in pages of a size that the
 * client may want smaller (`Prefer: odata.maxpagesize`; OData Protocol 4.01, section 8.2.8.5).
 */
export function bindShown(
  model: Model,
  target: Pick<Target, 'type'>,
  options: OptionsSyntax | undefined,
  pageSize = PAGE_MAX,
): Selection {
  if (!options) return everything;
  const { $select: select, $expand: expand, $compute: compute, aliases } = options;
  if (!select && !expand && !compute) return everything;
  const { type } = target;
  const size = Math.min(pageSize, PAGE_MAX);
  return bindSelection({ model, type, aliases, select, expand, compute, pageSize: size });
}

/** A collection, and what the request says of it. */
export interface QueryRequest {
  readonly model: Model;
  readonly target: Target;
  readonly options: OptionsSyntax | undefined;
  /** `Prefer: odata.maxpagesize`. */
  readonly pageSize: number | undefined;
  /** What a page token must have been written for. */
  readonly scope: string;
  readonly sign: Sign;
}

/** Which members of a collection are asked for, and the page of them. */
export function bindQuery(request: QueryRequest): CollectionQuery {
  const { model, target, options, scope, sign } = request;
  const token = options?.$skiptoken;
  const after = token === undefined ? undefined : readPageToken(token, scope, sign);
  const pageSize = Math.min(request.pageSize ?? PAGE, PAGE_MAX);
  if (!options) {
    return { ...nothingAsked, pageSize, after };
  }
  refuseMisplaced(options);
  const { aliases } = options;
  const { type } = target;
  return bindCollectionQuery({ model, aliases, type, options, pageSize, after });
}

/** Refuses what chooses members where only references are sent (Protocol 4.01, section 11.2.8). */
export function refuseChoosing(options: OptionsSyntax | undefined): void {
  const name = choosing.find((each) => options?.[each] !== undefined);
  if (name === undefined) return;
  const message = `The query option '${name}' has no meaning for references.`;
  throw new Refusal('malformedRequest', message, { target: name });
}

function refuseMisplaced(options: OptionsSyntax): void {
  const name = misplaced.find((each) => options[each] !== undefined);
  if (name === undefined) return;
  const message = `The query option '${name}' has no meaning here.`;
  throw new Refusal('malformedRequest', message, { target: name });
}

/**
 * The query with its page in order. On live Graph `$top` is the size of a page, and the rest
 * follows behind its nextLink; in OData it is how many there are in all.
 */
export function pageOf(query: CollectionQuery, fidelity: Fidelity): CollectionQuery {
  if (fidelity === 'odata' || query.top === undefined) return query;
  return { ...query, top: undefined, pageSize: Math.min(query.top, PAGE_MAX) };
}
