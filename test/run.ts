/**
 * The test runner behind `npm test`: types, lint, the unit tests beside the code, then the files
 * under `test/`, two at a time. The last line it prints is `N passed, N failed`.
 *
 *   --unit          the unit tests alone
 *   --only PATTERN  test files whose path matches the regular expression; if there is none,
 *                   the tests whose name matches
 *   --full          the long loops too (sets KITH_TEST_FULL=1)
 */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { readFlags } from '../scripts/read-flags.ts';
import { type PostgresServer, startPostgres } from './postgres.ts';
import type { Outcome } from './run/outcome.ts';
import { formatOutcome, formatTotals, isSuccess } from './run/report.ts';
import { runCheck } from './run/run-check.ts';
import { runFile } from './run/run-file.ts';
import { type SharedProgram, shareProgram } from './run/shared-program.ts';

type Task = () => Promise<Outcome>;

const root = join(import.meta.dirname, '..');
const tasksAtOnce = 2;
const flags = readFlags('npm test -- [--unit] [--only PATTERN] [--full]', {
  unit: { type: 'boolean', default: false },
  only: { type: 'string' },
  full: { type: 'boolean', default: false },
});
const millisecondsMax = flags.full ? 1_800_000 : 120_000;
const interruption = new AbortController();
const interrupted = interruption.signal;
const env: NodeJS.ProcessEnv = {
  ...process.env,
  KITH_TEST: '1',
  // Test files are stripped of their types and compiled once for all runs.
  NODE_COMPILE_CACHE: join(root, '.cache', 'compiled'),
  ...(flags.full ? { KITH_TEST_FULL: '1' } : {}),
};

function planChecks(): Task[] {
  const check = (group: string, ...command: string[]) => {
    return () => runCheck({ group, command, millisecondsMax }, interrupted);
  };
  const program = (path: string) => join(root, 'node_modules', path);
  return [
    check('types', program('typescript/bin/tsc'), '--noEmit', '--project', root),
    check('lint', program('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', root),
  ];
}

/** The unit tests share one process, so that the whole set takes seconds. */
function planUnitTests(paths: readonly string[], namePattern?: RegExp): Task[] {
  if (paths.length === 0) return [];
  const file = {
    group: 'unit tests',
    root,
    path: join(root, 'test/run/unit-tests.ts'),
    millisecondsMax,
    env: { ...env, KITH_TEST_FILES: JSON.stringify(paths.map((path) => join(root, path))) },
    ...(namePattern ? { namePattern } : {}),
  };
  return [() => runFile(file, interrupted)];
}

function planFiles(paths: readonly string[], namePattern?: RegExp): Task[] {
  return paths.map((path) => {
    const file = {
      group: path,
      root,
      path: join(root, path),
      millisecondsMax,
      ...(namePattern ? { namePattern } : {}),
    };
    return () => runFile({ ...file, env }, interrupted);
  });
}

function plan(): { tasks: Task[]; hasFiles: boolean } {
  const find = (pattern: string) =>
    globSync(pattern, { cwd: root })
      .map((path) => path.replaceAll('\\', '/'))
      .sort();
  const unit = find('src/**/*.test.ts');
  const files = flags.unit ? [] : find('test/**/*.test.ts');
  const checks = flags.unit || flags.only !== undefined ? [] : planChecks();
  if (flags.only === undefined) {
    const tasks = [...checks, ...planUnitTests(unit), ...planFiles(files)];
    return { tasks, hasFiles: files.length > 0 };
  }
  const pattern = new RegExp(flags.only);
  const matches = (path: string) => pattern.test(path);
  const isPath = unit.some(matches) || files.some(matches);
  const chosen = isPath ? files.filter(matches) : files;
  const name = isPath ? undefined : pattern;
  const tasks = planUnitTests(isPath ? unit.filter(matches) : unit, name);
  return { tasks: [...tasks, ...planFiles(chosen, name)], hasFiles: chosen.length > 0 };
}

/** Runs the tasks in order, some at once, and prints each outcome as it comes. */
async function runAll(tasks: readonly Task[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const waiting = [...tasks];
  const work = async () => {
    for (let task = waiting.shift(); task && !interrupted.aborted; task = waiting.shift()) {
      const outcome = await task();
      outcomes.push(outcome);
      console.log(formatOutcome(outcome));
    }
  };
  await Promise.all(Array.from({ length: tasksAtOnce }, work));
  return outcomes;
}

/** One PostgreSQL for all files; a file that cannot have it starts its own and says why not. */
async function startShared(): Promise<PostgresServer | undefined> {
  try {
    const server = await startPostgres();
    env.KITH_TEST_POSTGRES = server.url;
    return server;
  } catch (error) {
    console.error(error);
    return undefined;
  }
}

/** One bundle and one seeded folder for all files; without them they start the source. */
async function openShared(): Promise<SharedProgram | undefined> {
  try {
    const shared = await shareProgram(root);
    Object.assign(env, shared.env);
    return shared;
  } catch (error) {
    console.error(error);
    return undefined;
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => interruption.abort());
}
const started = performance.now();
const { tasks, hasFiles } = plan();
const [postgres, program] = hasFiles ? await Promise.all([startShared(), openShared()]) : [];
const outcomes = await runAll(tasks);
await postgres?.stop();
program?.remove();
console.log(`\n${((performance.now() - started) / 1000).toFixed(1)} s in all`);
console.log(formatTotals(outcomes));
process.exit(isSuccess(outcomes) && !interrupted.aborted ? 0 : 1);
