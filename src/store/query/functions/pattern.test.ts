import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refusal } from '#errors.ts';
import { Automaton } from './automaton.ts';
import { parsePattern } from './pattern.ts';
import { translatePattern } from './translate-pattern.ts';

function matches(text: string, pattern: string, flags = ''): boolean {
  return new Automaton(parsePattern(pattern, flags)).matches(text);
}

const texts = [
  '',
  'a',
  'b',
  'ab',
  'aab',
  'abc',
  'ABC',
  'a1',
  '12',
  ' a ',
  'é',
  '😀',
  'a\nb',
  'a-b',
  ']',
];
const patterns = [
  ...[
    '',
    'a',
    '^a',
    'a$',
    '^$',
    '^a$',
    'a|b',
    'a*',
    'a+b',
    'a?b',
    '(ab)+',
    '(?:a|b){2}',
    'a{1,2}b',
  ],
  ...[
    '[ab]',
    '[^ab]',
    '[a-c]+',
    '[\\d-]',
    '\\d',
    '\\D',
    '\\w\\W',
    '\\s',
    '\\S{3,}',
    '.',
    '^.$',
    'a.b',
  ],
  ...[
    '[\\]]',
    '\\u0061',
    '\\u{1f600}',
    '\\x61b',
    '(a|)b',
    'a{0}b',
    '(^a|b$)',
    'a*?b',
    '\\.',
    '[^]',
    '[]',
  ],
];

test('an automaton decides as ECMAScript does', () => {
  for (const pattern of patterns) {
    for (const flags of ['', 's']) {
      const regular = new RegExp(pattern, `u${flags}`);
      for (const text of texts) {
        const title = `${JSON.stringify(text)} /${pattern}/${flags}`;
        assert.equal(matches(text, pattern, flags), regular.test(text), title);
      }
    }
  }
});

test('with the flag i, letters match in either case', () => {
  assert.equal(matches('ABC', 'b', 'i'), true);
  assert.equal(matches('É', 'é', 'i'), true);
  assert.equal(matches('Q', '[a-z]', 'i'), true);
  assert.equal(matches('ABC', 'b'), false);
});

test('hostile patterns take time linear in the text', () => {
  assert.equal(matches('a'.repeat(50_000), '(a+)+$', ''), true);
  assert.equal(matches(`${'a'.repeat(20_000)}!`, '^(a|a)*$', ''), false);
});

test('what no automaton decides is refused with 501, what is no pattern with 400', () => {
  const status = (pattern: string, flags = ''): number => {
    try {
      parsePattern(pattern, flags);
      return 200;
    } catch (error) {
      assert.ok(error instanceof Refusal);
      return error.status;
    }
  };
  const refused = [
    '(a)\\1',
    '(?=a)',
    '(?<n>a)',
    '\\bword',
    '\\p{L}',
    'a{1000}',
    '((a{99}){99}){99}',
  ];
  assert.deepEqual(
    refused.map((pattern) => status(pattern)),
    refused.map(() => 501),
  );
  const wrong = ['(', ')', '[', '*', 'a{2,1}', 'a**', '[b-a]', '\\', '(?', '\\u{110000}', '\\x4'];
  assert.deepEqual(
    wrong.map((pattern) => status(pattern)).filter((each) => each === 200),
    [],
  );
  assert.equal(status('a', 'g'), 501);
  assert.equal(status('('.repeat(60) + ')'.repeat(60)), 400);
});

test('a pattern is told to PostgreSQL in its own notation, character by character', () => {
  assert.equal(translatePattern('^a.$', 's'), '***:(?:^[\\U00000061][\\U00000001-\\U0010ffff]$)');
});
