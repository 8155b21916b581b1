import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type {
  ArgumentSyntax,
  BinaryOperator,
  ExpressionSyntax,
  LiteralType,
  PathStart,
  StepSyntax,
} from './expressions/syntax.ts';
import type { SearchSyntax } from './options/search-syntax.ts';
import { parseFilter, parseSearch } from './parse-option.ts';

/* A random tree is printed with as few parentheses as precedence allows, and parsed again. */

const at = 0;

/** How tight each operator binds (OData URL Conventions 4.01, section 5.1.1.17). */
const precedences: Readonly<Record<string, number>> = {
  ...{ or: 1, and: 2, eq: 3, ne: 3, gt: 4, ge: 4, lt: 4, le: 4, add: 5, sub: 5 },
  ...{ mul: 6, div: 6, divby: 6, mod: 6, unary: 7, has: 8, in: 8, operand: 9 },
};

const literals: Readonly<Partial<Record<LiteralType, readonly string[]>>> = {
  null: ['null'],
  boolean: ['true', 'false'],
  integer: ['0', '-5', '9223372036854775807'],
  decimal: ['2.50', '-0.1'],
  double: ['1e10', '-3.5E-2', 'INF', '-INF', 'NaN'],
  guid: ['2e1281ae-81ae-2e12-ae81-122eae81122e', 'ABCDEF01-2345-6789-abcd-ef0123456789'],
  date: ['2012-09-03', '-10000-04-01'],
  dateTimeOffset: ['2012-09-03T23:59:59.123Z', '2012-09-03T23:59+01:00'],
  timeOfDay: ['23:59', '07:59:59.999'],
};

const prefixed: Readonly<Partial<Record<LiteralType, readonly string[]>>> = {
  duration: ['P1D', '-P6DT23H59M59.9999S', 'PT5M'],
  binary: ['', 'Zg==', 'Zm9v'],
};

const place = fc.constant(at);

function kind<Kind extends string>(...kinds: readonly Kind[]): fc.Arbitrary<Kind> {
  return fc.constantFrom(...kinds);
}

const name = fc.constantFrom('id', 'displayName', 'eq', 'and', 'any', 'desc', 'Größe', '_x', 'min');
const qualified = fc.constantFrom('microsoft.graph.user', 'Model.Vip');
const operationName = fc.constantFrom('delta', 'Model.Best', 'Items');

function literal(type: LiteralType, text: string, enumType?: string): ExpressionSyntax {
  return { kind: 'literal', at, type, text, enumType, geo: undefined };
}

const anyLiteral = fc.oneof(
  ...Object.entries({ ...literals, ...prefixed }).map(([type, texts]) =>
    fc.constantFrom(...texts).map((text) => literal(type as LiteralType, text)),
  ),
  fc.string({ unit: 'binary', maxLength: 8 }).map((text) => literal('string', text)),
  fc.constantFrom('Yellow', 'Yellow,Solid', '-5').map((text) => literal('enum', text, 'Sales.P')),
);

const starts: readonly PathStart[] = ['it', 'this', 'these', 'root', 'here', 'here', 'here'];

const term: fc.Arbitrary<SearchSyntax> = fc.oneof(
  fc.constantFrom('blue', "Daniel's", '08/15', 'ANDY').map((text) => ({
    ...{ kind: 'word', at, text, clause: undefined },
  })),
  fc.constantFrom('blue green', 'a "b" \\c').map((text) => ({
    ...{ kind: 'phrase', at, text, clause: undefined },
  })),
  fc.constant({
    ...{ kind: 'phrase', at, text: 'mail:a b', clause: { property: 'mail', text: 'a b' } },
  } as const),
) as fc.Arbitrary<SearchSyntax>;

const { search } = fc.letrec<{ search: SearchSyntax }>((tie) => ({
  search: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'search' },
    term,
    fc.record({ kind: kind('not'), at: place, operand: tie('search') }),
    fc.record({
      kind: kind('and', 'or'),
      at: place,
      operands: fc.array(tie('search'), { minLength: 2, maxLength: 3 }),
    }),
  ),
}));

function key(value: ExpressionSyntax): readonly ArgumentSyntax[] {
  return [{ at, name: undefined, value }];
}

/** The steps of a path; behind a lambda or a count nothing follows. */
function steps(expression: fc.Arbitrary<ExpressionSyntax>): fc.Arbitrary<StepSyntax[]> {
  const named = fc.record({ at: fc.constant(at), name, value: expression });
  const parentheses = fc.oneof(anyLiteral.map(key), fc.array(named, { maxLength: 2 }));
  const middle: fc.Arbitrary<StepSyntax> = fc.oneof(
    name.map((each) => ({ kind: 'name' as const, at, name: each, parentheses: undefined })),
    fc.record({ kind: kind('name'), at: place, name: operationName, parentheses }),
    fc.record({ kind: kind('filter'), at: place, predicate: expression }),
    fc.constant({ kind: 'annotation' as const, at, term: 'Core.T', qualifier: 'q' }),
  );
  const last: fc.Arbitrary<StepSyntax> = fc.oneof(
    qualified.map((each) => ({ kind: 'name' as const, at, name: each, parentheses: undefined })),
    fc.record({
      kind: kind('lambda'),
      at: place,
      quantifier: kind('any', 'all'),
      variable: name,
      predicate: expression,
    }),
    fc.record({
      kind: kind('count'),
      at: place,
      filter: fc.option(expression, { nil: undefined }),
      search: fc.option(search, { nil: undefined }),
    }),
  );
  return fc
    .tuple(name, fc.array(middle, { maxLength: 2 }), fc.option(last, { nil: undefined }))
    .map(([first, between, end]) => [
      { kind: 'name', at, name: first, parentheses: undefined },
      ...between,
      ...(end ? [end] : []),
    ]);
}

const binaryOperators = Object.keys(precedences).filter(
  (each) => !['or', 'and', 'unary', 'operand'].includes(each),
) as BinaryOperator[];

/** Trees of operators over these operands. */
function operations(inner: fc.Arbitrary<ExpressionSyntax>): fc.Arbitrary<ExpressionSyntax>[] {
  const binary = fc.record({
    kind: kind('binary'),
    at: place,
    operator: fc.constantFrom(...binaryOperators),
    operatorAt: place,
    left: inner,
    right: inner,
  });
  const operands = fc.array(inner, { minLength: 2, maxLength: 4 });
  const operator = kind('and', 'or');
  const logical = fc.record({ kind: kind('logical'), at: place, operator, operands });
  const sign = kind('not', 'negate');
  const unary = fc.record({ kind: kind('unary'), at: place, operator: sign, operand: inner });
  return [binary, logical, unary];
}

/** Calls, arrays and objects with these values. */
function compositions(inner: fc.Arbitrary<ExpressionSyntax>): fc.Arbitrary<ExpressionSyntax>[] {
  const call = fc.record({
    ...{ kind: kind('call'), at: place, name: kind('concat') },
    arguments: fc.tuple(inner, inner),
  });
  const test = fc.record({
    kind: kind('cast', 'isof'),
    at: place,
    operand: fc.option(inner, { nil: undefined }),
    type: fc.record({ at: place, name: qualified, isCollection: fc.boolean() }),
  });
  const branch = fc.record({ when: inner, result: inner });
  const branches = fc.array(branch, { minLength: 1, maxLength: 2 });
  const items = fc.array(inner, { maxLength: 3 });
  const member = fc.record({ at: place, name: fc.string(), value: inner });
  const members = fc.array(member, { maxLength: 2 });
  return [
    call,
    test,
    fc.record({ kind: kind('case'), at: place, branches }),
    fc.record({ kind: kind('array'), at: place, items, isList: fc.constant(false) }),
    fc.record({ kind: kind('object'), at: place, members }),
  ];
}

const { expression } = fc.letrec<{ expression: ExpressionSyntax }>((tie) => {
  const inner = tie('expression');
  const path = fc.record({
    kind: kind('path'),
    at: place,
    start: fc.constantFrom(...starts),
    alias: fc.constant(undefined),
    steps: steps(inner),
  });
  return {
    expression: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'expression' },
      anyLiteral,
      path,
      ...operations(inner),
      ...compositions(inner),
    ),
  };
});

function printIn(tree: ExpressionSyntax, precedence: number): string {
  const own =
    tree.kind === 'binary' || tree.kind === 'logical'
      ? precedences[tree.operator]!
      : precedences[tree.kind === 'unary' ? 'unary' : 'operand']!;
  return own < precedence ? `( ${print(tree)} )` : print(tree);
}

function printArguments(values: readonly ArgumentSyntax[]): string {
  const printed = values.map((each) => (each.name ? `${each.name}=` : '') + print(each.value));
  return `(${printed.join(' , ')})`;
}

function printStep(step: StepSyntax): string {
  switch (step.kind) {
    case 'name':
      return step.name + (step.parentheses ? printArguments(step.parentheses) : '');
    case 'key':
      return printArguments(step.parentheses);
    case 'annotation':
      return `@${step.term}#${step.qualifier}`;
    case 'filter':
      return `$filter(${print(step.predicate)})`;
    case 'lambda':
      return `${step.quantifier}( ${step.variable} : ${print(step.predicate!)} )`;
    case 'count': {
      const options = [
        ...(step.filter ? [`$filter=${print(step.filter)}`] : []),
        ...(step.search ? [`$search=${printSearch(step.search)}`] : []),
      ];
      return `$count${options.length > 0 ? `(${options.join(';')})` : ''}`;
    }
    default:
      return assert.fail();
  }
}

function printLiteral(type: LiteralType, text: string, enumType: string | undefined): string {
  if (type === 'string') return `'${text.replaceAll("'", "''")}'`;
  if (enumType !== undefined) return `${enumType}'${text}'`;
  return type in prefixed ? `${type}'${text}'` : text;
}

/** The text of a tree, with only the parentheses that it needs. */
function print(tree: ExpressionSyntax): string {
  switch (tree.kind) {
    case 'literal':
      return printLiteral(tree.type, tree.text, tree.enumType);
    case 'path': {
      const start = tree.start === 'here' ? '' : `$${tree.start}/`;
      return start + tree.steps.map(printStep).join('/');
    }
    case 'binary': {
      const own = precedences[tree.operator]!;
      const isBareLiteral = tree.operator === 'in' && tree.right.kind === 'literal';
      const right = isBareLiteral ? print(tree.right) : printIn(tree.right, own + 1);
      return `${printIn(tree.left, own)} ${tree.operator.toUpperCase()} ${right}`;
    }
    case 'logical':
      return tree.operands
        .map((each) => printIn(each, precedences[tree.operator]! + 1))
        .join(` ${tree.operator}\t`);
    case 'unary':
      return `${tree.operator === 'not' ? 'not' : '-'} ${printIn(tree.operand, precedences.unary!)}`;
    case 'call':
      return `${tree.name.toUpperCase()}(${tree.arguments.map(print).join(',')})`;
    case 'cast':
    case 'isof': {
      const type = tree.type.isCollection ? `Collection(${tree.type.name})` : tree.type.name;
      return `${tree.kind}(${tree.operand ? `${print(tree.operand)} , ` : ''}${type})`;
    }
    case 'case':
      return `case(${tree.branches.map((each) => `${print(each.when)} : ${print(each.result)}`)})`;
    case 'array':
      return `[${tree.items.map(print).join(' , ')}]`;
    case 'object':
      return `{${tree.members.map((each) => `${JSON.stringify(each.name)}:${print(each.value)}`)}}`;
  }
}

function printSearch(tree: SearchSyntax): string {
  if ('text' in tree) {
    const escaped = tree.text.replaceAll(/["\\]/g, '\\$&');
    return tree.kind === 'phrase' ? `"${escaped}"` : tree.text;
  }
  const group = (each: SearchSyntax) =>
    each.kind === 'and' || each.kind === 'or' ? `( ${printSearch(each)} )` : printSearch(each);
  return tree.kind === 'not'
    ? `NOT ${group(tree.operand)}`
    : tree.operands.map(group).join(tree.kind === 'or' ? ' OR ' : ' ');
}

/** A tree without its positions. */
function strip(tree: unknown): unknown {
  return JSON.parse(
    JSON.stringify(tree, (field, value) => (/^(at|operatorAt)$/.test(field) ? undefined : value)),
  );
}

test('a printed expression parses to the same tree', () => {
  fc.assert(
    fc.property(expression, (tree) => {
      assert.deepEqual(strip(parseFilter(print(tree))), strip(tree), print(tree));
    }),
    { numRuns: 2000 },
  );
});

test('a printed search parses to the same tree', () => {
  fc.assert(
    fc.property(search, (tree) => {
      assert.deepEqual(strip(parseSearch(printSearch(tree))), strip(tree), printSearch(tree));
    }),
    { numRuns: 500 },
  );
});
