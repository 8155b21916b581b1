import assert from 'node:assert/strict';
import { test } from 'node:test';
import { localName } from '#model/model.ts';
import type { Expression, Path, PathStep, SearchExpression } from '#plan/expression.ts';
import type { CollectionQuery, Expansion, SelectedProperty, Selection } from '#plan/query.ts';
import { resultOf } from './operands/value-types.ts';

/** A bound expression on one line: constants with their types, paths with their variables. */
export function print(expression: Expression): string {
  switch (expression.kind) {
    case 'literal': {
      const { type } = expression.result;
      const value = expression.value === null ? 'null' : JSON.stringify(expression.value);
      return type ? `${value}:${shortName(type.name)}` : value;
    }
    case 'path':
      return printPath(expression);
    case 'not':
    case 'negation':
      return `${expression.kind}(${print(expression.operand)})`;
    case 'and':
    case 'or':
      return `(${expression.operands.map(print).join(` ${expression.kind} `)})`;
    case 'comparison':
      return `(${print(expression.left)} ${expression.operator} ${print(expression.right)})`;
    case 'same': {
      const { left, right, beside } = expression;
      const other = typeof right === 'string' ? right : printPath(right);
      return `same(${printPath(left)}, ${other}; ${beside.join(', ')})`;
    }
    case 'arithmetic': {
      const { left, operator, right } = expression;
      return `(${print(left)} ${operator} ${print(right)}):${typeOf(expression)}`;
    }
    case 'in':
      return `(${print(expression.operand)} in ${expression.list.map(print).join(', ')})`;
    case 'has':
      return `(${print(expression.operand)} has ${print(expression.flags)})`;
    case 'call':
      return `${expression.name}(${expression.args.map(print).join(', ')}):${typeOf(expression)}`;
    case 'any':
    case 'all': {
      const { kind, collection, variable, predicate } = expression;
      return `${printPath(collection)}/${kind}(${predicate ? `${variable}: ${print(predicate)}` : ''})`;
    }
    case 'count': {
      const { collection, filter, search } = expression;
      const parts = [filter && print(filter), search && printSearch(search)].filter(Boolean);
      return `${printPath(collection)}/$count(${parts.join('; ')})`;
    }
    case 'isof':
      return `isof(${print(expression.operand)}, ${expression.type.name})`;
    case 'cast':
      return `cast(${print(expression.operand)}, ${typeOf(expression)})`;
    case 'case': {
      const branches = expression.branches.map(
        ({ condition, value }) => `${print(condition)}: ${print(value)}`,
      );
      return `case(${branches.join(', ')}):${typeOf(expression)}`;
    }
  }
}

/** A bound search on one line. */
export function printSearch(search: SearchExpression): string {
  if (search.kind === 'not') return `not(${printSearch(search.operand)})`;
  if (search.kind === 'among') return `among ${search.owners}`;
  if (search.kind === 'facet') return `${search.facets.join('+')}~"${search.text}"`;
  if (search.kind !== 'phrase') {
    return `(${search.operands.map(printSearch).join(` ${search.kind} `)})`;
  }
  return search.property ? `${search.property.name}:"${search.text}"` : `"${search.text}"`;
}

/** A bound selection: what is chosen to be shown, then `+` what is expanded, then `=` what is computed. */
export function printSelection(selection: Selection): string {
  const { properties, undeclared = [], links = [], expand, compute } = selection;
  const names = [
    ...(properties?.filter(({ isImplied }) => !isImplied).map(printProperty) ?? ['default']),
    ...(typeof undeclared === 'string'
      ? properties
        ? ['*']
        : []
      : undeclared.map((each) => `?${each}`)),
    ...links.map(({ name }) => `->${name}`),
    ...expand.map((each) => `+${printExpansion(each)}`),
    ...compute.map(({ alias, expression }) => `${alias}=${print(expression)}`),
  ];
  return names.join(',');
}

function printProperty({ property, inside, query }: SelectedProperty): string {
  const parts = [inside && printSelection(inside), query && printQuery(query)].filter(Boolean);
  return parts.length > 0 ? `${property.name}{${parts.join('; ')}}` : property.name;
}

function printExpansion(expansion: Expansion): string {
  const { path = [], navigation, type, kind, selection, query, levels } = expansion;
  const cast = type === navigation.target ? '' : `/${localName(type.name)}`;
  const suffix = { entities: '', references: '/$ref', count: '/$count' }[kind];
  const steps = path.map((each) => `${printStep(each)}/`).join('');
  const depth = levels === 1 ? '' : `^${levels}`;
  const inside = [printSelection(selection), printQuery(query)].filter(
    (each) => each !== 'default',
  );
  const shown = inside.filter(Boolean).join('; ');
  return `${steps}${navigation.name}${cast}${suffix}${depth}${shown ? `{${shown}}` : ''}`;
}

/** What a bound query asks of a collection; nothing where it asks nothing. */
export function printQuery(query: CollectionQuery): string {
  const { filter, search, orderBy, skip, top, count } = query;
  const order = orderBy.map(
    ({ expression, descending }) => print(expression) + (descending ? ' desc' : ''),
  );
  const parts = [
    ...(filter ? [`filter ${print(filter)}`] : []),
    ...(search ? [`search ${printSearch(search)}`] : []),
    ...(order.length > 0 ? [`by ${order.join(', ')}`] : []),
    ...(skip ? [`skip ${skip}`] : []),
    ...(top === undefined ? [] : [`top ${top}`]),
    ...(count ? ['count'] : []),
  ];
  return parts.join(' ');
}

function printPath({ variable, steps }: Path): string {
  const path = steps.map(printStep).join('/');
  if (variable === '$it') return path || '$it';
  return path ? `${variable}/${path}` : variable;
}

function printStep(step: PathStep): string {
  switch (step.kind) {
    case 'property':
      return step.property.name;
    case 'dynamic':
      return `?${step.name}`;
    case 'navigation':
      return `${step.navigation.name}`;
    case 'cast':
      return `<${localName(step.type.name)}>`;
    case 'key':
      return `(${step.value})`;
    case 'resource':
      return step.resource.name;
  }
}

function typeOf(expression: Expression): string {
  const { type, collection } = resultOf(expression);
  const name = type ? shortName(type.name) : '?';
  return collection ? `${name}[]` : name;
}

function shortName(name: string): string {
  return name.replace(/^Edm\./, '');
}

test('null is printed without a type', () => {
  const result = { type: undefined, collection: false };
  assert.equal(print({ kind: 'literal', result, value: null }), 'null');
});
