/** An exact number as a fraction, its denominator positive. */
export interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

const FRACTION_MAX = 10n ** 100n;
const WHOLE_MAX = 10n ** 1000n;

/** The number of a decimal notation, or null. */
export function readFraction(text: string): Fraction | null {
  const parts = /^(-?\d+)(\.\d+)?(?:e([+-]?\d{1,4}))?$/i.exec(text);
  if (!parts || text.length > 1000) return null;
  const digits = (parts[2] ?? '.').slice(1);
  const exponent = Number(parts[3] ?? 0) - digits.length;
  const over = BigInt(parts[1]! + digits);
  const power = 10n ** BigInt(Math.abs(exponent));
  return settle(exponent < 0 ? { over, under: power } : { over: over * power, under: 1n });
}

/** Cut off behind 100 fraction digits; null beyond 1,000 digits before the point. */
export function settle({ over, under }: Fraction): Fraction | null {
  const cut = (over * FRACTION_MAX) / under;
  const size = cut < 0n ? -cut : cut;
  return size >= WHOLE_MAX * FRACTION_MAX ? null : { over: cut, under: FRACTION_MAX };
}

/** A whole number. */
export function whole(value: bigint): Fraction {
  return { over: value, under: 1n };
}

/** Exact arithmetic; null for a division by zero. */
export function calculate(operator: string, a: Fraction, b: Fraction): Fraction | null {
  switch (operator) {
    case 'add':
      return settle({ over: a.over * b.under + b.over * a.under, under: a.under * b.under });
    case 'sub':
      return settle({ over: a.over * b.under - b.over * a.under, under: a.under * b.under });
    case 'mul':
      return settle({ over: a.over * b.over, under: a.under * b.under });
    case 'div':
    case 'divby':
    case 'quotient':
      return divide(operator, a, b);
    default: {
      const times = divide('quotient', a, b);
      return times && calculate('sub', a, calculate('mul', times, b)!);
    }
  }
}

/** -1, 0 or 1. */
export function compareFractions(a: Fraction, b: Fraction): number {
  const difference = a.over * b.under - b.over * a.under;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The greatest whole number that is not greater. */
export function floorOf({ over, under }: Fraction): bigint {
  const cut = over / under;
  return over < 0n && cut * under !== over ? cut - 1n : cut;
}

/** Without what stands behind the point. */
export function truncate({ over, under }: Fraction): bigint {
  return over / under;
}

/** Halves go away from zero. */
export function roundHalf({ over, under }: Fraction): bigint {
  const size = ((over < 0n ? -over : over) * 2n + under) / (under * 2n);
  return over < 0n ? -size : size;
}

/** Plain decimal notation. */
export function writeFraction(value: Fraction): string {
  const cut = settle(value)!;
  const size = (cut.over < 0n ? -cut.over : cut.over).toString().padStart(101, '0');
  const text = `${size.slice(0, -100)}.${size.slice(-100)}`.replace(/\.?0+$/, '');
  return `${cut.over < 0n ? '-' : ''}${text}`;
}

/** The nearest double. */
export function toDouble(value: Fraction): number {
  return Number(writeFraction(value));
}

/** `quotient` gives whole times, the others are cut off behind 30 fraction digits. */
function divide(operator: string, a: Fraction, b: Fraction): Fraction | null {
  if (b.over === 0n) return null;
  const sign = b.over < 0n ? -1n : 1n;
  const exact = { over: a.over * b.under * sign, under: a.under * b.over * sign };
  if (operator === 'quotient') return whole(truncate(exact));
  const places = 10n ** 30n;
  return settle({ over: (exact.over * places) / exact.under, under: places });
}
