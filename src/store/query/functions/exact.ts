/**
 * Exact decimal numbers, and their form in SQLite: text whose code-point order is the order of the
 * numbers. All results are cut off behind 100 fraction digits; a number of more than 1,000 digits
 * before the point is null.
 */
export interface Exact {
  readonly digits: bigint;
  /** The number is `digits` / 10^`scale`. */
  readonly scale: number;
}

const WRITTEN = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,4}))?$/;
const LENGTH_MAX = 1000;
const FRACTION_DIGITS = 100;
const QUOTIENT_DIGITS = 30;
const INTEGER_DIGITS = 1000;
const EXPONENT_ZERO = 50_000;

/** The number of that decimal notation, or null. */
export function parseExact(text: string): Exact | null {
  const match = text.length > LENGTH_MAX ? null : WRITTEN.exec(text);
  if (!match) return null;
  const [, sign, whole, fraction = '', exponent = '0'] = match;
  const scale = fraction.length - Number(exponent);
  return limit({ digits: BigInt(`${sign}${whole}${fraction}`), scale });
}

/** The number as sortable text, or null where it is none or too large. */
export function encodeExact(number: Exact | null): string | null {
  const limited = number && limit(number);
  if (!limited) return null;
  if (limited.digits === 0n) return '1';
  const isNegative = limited.digits < 0n;
  const written = (isNegative ? -limited.digits : limited.digits).toString();
  const exponent = EXPONENT_ZERO + written.length - limited.scale;
  const digits = written.replace(/0+$/, '');
  if (!isNegative) return `2${String(exponent).padStart(5, '0')}${digits}`;
  const complement = [...digits].map((digit) => 9 - Number(digit)).join('');
  return `0${String(99_999 - exponent).padStart(5, '0')}${complement}~`;
}

/** The number that sortable text stands for. */
export function decodeExact(key: string): Exact {
  if (key === '1') return { digits: 0n, scale: 0 };
  const isNegative = key.startsWith('0');
  const exponent = Number(key.slice(1, 6));
  const rest = key.slice(6);
  if (!isNegative) return { digits: BigInt(rest), scale: rest.length + EXPONENT_ZERO - exponent };
  const written = [...rest.slice(0, -1)].map((digit) => 9 - Number(digit)).join('');
  const scale = written.length + EXPONENT_ZERO - (99_999 - exponent);
  return { digits: -BigInt(written), scale };
}

/** Addition. */
/** The exact sum. */
export function add(one: Exact, other: Exact): Exact {
  const scale = Math.max(one.scale, other.scale);
  return { digits: atScale(one, scale) + atScale(other, scale), scale };
}

/** The number with the other sign. */
export function negate(one: Exact): Exact {
  return { digits: -one.digits, scale: one.scale };
}

/** Multiplication. */
/** The exact product. */
export function multiply(one: Exact, other: Exact): Exact {
  return { digits: one.digits * other.digits, scale: one.scale + other.scale };
}

/** The quotient, cut off behind 30 fraction digits; null for a division by zero. */
export function divide(one: Exact, other: Exact): Exact | null {
  return quotient(one, other, QUOTIENT_DIGITS);
}

/** How many whole times the divisor fits; null for a division by zero. */
export function divideWhole(one: Exact, other: Exact): Exact | null {
  return quotient(one, other, 0);
}

/** What a division leaves, with the sign of the dividend; null for a division by zero. */
export function remainder(one: Exact, other: Exact): Exact | null {
  if (other.digits === 0n) return null;
  const scale = Math.max(one.scale, other.scale);
  return { digits: atScale(one, scale) % atScale(other, scale), scale };
}

/** The nearest whole number in a direction; halves go away from zero. */
export function roundExact(one: Exact, how: 'floor' | 'ceiling' | 'round' | 'whole'): Exact {
  if (one.scale <= 0) return one;
  const unit = 10n ** BigInt(one.scale);
  const whole = one.digits / unit;
  const rest = one.digits % unit;
  const step = rest < 0n ? -1n : 1n;
  const goesOn =
    (how === 'floor' && rest < 0n) ||
    (how === 'ceiling' && rest > 0n) ||
    (how === 'round' && rest * step * 2n >= unit);
  return { digits: goesOn ? whole + step : whole, scale: 0 };
}

/** Plain decimal notation without needless zeros. */
export function writeExact(one: Exact): string {
  const scale = Math.max(one.scale, 0);
  const digits = atScale(one, scale);
  const written = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
  const whole = written.slice(0, written.length - scale);
  const fraction = written.slice(written.length - scale).replace(/0+$/, '');
  return `${digits < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** The whole part, if a 64-bit integer holds it. */
export function wholeOf(one: Exact): bigint | null {
  const whole = atScale(roundExact(one, 'whole'), 0);
  return BigInt.asIntN(64, whole) === whole ? whole : null;
}

function quotient(one: Exact, other: Exact, scale: number): Exact | null {
  if (other.digits === 0n) return null;
  // one / other = (one.digits * 10^other.scale) / (other.digits * 10^one.scale)
  const shift = scale + other.scale - one.scale;
  const dividend = shift >= 0 ? one.digits * 10n ** BigInt(shift) : one.digits;
  const divisor = shift >= 0 ? other.digits : other.digits * 10n ** BigInt(-shift);
  return { digits: dividend / divisor, scale };
}

function limit(one: Exact): Exact | null {
  const written = (one.digits < 0n ? -one.digits : one.digits).toString();
  if (one.digits !== 0n && written.length - one.scale > INTEGER_DIGITS) return null;
  if (one.scale <= FRACTION_DIGITS) return one;
  const unit = 10n ** BigInt(one.scale - FRACTION_DIGITS);
  return { digits: one.digits / unit, scale: FRACTION_DIGITS };
}

function atScale(one: Exact, scale: number): bigint {
  return one.digits * 10n ** BigInt(scale - one.scale);
}
