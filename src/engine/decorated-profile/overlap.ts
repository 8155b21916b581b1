import type { Document } from '#plan/document.ts';
import { type CalendarDate, type CalendarGap, compareDates, measureGap } from './calendar.ts';
import { durationValue, rangeValue, type Span, typedValue } from './document-values.ts';
import { isCurrent } from './stints.ts';

/** How the times of two people at one organisation lie to each other: `OverlapType`. */
export type OverlapType =
  | 'BOTH_CURRENT_VIEWER_STARTED_FIRST'
  | 'BOTH_CURRENT_VIEWEE_STARTED_FIRST'
  | 'BOTH_CURRENT_STARTED_IN_SAME_MONTH'
  | 'NOT_BOTH_CURRENT_NO_OVERLAP_VIEWER_STARTED_FIRST'
  | 'NOT_BOTH_CURRENT_NO_OVERLAP_VIEWEE_STARTED_FIRST'
  | 'NOT_BOTH_CURRENT_OVERLAP';

/** The type, and the time together or the time between; one of these two is always there. */
export interface Overlap {
  readonly type: OverlapType;
  readonly range: Span | undefined;
  readonly gap: CalendarGap | undefined;
}

/** Two people's times at one organisation. */
export interface SpanPair {
  readonly viewer: Span;
  readonly viewee: Span;
}

/** Compares two times; undefined where a start is unknown or a time ends before it began. */
export function compareSpans(
  { viewer, viewee }: SpanPair,
  today: CalendarDate,
): Overlap | undefined {
  if (!viewer.start || !viewee.start || isEmpty(viewer) || isEmpty(viewee)) return undefined;
  const order = compareDates(viewer.start, viewee.start);
  const [first, second] = order <= 0 ? [viewer.start, viewee.start] : [viewee.start, viewer.start];
  if (isCurrent(viewer, today) && isCurrent(viewee, today)) {
    if (first.year === second.year && first.month === second.month) {
      const range = { start: second, end: earlierEnd(viewer.end, viewee.end) };
      return { type: 'BOTH_CURRENT_STARTED_IN_SAME_MONTH', range, gap: undefined };
    }
    const who = order < 0 ? 'VIEWER' : 'VIEWEE';
    const gap = measureGap(first, second);
    return { type: `BOTH_CURRENT_${who}_STARTED_FIRST`, range: undefined, gap };
  }
  const firstEnd = order <= 0 ? viewer.end : viewee.end;
  if (!firstEnd || compareDates(second, firstEnd) < 0) {
    const range = { start: second, end: earlierEnd(viewer.end, viewee.end) };
    return { type: 'NOT_BOTH_CURRENT_OVERLAP', range, gap: undefined };
  }
  const who = order <= 0 ? 'VIEWER' : 'VIEWEE';
  const gap = measureGap(firstEnd, second);
  return { type: `NOT_BOTH_CURRENT_NO_OVERLAP_${who}_STARTED_FIRST`, range: undefined, gap };
}

/** The overlap as an `OverlapInfo`; its detail has one member. */
export function overlapValue({ type, range, gap }: Overlap): Document {
  const detail = typedValue('OverlapInfoDetail', {
    dateRange: range && rangeValue(range),
    duration: gap && durationValue(gap),
  });
  return typedValue('OverlapInfo', { detail, overlapType: type });
}

function isEmpty({ start, end }: Span): boolean {
  return start !== undefined && end !== undefined && compareDates(end, start) <= 0;
}

function earlierEnd(one: Span['end'], other: Span['end']): Span['end'] {
  if (!one || !other) return one ?? other;
  return compareDates(one, other) < 0 ? one : other;
}
