import type { CollectionQuery, PageMark } from '#plan/query.ts';
import type { OptionsSyntax } from '../language/options/syntax.ts';
import { bindFilter } from './bind-filter.ts';
import { bindOrderBy } from './bind-order-by.ts';
import { bindSearch } from './bind-search.ts';
import type { Binding, ValueType } from './binder.ts';
import { notServedAt } from './refuse-at.ts';

/** What is asked of a collection, and what holds where nothing is asked. */
export interface CollectionRequest extends Binding {
  /** The type of the collection's members. */
  readonly type: ValueType;
  readonly options: OptionsSyntax;
  /** Members on a page. */
  readonly pageSize: number;
  /** Where the page begins. */
  readonly after?: PageMark | undefined;
  /** What holds where an option is not written. */
  readonly defaults?: { readonly top?: number; readonly skip?: number; readonly count?: boolean };
  /** The option around these options, in whose text they stand, and where. */
  readonly nestedIn?: { readonly option: string; readonly at: number } | undefined;
  /** What `$it` is there, where the entity is in hand when the query is run. */
  readonly outer?: ValueType | undefined;
}

/** Options whose syntax is known and that have no behaviour. */
const unserved = ['$apply', '$at', '$from', '$to', '$toInclusive'] as const;

/**
 * Which members of a collection are asked for, in which order: `$filter`, `$search`, `$orderby`,
 * `$skip`, `$top`, `$count`, and the page. Options of aggregation and temporal data are 501.
 */
export function bindCollectionQuery(request: CollectionRequest): CollectionQuery {
  const { model, aliases, type, options, defaults = {}, nestedIn, outer } = request;
  refuseUnserved(options, nestedIn);
  const { $filter, $search, $orderby, $compute: compute } = options;
  const option = nestedIn?.option;
  const isNested = nestedIn !== undefined;
  const shared = { model, aliases, type, compute, option, isNested, outer };
  return {
    filter: $filter && bindFilter({ ...shared, syntax: $filter }),
    search: $search && bindSearch({ ...shared, syntax: $search }),
    orderBy: $orderby ? bindOrderBy({ ...shared, syntax: $orderby }) : [],
    skip: options.$skip ?? defaults.skip ?? 0,
    top: options.$top ?? defaults.top,
    pageSize: request.pageSize,
    after: request.after,
    count: options.$count ?? defaults.count ?? false,
  };
}

/** Refuses what is written in the language but not served: aggregation and temporal data. */
export function refuseUnserved(
  options: OptionsSyntax,
  nestedIn?: { readonly option: string; readonly at: number },
): void {
  const name = unserved.find((each) => options[each] !== undefined);
  if (name === undefined) return;
  throw notServedAt(nestedIn ?? { option: name, at: 0 }, `The option '${name}' is not served.`);
}
