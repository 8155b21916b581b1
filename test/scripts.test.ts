import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

const company = join(import.meta.dirname, '../scripts/company.ts');

/** Runs the script that makes companies to its end. */
function run(...flags: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [company, ...flags]);
  return { status, stdout: String(stdout), stderr: String(stderr) };
}

test('a script asked for help prints its usage', () => {
  const { status, stdout, stderr } = run('--help');
  assert.deepEqual([status, stderr], [0, '']);
  assert.match(stdout, /^Usage: npm run company -- \[--people N\].*\n$/);
});

test('a script says in a line what is no flag of it, or no value of one', () => {
  for (const [flags, reason] of [
    [['--colour', 'red'], /^Unknown option '--colour'/],
    [['--people', 'many'], /^--people takes an integer, not 'many'\.\nUsage: /],
    [['company.jsonl'], /^Unexpected argument 'company\.jsonl'/],
  ] as const) {
    const { status, stdout, stderr } = run(...flags);
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, reason);
    assert.equal(stderr.trimEnd().split('\n').length, 2, stderr);
  }
  const { status, stderr } = run('--people', '0');
  assert.deepEqual([status, stderr.split('\n').length], [1, 2], stderr);
});
