import type { Cursor } from '../cursor.ts';
import type { LiteralType } from '../expressions/syntax.ts';

/** Whether this character is a decimal digit. */
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Passes between `min` and `max` digits and gives how many. */
export function expectDigits(cursor: Cursor, min: number, max = Number.POSITIVE_INFINITY): number {
  const start = cursor.position;
  while (isDigit(cursor.code) && cursor.position - start < max) cursor.position++;
  const count = cursor.position - start;
  if (count < min) cursor.refuse('a digit');
  return count;
}

/** A whole number without a sign, as `$top` takes it (OData ABNF 4.01, 1*DIGIT). */
export function parseCount(cursor: Cursor): number {
  const start = cursor.position;
  if (!isDigit(cursor.code)) cursor.refuse('a number of 0 or more');
  expectDigits(cursor, 1);
  const count = Number(cursor.text.slice(start, cursor.position));
  if (!Number.isSafeInteger(count)) cursor.refuseFor('Expected a smaller number', start);
  return count;
}

/**
 * Passes a number (OData ABNF 4.01, decimalValue): a sign, digits, a fraction, an exponent.
 * Gives its type as far as the spelling tells.
 */
export function scanNumber(cursor: Cursor): LiteralType {
  const { text } = cursor;
  if (cursor.code === 45 || cursor.code === 43) cursor.position++;
  if (text.startsWith('INF', cursor.position)) {
    cursor.position += 3;
    return 'double';
  }
  expectDigits(cursor, 1);
  let type: LiteralType = 'integer';
  if (cursor.code === 46) {
    cursor.position++;
    expectDigits(cursor, 1);
    type = 'decimal';
  }
  if ((cursor.code | 32) !== 101) return type;
  const sign = text.charCodeAt(cursor.position + 1);
  const isSigned = sign === 45 || sign === 43;
  if (!isDigit(isSigned ? text.charCodeAt(cursor.position + 2) : sign)) return type;
  cursor.position += isSigned ? 2 : 1;
  expectDigits(cursor, 1);
  return 'double';
}
