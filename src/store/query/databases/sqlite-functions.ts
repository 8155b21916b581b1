import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { foldText } from '#plan/compare.ts';
import { Automaton } from '../functions/automaton.ts';
import {
  add,
  decodeExact,
  divide,
  divideWhole,
  type Exact,
  encodeExact,
  multiply,
  negate,
  parseExact,
  remainder,
  roundExact,
  wholeOf,
  writeExact,
} from '../functions/exact.ts';
import { membersBeside } from '../functions/members.ts';
import {
  civilPart,
  floorDivide,
  parseDay,
  parseDuration,
  parseInstant,
  parseLocal,
  parseOffset,
  parseTime,
} from '../functions/moment.ts';
import { parsePattern } from '../functions/pattern.ts';
import { distance, intersects, lengthOf, type Surface } from '../functions/place.ts';
import { codePointsOf, isSubsequence, isSubset, numberOf, orFlags } from '../functions/text.ts';

type Argument = Exclude<SQLOutputValue, Uint8Array>;
type Body = (...args: never[]) => Argument;

const AUTOMATA_MAX = 100;
const automata = new Map<string, Automaton>();

/**
 * Makes the functions of compiled queries known to a connection, as `postgres-functions.ts` does
 * for PostgreSQL. Each gives null when an argument is null.
 */
export function registerFunctions(database: DatabaseSync): void {
  for (const [name, body] of Object.entries({ ...texts, ...numbers, ...moments, ...places })) {
    const call = body as (...args: Argument[]) => Argument;
    const options = { deterministic: true, useBigIntArguments: true };
    database.function(`kith_${name}`, { ...options, varargs: true }, (...args) =>
      args.includes(null) ? null : call(...(args as Argument[])),
    );
  }
}

const texts: Readonly<Record<string, Body>> = {
  members: membersBeside,
  fold: foldText,
  lower: (text: string) => plain(text).toLowerCase(),
  upper: (text: string) => plain(text).toUpperCase(),
  trim: (text: string) => text.trim(),
  length: (text: string) => BigInt(codePointsOf(text)),
  substring: (text: string, start: bigint, length: bigint) => {
    const characters = [...text];
    const from = start < 0n ? Math.max(characters.length + Number(start), 0) : Number(start);
    return characters.slice(from, from + Math.max(Number(length), 0)).join('');
  },
  // Of plain text, the position in characters; -1 where it is not found.
  starts: (text: string, sought: string) => (text.startsWith(sought) ? 1n : 0n),
  ends: (text: string, sought: string) => (text.endsWith(sought) ? 1n : 0n),
  matches: (text: string, pattern: string, flags: string) => {
    const key = `${flags}/${pattern}`;
    let automaton = automata.get(key);
    if (!automaton) {
      if (automata.size >= AUTOMATA_MAX) automata.clear();
      automaton = new Automaton(parsePattern(pattern, flags));
      automata.set(key, automaton);
    }
    return automaton.matches(plain(text)) ? 1n : 0n;
  },
  binary: (text: string) => text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''),
  flags: (text: string, members: string) => orFlags(text, members),
  subset: (all: string, some: string) => (isSubset(all, some) ? 1n : 0n),
  subsequence: (all: string, some: string) => (isSubsequence(all, some) ? 1n : 0n),
};

const numbers: Readonly<Record<string, Body>> = {
  // A JSON number, a number inside a JSON string, or an integer.
  exact: (value: string | bigint) => {
    if (typeof value === 'bigint') return encodeExact({ digits: value, scale: 0 });
    return encodeExact(parseExact(unquote(value)));
  },
  exact_float: (value: number | bigint) => encodeExact(parseExact(String(value))),
  float: (json: string) => numberOf(unquote(json)),
  float_exact: (key: string) => Number(writeExact(decodeExact(key))),
  integer: (value: string | number | bigint) => {
    if (typeof value === 'string') return wholeOf(decodeExact(value));
    const exact = typeof value === 'number' ? parseExact(String(value)) : null;
    return typeof value === 'bigint' ? value : exact && wholeOf(exact);
  },
  within: (number: bigint, least: bigint, greatest: bigint) =>
    number < least || number > greatest ? null : number,
  // Text that a client or a document gives, not JSON.
  number: (text: string) => encodeExact(parseExact(text)),
  float_text: (text: string) => numberOf(text),
  text: (key: string) => writeExact(decodeExact(key)),
  negate: (key: string) => encodeExact(negate(decodeExact(key))),
  add: ofTwo(add),
  subtract: ofTwo((one, other) => add(one, negate(other))),
  multiply: ofTwo(multiply),
  divide: ofTwo(divide),
  divide_whole: ofTwo(divideWhole),
  remainder: ofTwo(remainder),
  floor: ofOne('floor'),
  ceiling: ofOne('ceiling'),
  round: ofOne('round'),
  float_add: (one: number, other: number) => finite(one + other),
  float_subtract: (one: number, other: number) => finite(one - other),
  float_multiply: (one: number, other: number) => finite(one * other),
  float_divide: (one: number, other: number) => finite(one / other),
  // Of the numbers as they are written, since 5.3 mod 0.1 is 0 to who reads it.
  float_remainder: (one: number, other: number) => {
    const [left, right] = [parseExact(String(one)), parseExact(String(other))];
    const rest = left && right && remainder(left, right);
    return rest && Number(writeExact(rest)) + 0;
  },
  float_floor: (one: number) => Math.floor(one) + 0,
  float_ceiling: (one: number) => Math.ceil(one) + 0,
  float_round: (one: number) => {
    const whole = Math.trunc(one);
    return (Math.abs(one - whole) >= 0.5 ? whole + Math.sign(one) : whole) + 0;
  },
};

const moments: Readonly<Record<string, Body>> = {
  ticks: (text: string) => parseInstant(text),
  local_ticks: (text: string) => parseLocal(text),
  offset: (text: string) => {
    const minutes = parseOffset(text);
    return minutes === null ? null : BigInt(minutes);
  },
  days: (text: string) => parseDay(text),
  time_ticks: (text: string) => parseTime(text),
  duration: (text: string) => {
    const ticks = parseDuration(text);
    return ticks === null ? null : encodeExact({ digits: ticks, scale: 0 });
  },
  civil: (day: bigint, part: 'year' | 'month' | 'day') => civilPart(day, part),
  floor_divide: (dividend: bigint, divisor: bigint) => floorDivide(dividend, divisor),
  modulo: (dividend: bigint, divisor: bigint) =>
    dividend - floorDivide(dividend, divisor) * divisor,
};

const places: Readonly<Record<string, Body>> = {
  geo_distance: (one: string, other: string, surface: Surface) => distance(one, other, surface),
  geo_length: (text: string, surface: Surface) => lengthOf(text, surface),
  geo_intersects: (one: string, other: string, surface: Surface) => {
    const found = intersects(one, other, surface);
    return found === null ? null : BigInt(found);
  },
};

function ofTwo(operate: (one: Exact, other: Exact) => Exact | null): Body {
  return (one: string, other: string) => encodeExact(operate(decodeExact(one), decodeExact(other)));
}

function ofOne(how: Parameters<typeof roundExact>[1]): Body {
  return (one: string) => encodeExact(roundExact(decodeExact(one), how));
}

/** NaN is null in SQL; SQLite could not hold it. */
function finite(value: number): number | null {
  return Number.isNaN(value) ? null : value + 0;
}

/** NUL, which PostgreSQL cannot hold, is kept apart as U+0001. */
function plain(text: string): string {
  return text.replaceAll('\0', '\u0001');
}

function unquote(json: string): string {
  return json.startsWith('"') ? (JSON.parse(json) as string) : json;
}
