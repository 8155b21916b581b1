import { GRAPH } from '#model/schema.ts';
import { type Document, TYPE, type Value } from '#plan/document.ts';
import type { CalendarDate, CalendarGap } from './calendar.ts';

/** A time from its first day to the day after its last; what is undefined is open or unknown. */
export interface Span {
  readonly start: CalendarDate | undefined;
  readonly end: CalendarDate | undefined;
}

/** A value of one of Graph's complex types; members without a value are left out. */
export function typedValue(name: string, members: Document): Document {
  const value: Document = { [TYPE]: `${GRAPH}.${name}` };
  for (const [member, held] of Object.entries(members)) {
    if (held !== undefined && held !== null) value[member] = held;
  }
  return value;
}

/** The date as a `Date`. */
export function dateValue({ day, month, year }: CalendarDate): Document {
  return typedValue('Date', { day, month, year });
}

/** The span as a `DateRange`, or undefined where neither end is known. */
export function rangeValue({ start, end }: Span): Document | undefined {
  if (!start && !end) return undefined;
  return typedValue('DateRange', { start: start && dateValue(start), end: end && dateValue(end) });
}

/** The length of time as a `Duration`. */
export function durationValue({ days, months, years }: CalendarGap): Document {
  return typedValue('Duration', { numDays: days, numMonths: months, numYears: years });
}

/** A text that says something; undefined for null, for an empty text and for what is no text. */
export function textOf(value: Value | undefined): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** A complex value, or an empty one where there is none. */
export function partOf(value: Value | undefined): Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
