import { isKindOf, type Model, type Navigation } from '#model/model.ts';
import { findPermissions } from '#model/permissions.ts';
import { FAST_PI, GRAPH } from '#model/schema.ts';
import { searchedProperties } from '#model/searched-properties.ts';
import type { Caller } from '#plan/caller.ts';
import type { Expression, Path, SearchExpression } from '#plan/expression.ts';
import { operandsOf } from '#plan/operands.ts';
import type { CollectionQuery, Expansion, Selection } from '#plan/query.ts';
import { notServed } from '../place.ts';
import { denied, grants } from './grants.ts';
import { enter, follow, type Standpoint, seenAs } from './standpoint.ts';
import { viewOf } from './view.ts';

const facetHolders: ReadonlySet<string> = new Set([`${GRAPH}.profile`, `${FAST_PI}.profile`]);

/** For whom something is asked, of which model. */
export interface Asking {
  readonly model: Model;
  readonly caller: Caller;
}

/** What is asked of a collection, or of one entity. */
export interface AskedOf {
  readonly selection?: Selection;
  readonly query?: CollectionQuery;
  /** Conditions that stand elsewhere, as in a path. */
  readonly conditions?: readonly Expression[];
}

/**
 * Refuses with 403 to filter, order, search, count, compute or expand by what the caller may not
 * read. All that is asked is looked at before anything is read, so that no answer depends on it.
 * What is only selected need not be refused: it is masked where it is shown.
 */
export function checkVisible(asking: Asking, asked: AskedOf, at: Standpoint): void {
  if (asking.model.isForeign || asking.caller.isUnrestricted) return;
  const { selection, query, conditions = [] } = asked;
  const walk = new Walk(asking);
  const variables = new Map([['$it', at]]);
  for (const each of conditions) walk.expression(each, variables);
  if (query) walk.query(query, at);
  if (selection) walk.selection(selection, at);
}

/**
 * Refuses to ask by a member that the caller does not see. What a complex value holds is seen with
 * it.
 */
export function checkMember(asking: Asking, name: string, at: Standpoint): void {
  if (at.type.kind !== 'entity') return;
  const view = viewOf(asking.model, asking.caller, at.entity, at.isOwn);
  if (!view.shows(name)) throw view.refuse(name);
}

type Variables = ReadonlyMap<string, Standpoint>;

class Walk {
  private readonly asking: Asking;

  constructor(asking: Asking) {
    this.asking = asking;
  }

  query({ filter, orderBy, search }: CollectionQuery, at: Standpoint): void {
    const variables = new Map([['$it', at]]);
    if (filter) this.expression(filter, variables);
    for (const { expression } of orderBy) this.expression(expression, variables);
    if (search) this.search(search, at);
  }

  selection({ properties = [], compute, expand }: Selection, at: Standpoint): void {
    const variables = new Map([['$it', at]]);
    for (const { expression } of compute) this.expression(expression, variables);
    for (const { property, inside } of properties) {
      if (!inside || property.type.kind !== 'complex') continue;
      this.selection(inside, { ...at, type: property.type });
    }
    for (const each of expand) this.expansion(each, at);
  }

  private expansion(expansion: Expansion, at: Standpoint): void {
    const { path = [], navigation, type, query, selection, levels } = expansion;
    const from = this.steps(path, at) ?? at;
    const behind = follow(this.asking.caller, from, navigation);
    const inside = isKindOf(type, navigation.target) ? { ...behind, type, entity: type } : behind;
    if (levels !== 1 && path.length === 0) follow(this.asking.caller, inside, navigation);
    this.query(query, inside);
    this.selection(selection, inside);
  }

  expression(expression: Expression, variables: Variables): void {
    switch (expression.kind) {
      case 'path':
        this.path(expression, variables);
        return;
      case 'any':
      case 'all':
      case 'count':
        this.members(expression, variables);
        return;
      default:
        for (const each of operandsOf(expression)) this.expression(each, variables);
    }
  }

  /** A lambda or a count: its collection, and what is asked of the members. */
  private members(
    expression: Extract<Expression, { kind: 'any' | 'all' | 'count' }>,
    variables: Variables,
  ): void {
    const at = this.path(expression.collection, variables);
    const condition = expression.kind === 'count' ? expression.filter : expression.predicate;
    if (!at) {
      if (condition) this.expression(condition, without(variables, expression.variable));
      return;
    }
    if (condition) this.expression(condition, new Map([...variables, [expression.variable, at]]));
    if (expression.kind === 'count' && expression.search) this.search(expression.search, at);
  }

  /** Where a path ends; undefined at a plain value. */
  private path({ variable, steps }: Path, variables: Variables): Standpoint | undefined {
    const [first, second] = steps;
    const start =
      first?.kind === 'resource'
        ? enter(this.asking.caller, first.resource, second?.kind === 'key')
        : variables.get(variable);
    return start && this.steps(steps, start);
  }

  private steps(steps: Path['steps'], start: Standpoint): Standpoint | undefined {
    let at: Standpoint | undefined = start;
    for (const step of steps) {
      if (!at) return undefined;
      switch (step.kind) {
        case 'property': {
          const { name, type } = step.property;
          this.member(name, at);
          at = type.kind === 'complex' ? { ...at, type, way: `${at.way}/${name}` } : undefined;
          break;
        }
        case 'dynamic':
          this.member(step.name, at);
          at = undefined;
          break;
        case 'navigation':
          at = this.leadOn(at, step.navigation);
          break;
        case 'cast':
          at = seenAs(at, step.type);
          break;
        default:
      }
    }
    return at;
  }

  /**
   * Whom a facet reaches depends on whose it is: nothing is asked of many people by their facets.
   */
  private leadOn(at: Standpoint, navigation: Navigation): Standpoint {
    if (facetHolders.has(at.entity.name)) throw notServed();
    return follow(this.asking.caller, at, navigation);
  }

  private member(name: string, at: Standpoint): void {
    checkMember(this.asking, name, at);
  }

  private search(search: SearchExpression, at: Standpoint): void {
    if (search.kind === 'not') this.search(search.operand, at);
    else if (search.kind === 'facet') checkFacets(this.asking, search.facets);
    else if (search.kind === 'among') return;
    else if (search.kind !== 'phrase') for (const each of search.operands) this.search(each, at);
    else if (search.property) this.member(search.property.name, at);
    else for (const name of this.searched(at)) this.member(name, at);
  }

  private searched({ entity }: Standpoint): readonly string[] {
    return [...entity.kinds].flatMap((name) => {
      const kind = this.asking.model.types.get(name);
      return kind?.kind === 'entity' ? searchedProperties(kind) : [];
    });
  }
}

/** Whoever searches by facets may read those of everybody. */
function checkFacets({ caller }: Asking, facets: readonly string[]): void {
  const isApp = caller.user === undefined;
  for (const facet of facets) {
    const row = findPermissions(`GET /users/{id}/profile/${facet}`);
    const needed = (isApp ? row?.application : row?.delegated) ?? [];
    if (!grants(caller, needed)) throw denied(needed, isApp ? 'application' : 'delegated');
  }
}

function without(variables: Variables, name: string): Variables {
  const others = new Map(variables);
  others.delete(name);
  return others;
}
