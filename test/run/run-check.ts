import { execFile } from 'node:child_process';
import type { Outcome } from './outcome.ts';

export interface Check {
  readonly group: string;
  /** A JavaScript program and its arguments, run by this Node. */
  readonly command: readonly string[];
  readonly millisecondsMax: number;
}

const outputBytesMax = 16 * 1024 * 1024;

/** Runs a checking program; it counts as one test, which passes if the program exits with 0. */
export function runCheck(check: Check, interrupted: AbortSignal): Promise<Outcome> {
  const started = performance.now();
  const settings = {
    timeout: check.millisecondsMax,
    maxBuffer: outputBytesMax,
    signal: interrupted,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, check.command, settings, (error, stdout, stderr) => {
      const output = `${stdout}${stderr}`.trim();
      const reason = error === null ? '' : output || error.message;
      const failures = error === null ? [] : [{ name: check.group, place: check.group, reason }];
      resolve({
        group: check.group,
        passed: error === null ? 1 : 0,
        failures,
        skips: [],
        milliseconds: performance.now() - started,
        output: '',
      });
    });
  });
}
