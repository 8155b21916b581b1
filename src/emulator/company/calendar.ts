/** Days are counted from 1970-01-01, in integers: no clock and no time zone takes part. */

/** The day on which the company stands still: 2026-11-01. */
export const today = dayOf(2026, 11, 1);

/** A day of the Gregorian calendar; months and days count from 1. */
export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The day number of a date of the proleptic Gregorian calendar; month and day count from 1. */
export function dayOf(year: number, month: number, day: number): number {
  const shifted = month > 2 ? year : year - 1;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * 146097 + yearOfEra * 365 + leapDays + dayOfYear - 719468;
}

/** The date of a day number. */
export function dateOf(dayNumber: number): CalendarDate {
  const shifted = dayNumber + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const leaps =
    Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36524) + Math.floor(dayOfEra / 146096);
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365);
  const yearStart = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  const dayOfYear = dayOfEra - yearStart;
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** A day as Edm.Date: `2026-11-01`. */
export function formatDate(dayNumber: number): string {
  const { year, month, day } = dateOf(dayNumber);
  return `${year}-${twoDigits(month)}-${twoDigits(day)}`;
}

/** A moment as Edm.DateTimeOffset in UTC, `2026-11-01T08:30:00Z`; the second counts in the day. */
export function formatMoment(dayNumber: number, second = 0): string {
  const minutes = Math.floor(second / 60);
  const clock = [Math.floor(minutes / 60), minutes % 60, second % 60].map(twoDigits).join(':');
  return `${formatDate(dayNumber)}T${clock}Z`;
}

/** The first day of a day's month, as Graph gives `startMonthYear`. */
export function firstOfMonth(dayNumber: number): number {
  return dayNumber - dateOf(dayNumber).day + 1;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
