import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatHelp } from './config-help.ts';
import { configOptions, hasSource, variableOf } from './config-options.ts';

test('the help text names every flag and every variable', () => {
  const help = formatHelp();
  for (const option of configOptions) {
    assert.match(help, new RegExp(`--${option.flag}\\b`));
    if (hasSource(option, 'variable')) assert.ok(help.includes(`[${variableOf(option)}]`));
  }
});

test('the help text fits into 100 columns', () => {
  for (const line of formatHelp().split('\n')) assert.ok(line.length <= 100, line);
});

test('what only a flag can say has no variable', () => {
  assert.doesNotMatch(formatHelp(), /KITH_(HELP|VERSION)/);
});
