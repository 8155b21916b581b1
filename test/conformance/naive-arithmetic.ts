import { DAY } from './naive-moment.ts';
import { calculate, floorOf, readFraction, toDouble, truncate, whole } from './naive-number.ts';
import { doubleOf, type Naive } from './naive-value.ts';

type Given = NonNullable<Naive>;

/** Arithmetic of two values; null with null, with an impossible division, and where it is NaN. */
export function calculateValues(operator: string, one: Naive, other: Naive): Naive {
  if (one === null || other === null) return null;
  if (isNumber(one) && isNumber(other)) return calculateNumbers(operator, one, other);
  if (one.kind === 'duration' && isNumber(other)) return scale(operator, one.ticks, other);
  if (isNumber(one) && other.kind === 'duration') return scale(operator, other.ticks, one);
  if (!('ticks' in one) || !('ticks' in other)) throw new Error('These are no operands.');
  const sign = operator === 'sub' ? -1n : 1n;
  if (one.kind === 'date' && other.kind === 'duration') {
    const ticks = one.ticks * DAY + sign * other.ticks;
    return { kind: 'date', ticks: floorOf({ over: ticks, under: DAY }) };
  }
  if (one.kind === 'date' && other.kind === 'date') {
    return { kind: 'duration', ticks: (one.ticks - other.ticks) * DAY };
  }
  const ticks = one.ticks + sign * other.ticks;
  const isInstant = (one.kind === 'instant') !== (other.kind === 'instant');
  return isInstant ? { kind: 'instant', ticks, offset: 0 } : { kind: 'duration', ticks };
}

/** The value with the other sign. */
export function negateValue(value: Naive): Naive {
  if (value === null) return null;
  if (value.kind === 'float') return { kind: 'float', value: 0 - value.value };
  if ('number' in value) {
    const { over, under } = value.number;
    return { kind: value.kind, number: { over: -over, under } };
  }
  if (value.kind === 'duration') return { kind: 'duration', ticks: -value.ticks };
  throw new Error(`${value.kind} has no sign.`);
}

function isNumber(value: Given): boolean {
  return value.kind === 'float' || 'number' in value;
}

function calculateNumbers(operator: string, one: Given, other: Given): Naive {
  if ('number' in one && 'number' in other) {
    const isWhole = one.kind === 'whole' && other.kind === 'whole' && operator !== 'divby';
    const name = isWhole && operator === 'div' ? 'quotient' : operator;
    const number = calculate(name, one.number, other.number);
    return number && { kind: isWhole ? 'whole' : 'exact', number };
  }
  const [a, b] = [doubleOf(one), doubleOf(other)];
  const results: Readonly<Record<string, () => number>> = {
    add: () => a + b,
    sub: () => a - b,
    mul: () => a * b,
    div: () => a / b,
    divby: () => a / b,
    mod: () => decimalRemainder(a, b),
  };
  const value = results[operator]!();
  return Number.isNaN(value) ? null : { kind: 'float', value: value + 0 };
}

/** Of the numbers as they are written. */
function decimalRemainder(a: number, b: number): number {
  const [one, other] = [readFraction(String(a)), readFraction(String(b))];
  const rest = one && other && calculate('mod', one, other);
  return rest ? toDouble(rest) : Number.NaN;
}

/** A duration by a number, without parts of a tick. */
function scale(operator: string, ticks: bigint, by: Given): Naive {
  const number = by.kind === 'float' ? readFraction(String(by.value)) : 'number' in by && by.number;
  if (!number) return null;
  const result = calculate(operator, whole(ticks), number);
  return result && { kind: 'duration', ticks: truncate(result) };
}
