import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  checkArrows,
  checkChapters,
  checkCircles,
  checkSpecifiers,
  checkUnused,
} from './arrows.ts';
import { checkDocstrings } from './docstrings.ts';
import { checkMarks, checkRights, checkTests } from './forbidden.ts';
import { checkExports, checkNames } from './names.ts';
import { checkColumns, checkFileLength, checkFunctions } from './sizes.ts';
import { type Finding, parseSources, type Source } from './source.ts';

type Check = (sources: readonly Source[]) => Finding[];
type Files = Readonly<Record<string, string>>;

interface Case {
  readonly check: Check;
  /** Files without a fault. */
  readonly good: Files;
  /** Sets of files with exactly one fault each. */
  readonly bad: readonly Files[];
}

const tall = (lines: number) => 'const a = 1;\n'.repeat(lines);
const long = (lines: number) => `function f() {\n${'  g();\n'.repeat(lines - 2)}}\n`;
const wide = (columns: number) => `f(${'a, '.repeat(columns / 3)}b);\n`;

const cases: Readonly<Record<string, Case>> = {
  arrows: {
    check: checkArrows,
    good: {
      'src/errors.ts': "import 'node:util';",
      'src/log.ts': "import { pino } from 'pino';",
      'src/plan/a.ts': "import '#model/b.ts';\nimport '#errors.ts';",
      'src/server/a.ts': "import '#emulator/c.ts';\nimport 'fastify';\nimport 'node:net';",
      'src/server/main.ts': "import kith from '../../package.json' with { type: 'json' };",
    },
    bad: [
      { 'src/model/a.ts': "import type { B } from '#plan/b.ts';" },
      { 'src/odata/a.ts': "export { b } from '#store/b.ts';" },
      { 'src/engine/a.ts': "const b = await import('#store/b.ts');" },
      { 'src/store/a.ts': "import '../server/main.ts';" },
      { 'src/store/a.ts': "new URL('../server/main.ts', import.meta.url)" },
      { 'src/plan/a.ts': "import 'node:fs/promises';" },
      { 'src/plan/a.ts': "import kith from '../../package.json' with { type: 'json' };" },
      { 'src/errors.ts': "import 'pino';" },
      { 'src/clock.ts': "import './ids.ts';" },
      { 'src/stray.ts': 'const a = 1;' },
      { 'src/attic/a.ts': 'const a = 1;' },
    ],
  },
  specifiers: {
    check: checkSpecifiers,
    good: {
      'src/plan/filter/a.ts': "import '../b.ts';\nimport '#model/c.ts';\nimport '#errors.ts';",
      'test/a.test.ts': "import '#plan/b.ts';\nimport './c.ts';",
      'bench/a.ts': "new URL('../src/server/main.ts', import.meta.url)",
    },
    bad: [
      { 'src/plan/a.ts': "import '#plan/b.ts';" },
      { 'src/plan/a.ts': "import '../model/b.ts';" },
      { 'src/plan/a.ts': "import '../errors.ts';" },
      { 'src/plan/a.ts': "import './b';" },
      { 'src/plan/a.ts': "import './b.js';" },
      { 'test/a.test.ts': "import '../src/plan/b.ts';" },
    ],
  },
  chapters: {
    check: checkChapters,
    good: {
      'src/store/a.ts': "import './query/b.ts';",
      'src/store/query/b.ts': "import '../c.ts';\nimport '../links/d.ts';\nimport './e.ts';",
      'src/store/links/d.ts': "import '../c.ts';",
      'src/server/http/a.ts': "import '../seed/b.ts';",
    },
    bad: [
      {
        'src/store/query/b.ts': "import '../links/d.ts';",
        'src/store/links/e.ts': "import type { F } from '../query/f.ts';",
      },
      {
        'src/server/http/a.ts': "import '../seed/b.ts';",
        'src/server/seed/c.ts': "import '../http/d.ts';",
      },
    ],
  },
  circles: {
    check: checkCircles,
    good: {
      'src/plan/a.ts': "import './b.ts';\nimport './c.ts';",
      'src/plan/b.ts': "import './c.ts';",
      'src/plan/c.ts': '',
      'src/store/a.ts': "new Worker(new URL('./b.ts', import.meta.url));",
      'src/store/b.ts': "import type { Message } from './a.ts';",
    },
    bad: [
      { 'src/plan/a.ts': "import './b.ts';", 'src/plan/b.ts': "import type { A } from './a.ts';" },
      { 'src/plan/a.ts': "import './a.ts';" },
    ],
  },
  unused: {
    check: (sources) => checkUnused(sources, ['src/server/main.ts']),
    good: {
      'src/server/main.ts': "import '#store/a.ts';",
      'src/store/a.ts': "new Worker(new URL('./writer.ts', import.meta.url));",
      'src/store/writer.ts': '',
      'src/store/writer.test.ts': '',
    },
    bad: [
      { 'src/server/main.ts': '', 'src/store/a.ts': '', 'src/store/a.test.ts': "import './a.ts'" },
      { 'src/store/a.ts': '' },
    ],
  },
  names: {
    check: checkNames,
    good: { 'src/plan/bind-filter.ts': '', 'src/plan/v2.test.ts': '', 'src/a/shared-sky.ts': '' },
    bad: [
      { 'src/plan/bindFilter.ts': '' },
      { 'src/plan/index.ts': '' },
      { 'src/plan/text-utils.ts': '' },
      { 'src/helpers/filter.ts': '' },
    ],
  },
  exports: {
    check: checkExports,
    good: { 'src/plan/a.ts': 'export const a = 1;\nexport { a as b };' },
    bad: [
      { 'src/plan/a.ts': 'export default 1;' },
      { 'src/plan/a.ts': 'export default function f() {}' },
      { 'src/plan/a.ts': 'const a = 1;\nexport { a as default };' },
    ],
  },
  'file length': {
    check: checkFileLength,
    good: { 'src/plan/a.ts': tall(400), 'src/model/user/table.ts': tall(900) },
    bad: [{ 'src/plan/a.ts': tall(401) }, { 'src/model/compile.ts': tall(401) }],
  },
  columns: {
    check: checkColumns,
    good: {
      'src/plan/a.ts': `${wide(94)}const a =\n  '${'long '.repeat(30)}';\n`,
      'src/plan/b.ts': `// https://example.org/${'a'.repeat(100)}\n`,
    },
    bad: [{ 'src/plan/a.ts': wide(99) }, { 'src/plan/a.ts': `// ${'word '.repeat(20)}` }],
  },
  functions: {
    check: checkFunctions,
    good: {
      'src/plan/a.ts': `${long(70)}const g = (a, b, c, d) => a;`,
      'src/plan/a.test.ts': long(90).replace('function f()', "describe('a', () =>").concat(')'),
    },
    bad: [
      { 'src/plan/a.ts': long(71) },
      { 'src/plan/a.ts': `const f = ${long(71)}` },
      { 'src/plan/a.ts': `class A { ${long(71).replace('function ', '')} }` },
      { 'src/plan/a.ts': 'function f(a, b, c, d, e) {}' },
    ],
  },
  docstrings: {
    check: checkDocstrings,
    good: {
      'src/plan/a.ts': [
        '/** Says what it gives. */\nexport function f() {}\nexport function f(a: string) {}',
        '/**\n * Says what it is.\n */\nexport interface A {}\nexport const table = { a: 1 };',
        'export type Name = (typeof table)[number];\nfunction inner() {}',
      ].join('\n'),
    },
    bad: [
      { 'src/plan/a.ts': 'export function f() {}' },
      { 'src/plan/a.ts': '/** F. */\nexport function f() {}' },
      { 'src/plan/a.ts': '// Says what it gives.\nexport const f = () => 1;' },
      { 'src/plan/a.ts': '/** Says what it gives. */\nconst a = 1;\nexport class F {}' },
      { 'src/plan/a.ts': 'export type A = string | number;' },
    ],
  },
  rights: {
    check: checkRights,
    good: {
      'src/clock.ts': 'Date.now(); new Date();',
      'src/ids.ts': "import { randomUUID } from 'node:crypto';",
      'src/server/config/config-sources.ts': 'process.env;',
      'src/server/main.ts': 'process.exit(1);',
      'src/plan/a.ts': 'new Date(0);',
      'test/a.ts': 'Date.now();',
    },
    bad: [
      { 'src/plan/a.ts': 'Date.now();' },
      { 'src/plan/a.ts': 'new Date();' },
      { 'src/plan/a.ts': "import { randomUUID } from 'node:crypto';" },
      { 'src/server/listen.ts': 'process.env.KITH_PORT;' },
      { 'src/server/listen.ts': 'process.exit(1);' },
    ],
  },
  marks: {
    check: checkMarks,
    good: { 'src/plan/a.ts': "const list = 'TODO'; // @ts-expect-error: the types lag behind" },
    bad: [
      { 'src/plan/a.ts': '// TODO: later' },
      { 'src/plan/a.ts': '/* FIXME */' },
      { 'src/plan/a.ts': '// @ts-ignore\nf();' },
      { 'src/plan/a.ts': '// @ts-expect-error\nf();' },
    ],
  },
  tests: {
    check: checkTests,
    good: { 'src/plan/a.test.ts': "test('a', { skip: 'needs root' }, f); t.skip('no disk');" },
    bad: [
      { 'src/plan/a.test.ts': "test.only('a', f);" },
      { 'src/plan/a.test.ts': "it.skip('a', f);" },
      { 'src/plan/a.test.ts': "test('a', { skip: true }, f);" },
      { 'src/plan/a.test.ts': "test('a', { only: true }, f);" },
      { 'src/plan/a.test.ts': 't.skip();' },
    ],
  },
};

function run(check: Check, files: Files): Finding[] {
  return check(parseSources(Object.entries(files).map(([path, text]) => ({ path, text }))));
}

describe('each check of the house', () => {
  for (const [name, { check, good, bad }] of Object.entries(cases)) {
    test(`${name}: finds nothing wrong where nothing is`, () => {
      assert.deepEqual(run(check, good), []);
    });
    for (const [index, files] of bad.entries()) {
      test(`${name}: finds fault ${index + 1}, ${JSON.stringify(files).slice(0, 80)}`, () => {
        assert.equal(run(check, files).length, 1);
      });
    }
  }
});
