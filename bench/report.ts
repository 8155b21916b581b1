import { styleText } from 'node:util';
import type { Figures } from './measure.ts';

/** Kith beside what it is measured against, in one operation. */
export interface Comparison {
  readonly name: string;
  readonly target: number;
  readonly reference: Figures;
  readonly kith: Figures;
}

/** One figure that has to stay under a bound. */
export interface Bound {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Absent for a figure that is only shown. */
  readonly max?: number;
}

/** A comparison with its ratios and its verdict. */
export interface Judged extends Comparison {
  readonly rateRatio: number;
  readonly cpuRatio: number;
  /** Whether the load had its core full, or other programs took much, in either measurement. */
  readonly isDisturbed: boolean;
  readonly isMet: boolean;
}

/** From here on the load counts as the bottleneck. */
const LOAD_SHARE_MAX = 0.97;
/** From here on other programs disturb the figures. */
const STRANGERS_SHARE_MAX = 0.2;
const LEGEND = [
  "CPU: the server's processor time for one request, all its threads. load, others: the share of",
  'a core that the load and other programs took, beside each of the two. With "!" the core of the',
  'load was full or others took much; then the ratio of CPU, which suffers less, has to hold too.',
  '',
].join('\n');

/**
 * The verdict on a comparison: by requests a second, unless something beside the servers bounded
 * those; then the ratio of the servers' processor time per request has to hold too.
 */
export function judge(comparison: Comparison): Judged {
  const { reference, kith, target } = comparison;
  const rateRatio = kith.requestsPerSecond / reference.requestsPerSecond;
  const cpuRatio = reference.cpuMicroseconds / kith.cpuMicroseconds;
  const isDisturbed = [reference, kith].some(
    ({ loadShare, strangersShare }) =>
      loadShare > LOAD_SHARE_MAX || strangersShare > STRANGERS_SHARE_MAX,
  );
  const decisive = isDisturbed ? Math.min(rateRatio, cpuRatio) : rateRatio;
  return { ...comparison, rateRatio, cpuRatio, isDisturbed, isMet: decisive >= target };
}

/** The table of comparisons, one line each below a heading that names both sides. */
export function formatComparisons(
  { reference, measured }: { reference: string; measured: string },
  all: readonly Judged[],
): string {
  const head = [
    'operation',
    `${reference} req/s`,
    `${measured} req/s`,
    'ratio',
    `${reference} CPU`,
    `${measured} CPU`,
    'ratio',
    'load',
    'others',
    'target',
    '',
  ];
  const rows = all.map((each) => [
    each.name,
    each.reference.requestsPerSecond.toFixed(0),
    each.kith.requestsPerSecond.toFixed(0),
    each.rateRatio.toFixed(2),
    `${each.reference.cpuMicroseconds.toFixed(0)} us`,
    `${each.kith.cpuMicroseconds.toFixed(0)} us`,
    each.cpuRatio.toFixed(2),
    `${percent(each.reference.loadShare)}/${percent(each.kith.loadShare)}`,
    `${percent(each.reference.strangersShare)}/${percent(each.kith.strangersShare)}`,
    `>= ${each.target.toFixed(1)}`,
    `${verdict(each.isMet)}${each.isDisturbed ? ' !' : ''}`,
  ]);
  return formatTable([head, ...rows]) + LEGEND;
}

/** The table of figures with bounds. */
export function formatBounds(bounds: readonly Bound[]): string {
  const rows = bounds.map(({ name, value, unit, max }) => [
    name,
    `${value.toFixed(unit === 'MB' ? 0 : 2)} ${unit}`,
    max === undefined ? '' : `<= ${max} ${unit}`,
    max === undefined ? '' : verdict(value <= max),
  ]);
  return formatTable([['figure', 'Kith', 'target', ''], ...rows]);
}

function verdict(isMet: boolean): string {
  return isMet ? styleText('green', 'met') : styleText('red', 'missed');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)}%`;
}

function formatTable(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!),
      )
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}
