import type { PropertyType } from '#model/model.ts';
import type { Value } from './document.ts';

/** A value in the form in which both stores compare it. */
export type ComparisonKey = string | number | bigint | null;

/** Ticks of 100 ns from 0001-01-01 to 1970-01-01, so that every DateTimeOffset is positive. */
const EPOCH_TICKS = 621_355_968_000_000_000n;
/** 9999-12-31T23:59:59.9999999Z. */
const TICKS_MAX = 3_155_378_975_999_999_999n;
const INSTANT =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,12}))?)?(Z|[+-]\d\d:\d\d)$/i;

/**
 * The key by which a value of the type is compared and indexed: strings by `foldText`, instants as
 * 100 ns ticks, booleans as 0 and 1, enum members and other texts as folded text.
 */
export function comparisonKey(type: PropertyType, value: Value | undefined): ComparisonKey {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return null;
  if (type.kind === 'primitive' && type.name === 'Edm.DateTimeOffset') return instantTicks(value);
  return foldText(value);
}

/**
 * Case-folded NFC text: equal keys mean equal strings for `eq`, and code-point order of keys is
 * the order of `orderby`. NUL, which PostgreSQL cannot hold, is kept apart as U+0001.
 */
export function foldText(text: string): string {
  if (isPlainAscii(text)) return text.toLowerCase();
  // Upper case first, so that one-to-many foldings (ß, ﬁ) and final sigma meet their partners.
  return text
    .normalize('NFC')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFC')
    .replaceAll('\0', '\u0001');
}

/**
 * The instant as ticks of 100 ns since 0001-01-01T00:00:00Z; null for what is no instant of the
 * years 1 to 9999, which are those that Graph has.
 */
export function instantTicks(text: string): bigint | null {
  const match = INSTANT.exec(text);
  if (!match) return null;
  const [, year, month, day, hour, minute, second = '0', fraction = '', zone = 'Z'] = match;
  const utc = new Date(0);
  utc.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  utc.setUTCHours(Number(hour), Number(minute), Number(second), 0);
  const offsetMinutes = zoneMinutes(zone);
  const milliseconds = BigInt(utc.getTime() - offsetMinutes * 60_000);
  const fractionTicks = BigInt(fraction.slice(0, 7).padEnd(7, '0'));
  const ticks = EPOCH_TICKS + milliseconds * 10_000n + fractionTicks;
  return ticks < 0n || ticks > TICKS_MAX ? null : ticks;
}

function zoneMinutes(zone: string): number {
  if (zone === 'Z' || zone === 'z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return zone[0] === '-' ? -minutes : minutes;
}

function isPlainAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0 || code > 127) return false;
  }
  return true;
}
