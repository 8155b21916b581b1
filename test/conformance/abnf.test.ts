import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { SyntaxRefusal } from '#odata/language/syntax-refusal.ts';
import { entries } from './abnf/entries.ts';
import { isMet } from './abnf/expectations.ts';
import type { Names } from './abnf/names.ts';

/** One of OASIS's test cases: an input that a rule accepts, or refuses at `failAt` at the latest. */
interface Case {
  readonly suite: string;
  readonly name: string;
  readonly rule: string;
  readonly input: string;
  readonly failAt?: number;
  /** Rules and the parts of the input that they match. */
  readonly expect?: readonly string[];
}

function readData<Data>(name: string): Data {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'abnf', name), 'utf8')) as Data;
}

const cases = readData<readonly Case[]>('cases.json');
const names = readData<Readonly<Record<string, Names>>>('names.json');

/** The tree of the input, or the refusal. */
function answer({ suite, rule, input }: Case): { tree?: unknown; refusal?: SyntaxRefusal } {
  try {
    return { tree: entries[rule]!(input, names[suite] ?? {}) };
  } catch (refusal) {
    if (refusal instanceof SyntaxRefusal) return { refusal };
    throw refusal;
  }
}

/** What is wrong with the answer to a case; undefined if nothing is. */
function judge(each: Case): string | undefined {
  const { tree, refusal } = answer(each);
  const where = `${each.rule}: ${each.input} (${each.name})`;
  if (each.failAt === undefined) {
    if (refusal) return `${where}: refused, ${refusal.message}`;
    const missing = each.expect?.filter((expected) => !isMet(expected, each.input, tree)) ?? [];
    return missing.length > 0 ? `${where}: no ${missing}` : undefined;
  }
  if (refusal === undefined) return `${where}: accepted`;
  if (refusal.rawPosition <= each.failAt) return undefined;
  return `${where}: refused at ${refusal.rawPosition}, not at ${each.failAt} at the latest`;
}

describe("OData's own cases of the grammar", () => {
  test('are all there', () => assert.equal(cases.length, 1054));
  for (const rule of new Set(cases.map((each) => each.rule))) {
    test(`${rule} accepts and refuses what it should`, () => {
      assert.ok(entries[rule], 'no entry point');
      const wrong = cases.filter((each) => each.rule === rule).flatMap((each) => judge(each) ?? []);
      assert.deepEqual(wrong, []);
    });
  }
});
