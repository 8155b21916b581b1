/** A day of the proleptic Gregorian calendar; month and day count from 1. */
export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** A length of time as people say it: whole years, then whole months, then days. */
export interface CalendarGap {
  readonly years: number;
  readonly months: number;
  readonly days: number;
}

const DAY_MILLISECONDS = 86_400_000;
/** Edm.Date, or the date with which Edm.DateTimeOffset begins. */
const DATE = /^(-?\d{4,})-(\d\d)-(\d\d)(?=T|$)/;

/** The date in an Edm.Date or at the beginning of an Edm.DateTimeOffset; undefined for all else. */
export function parseDate(value: unknown): CalendarDate | undefined {
  const match = typeof value === 'string' ? DATE.exec(value) : null;
  if (!match) return undefined;
  return checkedDate({ year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) });
}

/** The date itself, or undefined where the calendar has no such day. */
export function checkedDate(date: CalendarDate): CalendarDate | undefined {
  const { year, month, day } = date;
  if (![year, month, day].every(Number.isInteger) || month < 1 || month > 12) return undefined;
  return day >= 1 && day <= daysInMonth(year, month) ? date : undefined;
}

/** The date as an Edm.Date; of the years 0 to 9999. */
export function formatDate({ year, month, day }: CalendarDate): string {
  return [String(year).padStart(4, '0'), pad(month), pad(day)].join('-');
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}

/** The day, in UTC, of an instant in milliseconds since 1970. */
export function dateAt(milliseconds: number): CalendarDate {
  const date = new Date(milliseconds);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** How many days lie from one date to another; negative where the other is earlier. */
export function countDays(from: CalendarDate, to: CalendarDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** Below zero where the first is earlier, above zero where it is later. */
export function compareDates(one: CalendarDate, other: CalendarDate): number {
  return one.year - other.year || one.month - other.month || one.day - other.day;
}

/**
 * The first date from `today` on with this month and day. The 29th of February is celebrated on
 * the 28th in a year without it, so that it stays in its month.
 */
export function findNextAnniversary(
  { month, day }: Omit<CalendarDate, 'year'>,
  today: CalendarDate,
): CalendarDate {
  const inYear = (year: number): CalendarDate => {
    return { year, month, day: Math.min(day, daysInMonth(year, month)) };
  };
  const thisYear = inYear(today.year);
  return compareDates(thisYear, today) < 0 ? inYear(today.year + 1) : thisYear;
}

/** The time from one date to a later one, or to the same. */
export function measureGap(from: CalendarDate, to: CalendarDate): CalendarGap {
  let total = monthNumber(to) - monthNumber(from);
  if (compareDates(addMonths(from, total), to) > 0) total -= 1;
  const days = countDays(addMonths(from, total), to);
  return { years: Math.floor(total / 12), months: total % 12, days };
}

/** The same day so many months later, or the last of a shorter month. */
function addMonths(date: CalendarDate, months: number): CalendarDate {
  const total = monthNumber(date) + months;
  const year = Math.floor(total / 12);
  const month = total - year * 12 + 1;
  return { year, month, day: Math.min(date.day, daysInMonth(year, month)) };
}

function monthNumber({ year, month }: CalendarDate): number {
  return year * 12 + month - 1;
}

function daysInMonth(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

function dayNumber({ year, month, day }: CalendarDate): number {
  // Date.UTC takes the years 0 to 99 for 1900 to 1999; setUTCFullYear does not.
  return new Date(0).setUTCFullYear(year, month - 1, day) / DAY_MILLISECONDS;
}
