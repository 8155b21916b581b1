/** Times as integers of 100 ns and days as numbers, both from 0001-01-01. */

const DATE = /^(-?\d{4,5})-(\d\d)-(\d\d)$/;
const TIME = /^(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,12}))?)?$/;
const INSTANT = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d(?::\d\d(?:\.\d{1,12})?)?)(Z|[+-]\d\d:\d\d)$/i;
const DURATION = /^(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d+))?S)?)?$/;
const DURATION_LENGTH_MAX = 100;

/** The last tick of the year 9999. */
export const TICKS_MAX = 3_155_378_975_999_999_999n;
export const DAY_TICKS = 864_000_000_000n;
const SECOND_TICKS = 10_000_000n;
const MINUTE_TICKS = 60n * SECOND_TICKS;
const HOUR_TICKS = 60n * MINUTE_TICKS;
/** The day 0001-01-01, counted from 1970-01-01, with the other sign. */
const DAYS_TO_1970 = 719_162n;
const DAYS_TO_MARCH_0 = 719_468n;
const DAYS_OF_400_YEARS = 146_097n;

/** Days from 0001-01-01, or null where the text is no date. */
export function parseDay(text: string): bigint | null {
  const match = DATE.exec(text);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const leaps = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  const dayOfEra = yearOfEra * 365 + leaps + dayOfYear;
  return BigInt(era) * DAYS_OF_400_YEARS + BigInt(dayOfEra) - DAYS_TO_MARCH_0 + DAYS_TO_1970;
}

/** Ticks from midnight, or null where the text is no time of day. */
export function parseTime(text: string): bigint | null {
  const match = TIME.exec(text);
  if (!match) return null;
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return null;
  const seconds = BigInt(hour * 3600 + minute * 60 + second);
  return seconds * SECOND_TICKS + fractionTicks(match[4]);
}

/** Ticks from 0001-01-01T00:00:00Z, or null: the years 1 to 9999 are those that Graph has. */
export function parseInstant(text: string): bigint | null {
  const local = parseLocal(text);
  if (local === null) return null;
  const ticks = local - BigInt(parseOffset(text) ?? 0) * MINUTE_TICKS;
  return ticks < 0n || ticks > TICKS_MAX ? null : ticks;
}

/** Ticks of an instant as its own zone shows it. */
export function parseLocal(text: string): bigint | null {
  const match = INSTANT.exec(text);
  if (!match) return null;
  const [day, time] = [parseDay(match[1]!), parseTime(match[2]!)];
  if (day === null || time === null) return null;
  return day * DAY_TICKS + time;
}

/** Minutes that an instant's zone is ahead of UTC. */
export function parseOffset(text: string): number | null {
  const zone = INSTANT.exec(text)?.[3];
  if (zone === undefined) return null;
  if (zone.length === 1) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return zone[0] === '-' ? -minutes : minutes;
}

/** Ticks of a duration, or null where the text is none. */
export function parseDuration(text: string): bigint | null {
  const match = DURATION.exec(text);
  if (!match || text.length > DURATION_LENGTH_MAX || /[PT]$/.test(text)) return null;
  const [, sign, days = '0', hours = '0', minutes = '0', seconds = '0', fraction] = match;
  const ticks =
    BigInt(days) * DAY_TICKS +
    BigInt(hours) * HOUR_TICKS +
    BigInt(minutes) * MINUTE_TICKS +
    BigInt(seconds) * SECOND_TICKS +
    fractionTicks(fraction);
  return sign === '-' ? -ticks : ticks;
}

/** Year, month or day of the month of a day. */
export function civilPart(day: bigint, part: 'year' | 'month' | 'day'): bigint {
  const fromMarch0 = day - DAYS_TO_1970 + DAYS_TO_MARCH_0;
  const era = floorDivide(fromMarch0, DAYS_OF_400_YEARS);
  const dayOfEra = fromMarch0 - era * DAYS_OF_400_YEARS;
  const yearOfEra = (dayOfEra - dayOfEra / 1460n + dayOfEra / 36_524n - dayOfEra / 146_096n) / 365n;
  const dayOfYear = dayOfEra - (365n * yearOfEra + yearOfEra / 4n - yearOfEra / 100n);
  const shiftedMonth = (5n * dayOfYear + 2n) / 153n;
  if (part === 'day') return dayOfYear - (153n * shiftedMonth + 2n) / 5n + 1n;
  const month = shiftedMonth + (shiftedMonth < 10n ? 3n : -9n);
  return part === 'month' ? month : yearOfEra + era * 400n + (month <= 2n ? 1n : 0n);
}

/** Division that rounds down, also below zero. */
export function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return quotient * divisor > dividend ? quotient - 1n : quotient;
}

function fractionTicks(fraction = ''): bigint {
  return BigInt(fraction.slice(0, 7).padEnd(7, '0'));
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
