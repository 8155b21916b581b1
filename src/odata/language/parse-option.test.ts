import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ExpressionSyntax } from './expressions/syntax.ts';
import {
  parseApply,
  parseCompute,
  parseFilter,
  parseOrderBy,
  parseSearch,
} from './parse-option.ts';
import { SyntaxRefusal } from './syntax-refusal.ts';

/** A tree as nested parentheses, to read at a glance. */
function show(tree: ExpressionSyntax): string {
  switch (tree.kind) {
    case 'binary':
      return `(${show(tree.left)} ${tree.operator} ${show(tree.right)})`;
    case 'logical':
      return `(${tree.operands.map(show).join(` ${tree.operator} `)})`;
    case 'unary':
      return `${tree.operator}(${show(tree.operand)})`;
    case 'literal':
      return tree.text;
    case 'path':
      return tree.steps.map((step) => ('name' in step ? step.name : step.kind)).join('/');
    case 'array':
      return `[${tree.items.map(show)}]`;
    case 'call':
      return `${tree.name}(${tree.arguments.map(show)})`;
    default:
      return tree.kind;
  }
}

const precedence: readonly [string, string][] = [
  ['a or b and c or d', '(a or (b and c) or d)'],
  ['a and b and (c and d)', '(a and b and (c and d))'],
  ['a eq b and c ne d', '((a eq b) and (c ne d))'],
  ['a gt b eq c lt d', '((a gt b) eq (c lt d))'],
  ['a sub b sub c', '((a sub b) sub c)'],
  ['a add b mul c sub d', '((a add (b mul c)) sub d)'],
  ['a mul b divby c mod d div e', '((((a mul b) divby c) mod d) div e)'],
  ['not a eq b', '(not(a) eq b)'],
  ['not a and b', '(not(a) and b)'],
  ["not a in ('x','y')", 'not((a in [x,y]))'],
  ["not a has Sales.Pattern'Yellow'", 'not((a has Yellow))'],
  ['not(a eq b) or c', '(not((a eq b)) or c)'],
  ['-a add b', '(negate(a) add b)'],
  ['-5 add - 5', '(-5 add negate(5))'],
  ['a sub -5', '(a sub -5)'],
  ['A EQ 1 Or B nE 2 aNd NOT C', '((A eq 1) or ((B ne 2) and not(C)))'],
  ['(a eq 1)or(b eq 2)', '((a eq 1) or (b eq 2))'],
  ['a in (b)', '(a in b)'],
  ['a in (1)', '(a in [1])'],
  ['a in ()', '(a in [])'],
  ['eq eq eq and in in in', '((eq eq eq) and (in in in))'],
  ['any and all or desc', '((any and all) or desc)'],
  ['STARTSWITH(a,b) and MatchesPattern(a,b)', '(startswith(a,b) and matchesPattern(a,b))'],
];

describe('operators', () => {
  for (const [text, expected] of precedence) {
    test(`${text} is ${expected}`, () => {
      assert.equal(show(parseFilter(text)), expected);
    });
  }
});

const literals: readonly [string, string, string][] = [
  ['null', 'null', 'null'],
  ['TRUE', 'boolean', 'true'],
  ['42', 'integer', '42'],
  ['+42', 'integer', '+42'],
  ['2.50', 'decimal', '2.50'],
  ['1e-3', 'double', '1e-3'],
  ['-INF', 'double', '-INF'],
  ['3.14f', 'double', '3.14'],
  ['1.5e2F', 'double', '1.5e2'],
  ['5d', 'double', '5'],
  ['-2.5M', 'decimal', '-2.5'],
  ['7L', 'integer', '7'],
  ["'O''Neil'", 'string', "O'Neil"],
  ['ab1281ae-81ae-2e12-ae81-122eae81122e', 'guid', 'ab1281ae-81ae-2e12-ae81-122eae81122e'],
  ['2012-09-03', 'date', '2012-09-03'],
  ['2012-09-03T23:59Z', 'dateTimeOffset', '2012-09-03T23:59Z'],
  ['07:59:59.999', 'timeOfDay', '07:59:59.999'],
  ["duration'PT5M'", 'duration', 'PT5M'],
  ["Duration'P1D'", 'duration', 'P1D'],
  ["binary'Zg'", 'binary', 'Zg'],
  ["Sales.Pattern'Yellow,32'", 'enum', 'Yellow,32'],
  ["geography'SRID=4326;Point(142.1 64.1)'", 'geography', 'SRID=4326;Point(142.1 64.1)'],
];

test('a type stands in quotes or not', () => {
  for (const text of ["isof('Model.Vip')", 'isof(Model.Vip)', "isof('a',Model.Vip)"]) {
    const tree = parseFilter(text);
    assert.ok(tree.kind === 'isof' && tree.type.name === 'Model.Vip', text);
  }
});

describe('literals', () => {
  for (const [written, type, text] of literals) {
    test(`${written} is a ${type}`, () => {
      const tree = parseFilter(written);
      assert.ok(tree.kind === 'literal');
      assert.deepEqual([tree.type, tree.text], [type, text]);
    });
  }

  test('an enum keeps its type and a shape its coordinates', () => {
    const color = parseFilter("Sales.Pattern'Yellow'");
    assert.ok(color.kind === 'literal' && color.enumType === 'Sales.Pattern');
    const line = parseFilter("geometry'SRID=0;LineString(1 2,3.5 -4)'");
    const shape = {
      ...{ type: 'LineString' },
      coordinates: [
        [1, 2],
        [3.5, -4],
      ],
    };
    assert.ok(line.kind === 'literal');
    assert.deepEqual(line.geo, { srid: 0, shape });
  });

  test('a colon that ends a condition parts no time of day', () => {
    const [item] = parseCompute('case(a gt 10:15,b gt 10:15:07:45) as c');
    assert.ok(item?.expression.kind === 'case');
    const shown = item.expression.branches.map(({ when, result }) => [show(when), show(result)]);
    assert.deepEqual(shown, [
      ['(a gt 10)', '15'],
      ['(b gt 10)', '15:07:45'],
    ]);
  });
});

type Parse = (text: string) => unknown;

/** Texts that are refused: where, and what the message says. */
const refused: readonly [Parse, string, number, RegExp][] = [
  [parseFilter, '', 0, /^Invalid \$filter: expected .*, found the end, at character 0\.$/],
  [parseFilter, "displayName eq 'Adele", 21, /closing '/],
  [parseFilter, 'displayName eq "Adele"', 15, /single quotes/],
  [parseFilter, "displayName = 'Adele'", 12, /found '='/],
  [parseFilter, "(displayName eq 'Adele'", 23, /'\)', found the end/],
  [parseFilter, "displayName eq 'Adele')", 22, /found '\)'/],
  [parseFilter, 'startswith(displayName)', 22, /',' and the next of 2 arguments/],
  [parseFilter, "startswith(displayName,'A','B')", 26, /found ','/],
  [parseFilter, 'contains(a,b) eq', 16, /a name, a value/],
  [parseFilter, 'any(x:x eq 1)', 0, /a path to a collection before 'any'/],
  [parseFilter, 'mails/any(x eq 1)', 12, /':'/],
  [parseFilter, 'mails/all()', 10, /a variable and its predicate/],
  [parseFilter, 'a/$ref eq 1', 2, /\$count, \$filter or a name/],
  [parseFilter, '$me/id eq 1', 0, /'\$it'/],
  [parseFilter, 'Model.Vip eq 1', 9, /behind a qualified name/],
  [parseFilter, 'a eq 2012-13-01', 10, /from 1 to 12/],
  [parseFilter, 'a eq 01234g67-89ab-cdef-0123-456789abcdef', 10, /hexadecimal/],
  [parseFilter, 'a eq 5x', 6, /a space or an operator/],
  [parseFilter, "a eq color'Yellow'", 5, /a type with its namespace/],
  [parseFilter, "a in ('x',b)", 10, /a literal/],
  [parseFilter, 'a eq {"b" 1}', 10, /':'/],
  [parseFilter, 'a eq ["\\x"]', 6, /escapes of JSON/],
  [parseOrderBy, 'displayName up', 12, /found 'u'/],
  [parseSearch, '"displayName:Adele', 18, /closing '"'/],
  [parseSearch, '(a OR b', 7, /'\)'/],
  [parseCompute, 'a add 1', 7, /' as'/],
  [parseApply, 'aggregate(a with total as b)', 17, /sum, min, max/],
  [parseApply, 'groupby(a)', 8, /'\('/],
];

describe('refusals say where and what was expected', () => {
  for (const [parse, text, position, message] of refused) {
    test(text || 'nothing', () => {
      assert.throws(
        () => parse(text),
        (refusal) => {
          assert.ok(refusal instanceof SyntaxRefusal);
          assert.equal(refusal.status, 400);
          assert.match(refusal.message, message);
          assert.equal(refusal.position, position, refusal.message);
          return true;
        },
      );
    });
  }
});
