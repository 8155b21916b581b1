import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import {
  checkArrows,
  checkChapters,
  checkCircles,
  checkSpecifiers,
  checkUnused,
} from './tidy/arrows.ts';
import { checkDocstrings } from './tidy/docstrings.ts';
import { checkMarks, checkRights, checkTests } from './tidy/forbidden.ts';
import { checkExports, checkNames } from './tidy/names.ts';
import { checkColumns, checkFileLength, checkFunctions } from './tidy/sizes.ts';
import { type Finding, parseSources, readTree, type Source } from './tidy/source.ts';

const sources = parseSources(
  readTree(join(import.meta.dirname, '..'), ['src', 'test', 'bench', 'scripts']),
);

const isScript = ({ path }: Source) => path.startsWith('scripts/') || path.startsWith('bench/');
// Beside the program and its scripts: what tests alone reach until `--model` opens its door.
const awaited = ['src/odata/language/literals/parse-value.ts'];
const scripts = sources.filter(isScript).map(({ path }) => path);
const entries = ['src/server/main.ts', ...awaited, ...scripts];

const checks: Readonly<Record<string, (sources: readonly Source[]) => Finding[]>> = {
  'rooms import only what their arrows allow': checkArrows,
  'imports leave a room with # and stay in it relatively': checkSpecifiers,
  'chapters of a room import one way': checkChapters,
  'no circles': checkCircles,
  'every source file is used': (all) => checkUnused(all, entries),
  'names say what a file is for': checkNames,
  'exports have names': checkExports,
  'files fit': checkFileLength,
  'lines fit': checkColumns,
  'functions fit': checkFunctions,
  'exports say what they are': checkDocstrings,
  'time, ids, variables and exit stay in their files': checkRights,
  'nothing is put off or silenced': checkMarks,
  'no test is left out silently': checkTests,
};

describe('the house is tidy', () => {
  test('there is something to check', () => assert.ok(sources.length > 20));
  for (const [name, check] of Object.entries(checks)) {
    test(name, () => {
      const lines = check(sources).map(({ path, line, message }) => `${path}:${line} ${message}`);
      if (lines.length > 0) assert.fail(`${lines.length} findings\n${lines.join('\n')}`);
    });
  }
});
