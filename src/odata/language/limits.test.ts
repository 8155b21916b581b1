import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parsePreferences } from './headers/parse-preferences.ts';
import * as language from './parse-option.ts';
import { parseQuery } from './parse-query-options.ts';
import { parseResourcePath } from './parse-resource-path.ts';
import { parseRelativeUrl } from './parse-url.ts';
import { SyntaxRefusal } from './syntax-refusal.ts';

type Parse = (text: string) => unknown;

function repeat(part: string, end = ''): string {
  return part.repeat(Math.ceil(10_240 / part.length)) + end;
}

/** 10 KB each that nests as deep as it can, or seems to. */
const hostile: readonly [Parse, string][] = [
  ...['(', 'not ', '-', '[', '{"a":', 'concat(', 'a(b=', 'a/any(x:', 'x in (', 'a eq (', 'a add ']
    .concat(['cast(', 'case(', 'a/$filter(', 'a/$count($filter=', 'a/', '@a/', 'a eq 1 and ', "'"])
    .map((part): [Parse, string] => [language.parseFilter, repeat(part)]),
  [language.parseFilter, repeat('a in (', repeat(')'))],
  [language.parseFilter, repeat(' ', 'a')],
  [language.parseFilter, `a eq ${repeat('é')}`],
  [language.parseFilter, `geography'SRID=0;${repeat('GeometryCollection(')}`],
  [language.parseSearch, repeat('(')],
  [language.parseSearch, repeat('NOT ')],
  [language.parseSearch, repeat('a OR ')],
  [language.parseSearch, repeat('a      ')],
  [language.parseExpand, repeat('a($expand=')],
  [language.parseExpand, repeat('a/')],
  [language.parseSelect, repeat('a($select=')],
  [language.parseSelect, repeat('a,')],
  [language.parseOrderBy, repeat('a desc,')],
  [language.parseApply, repeat('concat(')],
  [language.parseApply, repeat('groupby((a),')],
  [language.parseApply, repeat('identity/')],
  [parseResourcePath, repeat('/')],
  [parseResourcePath, repeat('/a(1)')],
  [parseResourcePath, `/a/$filter${repeat('(')}`],
  [parseResourcePath, `/a/$filter(${repeat('/')}`],
  [parseQuery, repeat('&')],
  [parseQuery, repeat('$search=%3B&')],
  [parseQuery, `$filter=${repeat('%28')}`],
  [parseQuery, `$search=${repeat('%3B')}`],
  [parsePreferences, repeat('a;')],
];

/** How often a text is parsed, until once it is fast. */
const TRIES = 20;

function tryParse(parse: Parse, text: string): void {
  try {
    parse(text);
  } catch (refusal) {
    if (!(refusal instanceof SyntaxRefusal)) throw refusal;
  }
}

test('10 KB of hostile nesting are answered within 5 ms', () => {
  for (const [parse, text] of hostile) {
    // The first run is slower, and other programs may run beside any: the best is what it takes.
    const times: number[] = [];
    while (times.length < TRIES && !times.some((time) => time < 5)) {
      const { user } = process.cpuUsage();
      tryParse(parse, text);
      times.push((process.cpuUsage().user - user) / 1000);
    }
    assert.ok(Math.min(...times) < 5, `${text.slice(0, 30)}: ${times} ms`);
  }
});

/** What just fits, and what just does not. */
const edges: readonly [string, Parse, string, string][] = [
  ['depth', language.parseFilter, nest('(', 99), nest('(', 100)],
  [
    'depth of operators',
    language.parseFilter,
    `a${' add a'.repeat(99)}`,
    `a${' add a'.repeat(100)}`,
  ],
  ['nodes', language.parseFilter, list(1996), list(1997)],
  ['expand', language.parseExpand, expand(6), expand(7)],
  ['segments', parseResourcePath, '/a'.repeat(50), '/a'.repeat(51)],
  ['identifiers', language.parseOrderBy, 'a'.repeat(128), 'a'.repeat(129)],
];

function nest(part: string, times: number): string {
  return `${part.repeat(times)}a${')'.repeat(times)}`;
}

function list(items: number): string {
  return `a in (${Array(items).fill('1')})`;
}

function expand(levels: number): string {
  return `${'a($expand='.repeat(levels)}a${')'.repeat(levels)}`;
}

describe('limits', () => {
  for (const [what, parse, fits, exceeds] of edges) {
    test(`on ${what} let through what fits`, () => assert.doesNotThrow(() => parse(fits)));
    test(`on ${what} refuse one more`, () => assert.throws(() => parse(exceeds), /at most/));
  }

  test('a filter of 600 terms fits', () => {
    assert.doesNotThrow(() => language.parseFilter(`a eq 1${' or b eq 2'.repeat(599)}`));
  });
});

/** Pieces from which texts are made that are nearly of the language. */
const pieces = [
  ...[
    "'",
    '"',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    ',',
    ';',
    ':',
    '/',
    '@',
    '$',
    '=',
    '-',
    '*',
    '#',
    ' ',
  ],
  ...['a', 'A.B', 'eq', 'and', 'not', 'in', 'any', 'all', 'cast', 'case', 'concat', 'null', 'INF'],
  ...['$it', '$root', '$count', '$filter', '$value', '$select', '$levels', '$search', 'aggregate'],
  ...[
    'groupby',
    'with',
    'as',
    'sum',
    'rollup',
    'NOT',
    'OR',
    '1',
    '0',
    '2012-09-03',
    'T',
    '%',
    '%27',
  ],
  ...['duration', 'geography', 'SRID', 'é', '😀', '+', '&', '?', '\\', '2e1281ae-81ae-'],
];

test('whatever is written, it is parsed or refused as bad syntax', () => {
  const parsers: readonly Parse[] = [
    language.parseFilter,
    language.parseOrderBy,
    language.parseSelect,
    language.parseExpand,
    language.parseSearch,
    language.parseCompute,
    language.parseApply,
    parsePreferences,
    parseQuery,
    parseRelativeUrl,
  ];
  const text = fc.array(fc.constantFrom(...pieces), { maxLength: 20 }).map((all) => all.join(''));
  const property = fc.property(text, (each) => {
    for (const parse of parsers) tryParse(parse, each);
  });
  fc.assert(property, { numRuns: 3000 });
});
