import { run } from 'node:test';
import type { Outcome } from './outcome.ts';
import { endStrays } from './stray-processes.ts';
import { TestRecord } from './test-record.ts';

export interface TestFile {
  readonly group: string;
  readonly root: string;
  readonly path: string;
  /** The file is ended, and fails, when it has not ended by itself. */
  readonly millisecondsMax: number;
  readonly env: NodeJS.ProcessEnv;
  readonly namePattern?: RegExp;
}

const graceMilliseconds = 5_000;
let runs = 0;

/** Runs one test file in a process of its own and ends whatever it leaves behind. */
export async function runFile(file: TestFile, interrupted: AbortSignal): Promise<Outcome> {
  const started = performance.now();
  const record = new TestRecord(file.root, file.path);
  runs += 1;
  const mark = `${process.pid}-${runs}`;
  const late = AbortSignal.timeout(file.millisecondsMax);
  const events = run({
    files: [file.path],
    cwd: file.root,
    signal: AbortSignal.any([late, interrupted]),
    env: { ...file.env, KITH_TEST_MARK: mark },
    ...(file.namePattern ? { testNamePatterns: [file.namePattern] } : {}),
  });
  const finished = (async () => {
    for await (const event of events) record.add(event);
  })();
  await Promise.race([finished, waitForAbandon(late, interrupted)]);
  if (late.aborted) {
    const seconds = Math.round(file.millisecondsMax / 1000);
    const running = record.listRunning().join('; ') || 'none, but something kept it alive';
    const reason = `The file was still running after ${seconds} s. Tests running: ${running}.`;
    record.addFailure(file.group, reason);
  } else if (interrupted.aborted) {
    record.addFailure(file.group, 'The run was interrupted.');
  }
  endStrays(mark);
  return record.finish(file.group, performance.now() - started);
}

/** Resolves some time after an end was asked for, should the stream of events never end. */
function waitForAbandon(...signals: AbortSignal[]): Promise<void> {
  return new Promise((resolve) => {
    const abandon = () => setTimeout(resolve, graceMilliseconds).unref();
    for (const signal of signals) signal.addEventListener('abort', abandon, { once: true });
  });
}
