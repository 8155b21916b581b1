import type { EntityType, EnumType, PropertyType } from '#model/model.ts';
import { foldText } from '#plan/compare.ts';
import type { Value } from '#plan/document.ts';
import { DAY, readDate, readDuration, readInstant, readTime } from './naive-moment.ts';
import { compareFractions, type Fraction, readFraction, toDouble } from './naive-number.ts';

/** A value of an expression, by what it means. */
export type Naive =
  | null
  | { readonly kind: 'text' | 'binary'; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'whole' | 'exact'; readonly number: Fraction }
  | { readonly kind: 'float'; readonly value: number }
  | {
      readonly kind: 'instant';
      readonly ticks: bigint;
      readonly offset: number;
      readonly text?: string;
    }
  | { readonly kind: 'date' | 'time' | 'duration'; readonly ticks: bigint; readonly text?: string }
  | { readonly kind: 'enum'; readonly text: string; readonly type: EnumType }
  | { readonly kind: 'structure' };

const WHOLE = ['Edm.Byte', 'Edm.SByte', 'Edm.Int16', 'Edm.Int32', 'Edm.Int64'];

/** The meaning of a JSON value of a declared type; of the JSON's own type where none is known. */
export function readValue(type: PropertyType | EntityType | undefined, value: Value): Naive {
  if (value === null) return null;
  if (type === undefined) return readLoose(value);
  if (type.kind === 'enum') return { kind: 'enum', text: String(value), type };
  if (type.kind !== 'primitive') return { kind: 'structure' };
  const text = typeof value === 'string' ? value.replaceAll('\0', '\u0001') : String(value);
  if (WHOLE.includes(type.name) || type.name === 'Edm.Decimal') {
    const number = readFraction(text);
    return number && { kind: type.name === 'Edm.Decimal' ? 'exact' : 'whole', number };
  }
  const ticks = { 'Edm.Date': readDate, 'Edm.TimeOfDay': readTime, 'Edm.Duration': readDuration };
  switch (type.name) {
    case 'Edm.Boolean':
      return { kind: 'boolean', value: value === true };
    case 'Edm.Double':
    case 'Edm.Single':
      return readFloat(text);
    case 'Edm.DateTimeOffset': {
      const instant = readInstant(text);
      return instant && { kind: 'instant', ...instant, text };
    }
    case 'Edm.Date':
    case 'Edm.TimeOfDay':
    case 'Edm.Duration': {
      const read = ticks[type.name](text);
      const kinds = {
        'Edm.Date': 'date',
        'Edm.TimeOfDay': 'time',
        'Edm.Duration': 'duration',
      } as const;
      return read === null ? null : { kind: kinds[type.name], ticks: read, text };
    }
    case 'Edm.Binary':
      return { kind: 'binary', text: text.replace(/=+$/, '') };
    default:
      return { kind: 'text', text };
  }
}

/** A double as OData writes it; NaN counts as null. */
export function readFloat(text: string): Naive {
  const special = { INF: Number.POSITIVE_INFINITY, '-INF': Number.NEGATIVE_INFINITY }[text];
  const value = special ?? Number(text);
  return Number.isNaN(value) ? null : { kind: 'float', value };
}

/** Below, at or above 0 as one value is before, equal to or behind the other; not for null. */
export function compareValues(one: NonNullable<Naive>, other: NonNullable<Naive>): number {
  if (one.kind === 'float' || other.kind === 'float')
    return compare(doubleOf(one), doubleOf(other));
  if ('number' in one && 'number' in other) return compareFractions(one.number, other.number);
  if ('ticks' in one && 'ticks' in other) {
    if (one.kind === other.kind) return compare(one.ticks, other.ticks);
    // A date is the instant at its midnight in UTC.
    const at = (each: typeof one) => (each.kind === 'date' ? each.ticks * DAY : each.ticks);
    return compare(at(one), at(other));
  }
  if (one.kind === 'boolean' && other.kind === 'boolean') {
    return compare(Number(one.value), Number(other.value));
  }
  if (one.kind === 'enum' && other.kind === 'enum') return compare(bitsOf(one), bitsOf(other));
  if (one.kind === 'binary' && other.kind === 'binary') return comparePoints(one.text, other.text);
  if ('text' in one && 'text' in other)
    return comparePoints(foldText(one.text!), foldText(other.text!));
  throw new Error(`${one.kind} and ${other.kind} are not compared.`);
}

/** The number of an enum value. */
export function bitsOf({ text, type }: NonNullable<Naive> & { kind: 'enum' }): number {
  return text.split(',').reduce((bits, name) => bits | (type.members.get(name.trim()) ?? 0), 0);
}

/** A number as a double. */
export function doubleOf(value: NonNullable<Naive>): number {
  if (value.kind === 'float') return value.value;
  if ('number' in value) return toDouble(value.number);
  throw new Error(`${value.kind} is no number.`);
}

function readLoose(value: Value): Naive {
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  if (typeof value === 'number') return { kind: 'exact', number: readFraction(String(value))! };
  return typeof value === 'string' ? { kind: 'text', text: value } : { kind: 'structure' };
}

function compare<T extends number | bigint>(one: T, other: T): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** By code points, where JavaScript compares by UTF-16 units. */
function comparePoints(one: string, other: string): number {
  const [left, right] = [[...one], [...other]];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const order = compare(left[at]!.codePointAt(0)!, right[at]!.codePointAt(0)!);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}
