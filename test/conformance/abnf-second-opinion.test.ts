import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { decodeQueryPart } from '#odata/language/encoded-text.ts';
import { parseParameterValue } from '#odata/language/parse-option.ts';
import { SyntaxRefusal } from '#odata/language/syntax-refusal.ts';
import { makeRandom } from './query-data.ts';

/** As much of apg-js as is used here; it has no types. */
interface Apg {
  readonly apgApi: new (
    grammar: string,
  ) => { generate(): void; readonly errors: readonly unknown[]; toObject(): unknown };
  readonly apgLib: {
    readonly parser: new () => {
      parse(grammar: unknown, rule: string, text: readonly number[]): { success: boolean };
    };
  };
}

const { apgApi, apgLib } = createRequire(import.meta.url)('apg-js') as Apg;

function readText(name: string): string {
  return readFileSync(join(import.meta.dirname, 'abnf', name), 'utf8');
}

const generator = new apgApi(readText('expressions.abnf').replace(/\r?\n/g, '\r\n'));
generator.generate();
assert.deepEqual(generator.errors, []);
const grammar = generator.toObject();

/** What the grammar says of a text. */
function isAccepted(text: string): boolean {
  const characters = [...text].map((character) => character.codePointAt(0)!);
  return new apgLib.parser().parse(grammar, 'option', characters).success;
}

/** What Kith's parser says of it. */
function isParsed(text: string): boolean {
  try {
    parseParameterValue(text, 'the text');
    return true;
  } catch (refusal) {
    if (refusal instanceof SyntaxRefusal) return false;
    throw refusal;
  }
}

/** Whether the text has what Kith takes and the grammar does not: a bracket before an operator. */
const LENIENT = /[)\]}'](and|or|eq|ne|gt|ge|lt|le|in|has|add|sub|mul|div|divby|mod)\b/i;

interface Case {
  readonly suite: string;
  readonly rule: string;
  readonly input: string;
}

const RULES = new Set(['commonExpr', 'boolCommonExpr', 'filter']);
const texts = (JSON.parse(readText('cases.json')) as readonly Case[])
  .filter(({ suite, rule }) => suite === 'core' && RULES.has(rule))
  .map(({ input }) => decodeQueryPart(input.replace(/^\$?filter=/i, ''), 'the case').text);

/** What a slip of the hand may leave in a text. */
const bits = '\' ( ) , / eq - not a 1 . @ $it : [ ] " + T Z null () _'
  .split(' ')
  .concat(' ', '  ', 'not ');

/** The text with a character or two left out, put in or replaced. */
function slip(text: string, next: (below: number) => number): string {
  let slipped = text;
  for (let times = next(2) + 1; times > 0; times--) {
    const at = next(slipped.length + 1);
    const bit = next(3) === 0 ? '' : bits[next(bits.length)]!;
    slipped = slipped.slice(0, at) + bit + slipped.slice(at + next(2));
  }
  return slipped;
}

test('a second parser takes and refuses the expressions that OASIS has cases for', () => {
  assert.equal(texts.length, 187);
  assert.deepEqual(
    texts.filter((text) => isAccepted(text) !== isParsed(text)),
    [],
  );
});

test('both parsers agree on what is left of them after slips of the hand', () => {
  const random = makeRandom(17);
  const next = (below: number) => Math.floor(random() * below);
  const slipped = Array.from({ length: 6000 }, () => slip(texts[next(texts.length)]!, next));
  const asked = slipped.filter((text) => !LENIENT.test(text));
  const taken = asked.filter(isParsed).length;
  assert.ok(taken > 500 && asked.length - taken > 500, `${taken} of ${asked.length} are taken`);
  assert.deepEqual(
    asked.filter((text) => isAccepted(text) !== isParsed(text)),
    [],
  );
});
