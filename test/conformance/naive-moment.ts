const MILLISECOND = 10_000n;
/** Milliseconds from 0001-01-01 to 1970-01-01. */
const EPOCH = 62_135_596_800_000;
const LAST = 3_155_378_975_999_999_999n;

/** 864,000,000,000 ticks of 100 ns. */
export const DAY = 864_000_000_000n;

/** Days from 0001-01-01, or null. */
export function readDate(text: string): bigint | null {
  const parts = /^(-?\d{4,5})-(\d\d)-(\d\d)$/.exec(text);
  if (!parts) return null;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const isIt = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isIt ? BigInt((date.getTime() + EPOCH) / 86_400_000) : null;
}

/** Ticks from midnight, or null. */
export function readTime(text: string): bigint | null {
  const parts = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,12}))?)?$/.exec(text);
  if (!parts) return null;
  const [hours, minutes, seconds] = [1, 2, 3].map((at) => BigInt(parts[at] ?? '0')) as [
    bigint,
    bigint,
    bigint,
  ];
  const fraction = BigInt(`${parts[4] ?? ''}0000000`.slice(0, 7));
  return ((hours * 60n + minutes) * 60n + seconds) * 10_000_000n + fraction;
}

/** An instant: ticks in UTC from 0001-01-01, and the minutes that its zone is ahead; or null. */
export function readInstant(text: string): { ticks: bigint; offset: number } | null {
  const parts = /^(\d{4}-\d\d-\d\d)T(.*?)(Z|[+-]\d\d:\d\d)$/i.exec(text);
  const day = parts && readDate(parts[1]!);
  const time = parts && readTime(parts[2]!);
  if (day === null || time === null || !parts) return null;
  const zone = parts[3]!;
  const minutes = zone.length === 1 ? 0 : Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4));
  const offset = zone.startsWith('-') ? -minutes : minutes;
  const ticks = day * DAY + time - BigInt(offset) * 600_000_000n;
  return ticks < 0n || ticks > LAST ? null : { ticks, offset };
}

/** Ticks of a duration, or null. */
export function readDuration(text: string): bigint | null {
  const parts = /^(-)?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d+))?S)?)?$/.exec(text);
  if (!parts || /[PT]$/.test(text)) return null;
  const seconds = [86_400, 3600, 60, 1]
    .map((unit, at) => BigInt(unit) * BigInt(parts[at + 2] ?? '0'))
    .reduce((sum, each) => sum + each);
  const ticks = seconds * 10_000_000n + BigInt(`${parts[6] ?? ''}0000000`.slice(0, 7));
  return parts[1] ? -ticks : ticks;
}

/** Year, month and day of the month of a day. */
export function calendarOf(day: bigint): { year: number; month: number; day: number } {
  const date = new Date(Number(day) * 86_400_000 - EPOCH);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
  return { year, month, day: date.getUTCDate() };
}

/** An instant of milliseconds since 1970, in ticks. */
export function ticksOf(milliseconds: number): bigint {
  return BigInt(milliseconds + EPOCH) * MILLISECOND;
}
