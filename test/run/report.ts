import type { Outcome } from './outcome.ts';

const outputLinesMax = 200;

function indent(text: string, margin: string): string {
  return text.replaceAll(/^(?=.)/gm, margin);
}

function describeCounts(outcomes: readonly Outcome[]): string {
  const count = (of: (outcome: Outcome) => number) =>
    outcomes.reduce((sum, outcome) => sum + of(outcome), 0);
  const skipped = count((outcome) => outcome.skips.length);
  const passed = count((outcome) => outcome.passed);
  const failed = count((outcome) => outcome.failures.length);
  return `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}

/** One line for a group, then its skipped tests with their reasons, then its failures in full. */
export function formatOutcome(outcome: Outcome): string {
  const mark = outcome.failures.length === 0 ? 'ok  ' : 'FAIL';
  const seconds = `${(outcome.milliseconds / 1000).toFixed(1)} s`.padStart(7);
  const counts = describeCounts([outcome]);
  const lines = [`${mark} ${seconds}  ${outcome.group}: ${counts}`];
  for (const { name, reason } of outcome.skips) {
    lines.push(`       skipped: ${name} (${reason})`);
  }
  for (const failure of outcome.failures) {
    lines.push(`\n  FAILED ${failure.place}\n  ${failure.name}`, indent(failure.reason, '    '));
  }
  if (outcome.failures.length > 0 && outcome.output.trim() !== '') {
    const tail = outcome.output.trimEnd().split('\n').slice(-outputLinesMax).join('\n');
    lines.push(`\n  What ${outcome.group} printed:`, indent(tail, '    '));
  }
  if (outcome.failures.length > 0) lines.push('');
  return lines.join('\n');
}

/** The end of a run: the names of what failed, then the one line of totals. */
export function formatTotals(outcomes: readonly Outcome[]): string {
  const failed = outcomes.flatMap(({ failures }) => failures);
  const lines = failed.map(({ place, name }) => `FAILED ${place}: ${name}`);
  return [...(lines.length > 0 ? ['', ...lines] : []), '', describeCounts(outcomes)].join('\n');
}

/** Whether everything that ran passed, and something did run. */
export function isSuccess(outcomes: readonly Outcome[]): boolean {
  const ran = outcomes.some(({ passed }) => passed > 0);
  return ran && outcomes.every(({ failures }) => failures.length === 0);
}
