import { readdirSync, readFileSync } from 'node:fs';

/**
 * Ends the processes that a test file started and left running. They are known by the mark in
 * the environment that they inherited. Linux only: elsewhere there is no /proc to look in.
 */
export function endStrays(mark: string): void {
  if (process.platform !== 'linux') return;
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const variables = readFileSync(`/proc/${entry}/environ`, 'latin1').split('\0');
      if (variables.includes(`KITH_TEST_MARK=${mark}`)) process.kill(Number(entry), 'SIGKILL');
    } catch {
      // The process has ended meanwhile, or belongs to somebody else.
    }
  }
}
