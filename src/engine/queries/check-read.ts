import { Refusal } from '#errors.ts';
import type { Model } from '#model/model.ts';
import type { Capabilities } from '#model/model-capabilities.ts';
import type { Expression, SearchExpression } from '#plan/expression.ts';
import type { CollectionQuery, Expansion, Selection } from '#plan/query.ts';
import type { ListPlan, ReadPlan } from '#plan/request.ts';
import { capabilitiesAt, capabilitiesBehind } from './capabilities-at.ts';
import { pathsIn } from './paths-in.ts';

/**
 * Refuses to read one entity where the model's capabilities do not allow it: with 405 what is not
 * read, with 400 an option or a property in a wrong place (Capabilities vocabulary). It is not 501,
 * since the service has what the set does not allow (OData Protocol 4.01, section 9.3.1).
 */
export function checkRead({ model, target, selection }: ReadPlan): void {
  if (!model.isForeign) return;
  const allowed = capabilitiesAt(model, target.resource, target.steps);
  const isByKey = target.steps.at(-1)?.kind === 'key';
  if (!(isByKey ? allowed.readableByKey : allowed.readable)) throw notReadable(target.template);
  checkSelection(model, allowed, selection);
}

/** The same of a page of a collection, or of how many members it has. */
export function checkList({ model, target, selection, query }: ListPlan): void {
  if (!model.isForeign) return;
  const allowed = capabilitiesAt(model, target.resource, target.steps);
  if (!allowed.readable) throw notReadable(target.template);
  checkQuery(allowed, query);
  checkSelection(model, allowed, selection);
}

function checkQuery(allowed: Capabilities, query: CollectionQuery): void {
  const { top, skip, count, search } = query;
  if (top !== undefined && !allowed.topSupported) throw notSupported('$top');
  if (skip > 0 && !allowed.skipSupported) throw notSupported('$skip');
  if (count && !allowed.count.countable) throw notSupported('$count');
  if (search) checkSearch(allowed, search);
  checkFilter(allowed, query.filter);
  checkOrder(allowed, query);
}

function checkFilter({ filter }: Capabilities, expression: Expression | undefined): void {
  if (!expression) {
    if (!filter.isRequired && filter.required.size === 0) return;
    throw misplaced('This collection is read with a filter only.', '$filter');
  }
  if (!filter.filterable) throw notSupported('$filter');
  const paths = pathsIn(expression);
  const refused = paths.find((path) => covers(filter.nonFilterable, path));
  if (refused) throw misplaced(`The property '${refused}' cannot be filtered by.`, refused);
  const missing = [...filter.required].find((path) => !paths.includes(path));
  if (missing) throw misplaced(`The filter must say something of '${missing}'.`, missing);
}

function checkOrder({ sort }: Capabilities, { orderBy }: CollectionQuery): void {
  if (orderBy.length > 0 && !sort.sortable) throw notSupported('$orderby');
  for (const { expression, descending } of orderBy) {
    const onlyOther = descending ? sort.ascendingOnly : sort.descendingOnly;
    for (const path of pathsIn(expression)) {
      if (covers(sort.nonSortable, path)) {
        throw misplaced(`The property '${path}' cannot be ordered by.`, path);
      }
      if (!covers(onlyOther, path)) continue;
      const way = descending ? 'ascending' : 'descending';
      throw misplaced(`The property '${path}' can be ordered by ${way} alone.`, path);
    }
  }
}

function checkSearch({ search }: Capabilities, expression: SearchExpression): void {
  if (!search.searchable) throw notSupported('$search');
  const operators = operatorsIn(expression);
  const refused = operators.find((each) => search.unsupported.has(each));
  if (refused) throw notSupported(`$search with ${refused}`);
}

/** The operators of a search as Capabilities.SearchExpressions names them. */
function operatorsIn(expression: SearchExpression): string[] {
  if (expression.kind === 'among') return [];
  if (expression.kind === 'phrase' || expression.kind === 'facet') {
    return expression.text.includes(' ') ? ['phrase'] : [];
  }
  const inside = expression.kind === 'not' ? [expression.operand] : expression.operands;
  return [expression.kind.toUpperCase(), ...inside.flatMap(operatorsIn)];
}

function checkSelection(model: Model, allowed: Capabilities, selection: Selection): void {
  if (selection.properties && !allowed.selectSupported) throw notSupported('$select');
  checkExpanded(model, allowed, selection, 1);
}

function checkExpanded(
  model: Model,
  allowed: Capabilities,
  { expand }: Selection,
  depth: number,
): void {
  if (expand.length === 0) return;
  const { expandable, nonExpandable, levelsMax } = allowed.expand;
  if (!expandable) throw notSupported('$expand');
  if (levelsMax !== undefined && depth > levelsMax) {
    throw misplaced(`Entities are expanded ${levelsMax} levels deep at most.`, '$expand');
  }
  for (const each of expand) {
    const path = pathOf(each);
    if (nonExpandable.has(path)) throw misplaced(`'${path}' cannot be expanded.`, path);
    if (each.levels !== 'max' && levelsMax !== undefined && each.levels > levelsMax) {
      throw misplaced(`'${path}' is expanded ${levelsMax} levels deep at most.`, path);
    }
    const inside = capabilitiesBehind(model, allowed, path, each.navigation);
    if (!inside.readable) throw misplaced(`'${path}' cannot be read.`, path);
    checkQuery(inside, each.query);
    checkExpanded(model, inside, each.selection, depth + 1);
  }
}

function pathOf({ path = [], navigation }: Expansion): string {
  const names = path.flatMap((step) => (step.kind === 'property' ? step.property.name : []));
  return [...names, navigation.name].join('/');
}

/** Whether a restriction holds for a path: for it itself, or for what it lies in. */
function covers(restricted: ReadonlySet<string>, path: string): boolean {
  if (restricted.size === 0) return false;
  const steps = path.split('/');
  return steps.some((_, index) => restricted.has(steps.slice(0, index + 1).join('/')));
}

function notReadable(template: string): Refusal {
  const headers = { Allow: 'OPTIONS' };
  return new Refusal('methodNotAllowed', 'The entities here are not read.', {
    target: template,
    headers,
  });
}

function notSupported(option: string): Refusal {
  const message = `The query option '${option}' is not supported here.`;
  return misplaced(message, option.split(' ')[0]!);
}

function misplaced(message: string, target: string): Refusal {
  return new Refusal('badRequest', message, { target });
}
