import { Refusal } from '#errors.ts';
import { directorySupport, readOneByOne } from '#model/filter-support.ts';
import type { CollectionQuery, Expansion, OrderItem, Selection } from '#plan/query.ts';
import type { Fidelity, ListPlan, ReadPlan } from '#plan/request.ts';
import type { Target } from '#plan/target.ts';
import { checkDirectoryFilter } from './directory-query-filter.ts';
import { needsAdvanced, refuseOption, resourceName } from './directory-query-refusals.ts';
import {
  adviseAdvanced,
  type Circumstances,
  isAdvanced,
  type QueryRules,
} from './directory-query-rules.ts';
import { checkDirectorySearch } from './directory-query-search.ts';

/** What of a request decides about its query, beside the plan. */
export interface QueryConditions {
  readonly fidelity: Fidelity;
  /** The header `ConsistencyLevel` as it is sent; undefined when it is absent. */
  readonly consistencyLevel: string | undefined;
  /** Whether `$count=true` is sent. */
  readonly hasCount: boolean;
}

/** Members on a page of directory objects, at most. */
const TOP_MAX = 999;

/**
 * The query of a collection of users, groups or directory objects as Graph answers it: without a
 * `$count=true` that Graph overlooks. Refuses, in Graph's words, what Graph refuses; a detail says
 * what is missing (Graph's pages "Advanced query capabilities" and "Query parameters"). Collections
 * of other types pass as they are. The roots v1.0, beta and localtest have one set of rules here;
 * `odata` fidelity lifts all of them.
 */
export function checkDirectoryQuery(plan: ListPlan, conditions: QueryConditions): CollectionQuery {
  const { target, selection, query } = plan;
  const support = directorySupport(target.type.name);
  if (!support || conditions.fidelity === 'odata') return query;
  const isCount = target.ending.kind === 'count';
  const circumstances: Circumstances = {
    isEventual: isEventual(conditions),
    hasCount: conditions.hasCount || isCount,
    isExpanding: selection.expand.length > 0,
  };
  const rules: QueryRules = { type: target.type, support, circumstances };
  if (isCount) checkCountSegment(circumstances);
  checkDeleted(target);
  checkPage(query);
  checkExpand(selection.expand, { isSingle: false, circumstances });
  checkSelect(selection, target);
  if (query.search) checkDirectorySearch(query.search, rules);
  checkReach(query, target, circumstances);
  if (query.filter) checkDirectoryFilter(query.filter, rules);
  for (const item of query.orderBy) checkOrder(item, rules);
  return query.count && !isAdvanced(circumstances) ? { ...query, count: false } : query;
}

/** Refuses what Graph does not expand with one user, group or directory object. */
export function checkDirectoryRead(plan: ReadPlan, conditions: QueryConditions): void {
  const { target, selection } = plan;
  if (conditions.fidelity === 'odata' || !directorySupport(target.type.name)) return;
  const circumstances: Circumstances = {
    isEventual: isEventual(conditions),
    hasCount: conditions.hasCount,
    isExpanding: false,
  };
  checkExpand(selection.expand, { isSingle: true, circumstances });
}

function isEventual({ consistencyLevel }: QueryConditions): boolean {
  return consistencyLevel?.trim().toLowerCase() === 'eventual';
}

/** What is deleted is listed type by type. */
function checkDeleted({ resource, steps }: Target): void {
  if (!resource.isApart || steps.some(({ kind }) => kind === 'cast')) return;
  const message = 'The type of the deleted items is needed in the path.';
  const advice = 'List /directory/deletedItems/microsoft.graph.user or .group.';
  throw refuseOption('deletedItems', message, advice);
}

function checkCountSegment(circumstances: Circumstances): void {
  if (circumstances.isEventual) return;
  throw new Refusal('badRequest', '$count is not currently supported.', {
    target: '$count',
    details: [adviseAdvanced(circumstances, 'header')],
  });
}

function checkPage({ skip, top }: CollectionQuery): void {
  if (skip > 0) {
    const advice = 'Follow @odata.nextLink, which carries a $skiptoken.';
    throw new Refusal('badRequest', "'$skip' is not supported by the service.", {
      target: '$skip',
      details: [{ code: 'OptionNotSupported', message: advice, target: '$skip' }],
    });
  }
  if (top === undefined || (top >= 1 && top <= TOP_MAX)) return;
  const range = `Must be between 1 and ${TOP_MAX} inclusive.`;
  const message = `Invalid page size specified: '${top}'. ${range}`;
  throw refuseOption('$top', message, 'Follow @odata.nextLink for more members.');
}

function checkExpand(
  expansions: readonly Expansion[],
  { isSingle, circumstances }: { isSingle: boolean; circumstances: Circumstances },
): void {
  for (const { navigation, levels, selection } of expansions) {
    if (navigation.name === 'photo' || navigation.name === 'photos') {
      const property = navigation.name === 'photo' ? 'Photo' : 'Photos';
      const message = `Expand is not allowed for property '${property}'`;
      throw new Refusal('expandNotSupported', `${message} according to the entity schema.`, {
        target: navigation.name,
      });
    }
    if (levels !== 1 && !isSingle) {
      const what = "Transitive manager's list is only supported on a single user";
      const message = `${what}, send the $expand request on /users/{id} endpoint`;
      throw refuseOption('$expand', message, 'Ask for one user, or leave out $levels.');
    }
    if (levels !== 1 && !circumstances.isEventual) {
      throw needsAdvanced('$expand', adviseAdvanced(circumstances));
    }
    checkExpand(selection.expand, { isSingle, circumstances });
  }
  if (expansions.length <= 1) return;
  const count = expansions.length;
  const message = `The result of parsing $expand contained at least ${count} items`;
  throw new Refusal('malformedRequest', `${message}, but the maximum allowed is 1.`, {
    target: '$expand',
  });
}

/** A selection of everything is `*`, which leaves out what Graph keeps elsewhere. */
function checkSelect({ properties = [] }: Selection, { type }: Target): void {
  if (properties.length >= type.properties.size) return;
  const elsewhere = properties.find(({ property }) => readOneByOne.has(property.name));
  if (!elsewhere) return;
  const { name } = elsewhere.property;
  throw new Refusal('notImplemented', 'This operation target is not yet supported.', {
    target: name,
    details: [
      {
        code: 'SingleUserOnly',
        message: `Select '${name}' on one user: /users/{id}?$select=${name}.`,
        target: name,
      },
    ],
  });
}

/** What advanced queries alone do: filter and order together, and either behind a relation or cast. */
function checkReach(query: CollectionQuery, target: Target, circumstances: Circumstances): void {
  if (isAdvanced(circumstances)) return;
  const isRelated = target.steps.length > 0;
  const isOrdered = query.orderBy.length > 0;
  const details = [adviseAdvanced(circumstances)];
  if (query.filter && isRelated) {
    const message =
      'The specified filter to the reference property query is currently not supported.';
    throw new Refusal('unsupportedQuery', message, { target: '$filter', details });
  }
  if (isOrdered && (query.filter || isRelated)) {
    const message = 'Sorting not supported for current query.';
    throw new Refusal('unsupportedQuery', message, { target: '$orderby', details });
  }
}

function checkOrder({ expression }: OrderItem, rules: QueryRules): void {
  const { type, support, circumstances } = rules;
  const step =
    expression.kind === 'path' && expression.steps.length === 1 ? expression.steps[0] : undefined;
  const name = step?.kind === 'property' ? step.property.name : undefined;
  const level = name === undefined ? 'no' : (support.orderable.get(name) ?? 'no');
  if (level === 'default' || (level === 'advanced' && isAdvanced(circumstances))) return;
  const sort = `Unsupported sort property '${name ?? '$orderby'}' for '${resourceName(type)}'.`;
  if (level === 'advanced') {
    const details = [adviseAdvanced(circumstances)];
    throw new Refusal('unsupportedQuery', sort, { target: '$orderby', details });
  }
  const message = isAdvanced(circumstances) ? 'An unsupported property was specified.' : sort;
  const names = [...support.orderable.keys()].join(', ');
  throw refuseOption('$orderby', message, `Order by one of these: ${names}.`);
}
