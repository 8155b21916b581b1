import {
  extensionSupport,
  type FilterSupport,
  type SupportLevel,
  securityAttributeSupport,
} from '#model/filter-support.ts';
import type {
  Call,
  Comparison,
  Count,
  Expression,
  InList,
  Path,
  Quantifier,
} from '#plan/expression.ts';
import { needsAdvanced, noClause, noOperator, notFilterable } from './directory-query-refusals.ts';
import {
  adviseAdvanced,
  type Circumstances,
  isAdvanced,
  type QueryRules,
} from './directory-query-rules.ts';

/** The paths that lambda variables stand for, by their names. */
type Variables = ReadonlyMap<string, string>;

type Operation = keyof FilterSupport | 'endsWith';

/** How the operations are written in a URL, for the detail of a refusal. */
const written: Readonly<Record<Operation, string>> = {
  eq: 'eq',
  startsWith: 'startswith',
  range: 'ge and le',
  null: 'eq null',
  endsWith: 'endswith',
};

/**
 * Refuses a filter that Graph refuses on directory objects: a property that does not support its
 * operator, or supports it in advanced queries alone; `ne`, `not`, `endswith` and `/$count` outside
 * of them; `all`, `contains` and every other function (Graph's page "Advanced query capabilities").
 */
export function checkDirectoryFilter(filter: Expression, rules: QueryRules): void {
  // What no query supports comes first, so that the advice to make it an advanced one is sound.
  checkClause(filter, new Map(), { ...rules, circumstances: advanced });
  checkClause(filter, new Map(), rules);
}

const advanced: Circumstances = { isEventual: true, hasCount: true, isExpanding: false };

function checkClause(clause: Expression, variables: Variables, rules: QueryRules): void {
  switch (clause.kind) {
    case 'and':
    case 'or':
      for (const operand of clause.operands) checkClause(operand, variables, rules);
      break;
    case 'not':
      demandAdvanced('not', rules);
      checkClause(clause.operand, variables, rules);
      break;
    case 'comparison':
      checkComparison(clause, variables, rules);
      break;
    case 'in':
      checkInList(clause, variables, rules);
      break;
    case 'call':
      checkCall(clause, variables, rules);
      break;
    case 'any':
      checkAny(clause, variables, rules);
      break;
    case 'path':
      demand('eq', pathOf(clause, variables), rules);
      break;
    case 'all':
    case 'has':
    case 'isof':
    case 'case':
      throw noOperator(clause.kind);
    default:
      throw noClause(rules.type);
  }
}

function checkComparison(clause: Comparison, variables: Variables, rules: QueryRules): void {
  const { operator } = clause;
  if (operator === 'ne') demandAdvanced('ne', rules);
  const isReversed = clause.left.kind === 'literal';
  const subject = isReversed ? clause.right : clause.left;
  const value = isReversed ? clause.left : clause.right;
  if (value.kind !== 'literal') throw noClause(rules.type);
  const isEquality = operator === 'eq' || operator === 'ne';
  if (subject.kind === 'path') {
    const path = pathOf(subject, variables);
    if (isEquality) demand(value.value === null ? 'null' : 'eq', path, rules);
    else if (operator === 'ge' || operator === 'le') demand('range', path, rules);
    else throw unsupported(operator, path, rules);
  } else if (subject.kind === 'count') {
    checkCount(subject, variables, rules);
    if (!isEquality || value.value !== 0) {
      throw unsupported(`/$count ${operator}`, pathOf(subject.collection, variables), rules);
    }
    demandAdvanced('$count', rules);
  } else if (isEquality && typeof value.value === 'boolean') {
    checkClause(subject, variables, rules);
  } else if (subject.kind === 'call') {
    throw noOperator(subject.name);
  } else {
    throw noClause(rules.type);
  }
}

function checkInList({ operand, list }: InList, variables: Variables, rules: QueryRules): void {
  if (operand.kind !== 'path') throw noClause(rules.type);
  const path = pathOf(operand, variables);
  for (const each of list) {
    if (each.kind !== 'literal') throw noClause(rules.type);
    demand(each.value === null ? 'null' : 'eq', path, rules);
  }
}

function checkCall({ name, args }: Call, variables: Variables, rules: QueryRules): void {
  if (name !== 'startswith' && name !== 'endswith') throw noOperator(name);
  const [subject, value] = args;
  if (subject?.kind !== 'path' || value?.kind !== 'literal') throw noClause(rules.type);
  const path = pathOf(subject, variables);
  if (name === 'startswith') {
    demand('startsWith', path, rules);
  } else {
    if (!rules.support.endsWith.has(path.text)) throw unsupported('endswith', path, rules);
    demandAdvanced('endswith', rules);
  }
}

function checkAny(clause: Quantifier, variables: Variables, rules: QueryRules): void {
  const path = pathOf(clause.collection, variables);
  if (!clause.predicate) throw unsupported('any', path, rules);
  checkClause(clause.predicate, new Map([...variables, [clause.variable, path.text]]), rules);
}

function checkCount(count: Count, variables: Variables, rules: QueryRules): void {
  const path = pathOf(count.collection, variables);
  if (!rules.support.countable.has(path.text) || count.filter || count.search) {
    throw unsupported('/$count', path, rules);
  }
}

interface PropertyPath {
  /** Names with slashes, without lambda variables and casts: `assignedLicenses/skuId`. */
  readonly text: string;
  /** Whether the path begins with a member that the type does not declare. */
  readonly isExtension: boolean;
}

function pathOf({ variable, steps }: Path, variables: Variables): PropertyPath {
  const before = variables.get(variable);
  const names = before === undefined ? [] : [before];
  for (const step of steps) {
    if (step.kind === 'property') names.push(step.property.name);
    else if (step.kind === 'navigation') names.push(step.navigation.name);
    else if (step.kind === 'dynamic') names.push(step.name);
    else if (step.kind === 'key') names.push(step.value);
  }
  const isExtension = before === undefined && steps[0]?.kind === 'dynamic';
  return { text: names.join('/'), isExtension };
}

function supportOf(path: PropertyPath, { support }: QueryRules): FilterSupport | undefined {
  const listed = support.filter.get(path.text);
  if (listed) return listed;
  if (path.text.startsWith('customSecurityAttributes/')) return securityAttributeSupport;
  return path.isExtension ? extensionSupport : undefined;
}

function demand(operation: keyof FilterSupport, path: PropertyPath, rules: QueryRules): void {
  const level: SupportLevel = supportOf(path, rules)?.[operation] ?? 'no';
  if (level === 'no') throw unsupported(written[operation], path, rules);
  if (level === 'default' || isAdvanced(rules.circumstances)) return;
  throw notFilterable(rules.type, path.text, adviseAdvanced(rules.circumstances));
}

function demandAdvanced(target: string, { circumstances }: QueryRules): void {
  if (isAdvanced(circumstances)) return;
  throw needsAdvanced(target, adviseAdvanced(circumstances));
}

function unsupported(operator: string, path: PropertyPath, rules: QueryRules): Error {
  const known = supportOf(path, rules);
  const operations = (['eq', 'null', 'range', 'startsWith'] as const).filter(
    (each) => known && known[each] !== 'no',
  );
  const names = operations.map((each) => written[each]);
  if (rules.support.endsWith.has(path.text)) names.push(written.endsWith);
  const instead = names.length > 0 ? ` It supports ${names.join(', ')}.` : '';
  return notFilterable(rules.type, path.text, {
    code: 'FilterNotSupported',
    message: `The property does not support ${operator} in any query.${instead}`,
    target: path.text,
  });
}
