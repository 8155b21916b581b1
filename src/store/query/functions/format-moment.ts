import { civilPart, DAY_TICKS, floorDivide } from './moment.ts';

const SECOND_TICKS = 10_000_000n;

/** The date of a number of days from 0001-01-01. */
export function formatDay(day: bigint): string {
  const [year, month, date] = (['year', 'month', 'day'] as const).map((part) =>
    civilPart(day, part),
  );
  return `${digits(year!, 4)}-${digits(month!, 2)}-${digits(date!, 2)}`;
}

/** The time of day of ticks from midnight. */
export function formatTime(ticks: bigint): string {
  const seconds = ticks / SECOND_TICKS;
  const parts = [seconds / 3600n, (seconds / 60n) % 60n, seconds % 60n];
  return parts.map((part) => digits(part, 2)).join(':') + fraction(ticks);
}

/** The instant of ticks from 0001-01-01, in UTC. */
export function formatInstant(ticks: bigint): string {
  const day = floorDivide(ticks, DAY_TICKS);
  return `${formatDay(day)}T${formatTime(ticks - day * DAY_TICKS)}Z`;
}

/** The duration of so many ticks, in days, hours, minutes and seconds. */
export function formatDuration(ticks: bigint): string {
  const size = ticks < 0n ? -ticks : ticks;
  const seconds = size / SECOND_TICKS;
  const parts: readonly (readonly [bigint, string])[] = [
    [(seconds / 3600n) % 24n, 'H'],
    [(seconds / 60n) % 60n, 'M'],
  ];
  const days = seconds / 86_400n;
  const head = `${ticks < 0n ? '-' : ''}P${days > 0n ? `${days}D` : ''}`;
  const middle = parts.map(([part, unit]) => (part > 0n ? `${part}${unit}` : '')).join('');
  const rest =
    seconds % 60n > 0n || fraction(size) !== '' ? `${seconds % 60n}${fraction(size)}S` : '';
  const time = middle + rest;
  if (time !== '') return `${head}T${time}`;
  return days > 0n ? head : `${head}T0S`;
}

/** The digits behind the second, without zeros at the end. */
function fraction(ticks: bigint): string {
  const rest = digits(ticks % SECOND_TICKS, 7).replace(/0+$/, '');
  return rest === '' ? '' : `.${rest}`;
}

function digits(value: bigint, size: number): string {
  return String(value).padStart(size, '0');
}
