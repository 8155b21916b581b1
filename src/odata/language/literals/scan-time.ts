import type { Cursor } from '../cursor.ts';
import { expectDigits, isDigit } from './scan-number.ts';

/** Passes a field of two digits between `min` and `max`. */
function scanField(cursor: Cursor, min: number, max: number): void {
  const { text, position } = cursor;
  const value = Number(text.slice(position, position + 2));
  expectDigits(cursor, 2, 2);
  if (value < min || value > max) cursor.refuse(`a number from ${min} to ${max}`, position);
}

/** Passes a date (OData ABNF 4.01, date): a year of four digits or more, month and day. */
export function scanDate(cursor: Cursor): void {
  cursor.eat(45);
  const start = cursor.position;
  const isPadded = cursor.code === 48;
  const digits = expectDigits(cursor, 4);
  if (isPadded && digits > 4) cursor.refuse('a year of four digits', start + 4);
  cursor.expect(45);
  scanField(cursor, 1, 12);
  cursor.expect(45);
  scanField(cursor, 1, 31);
}

/** Passes a time of day (OData ABNF 4.01, timeOfDayValue); 60 is a leap second. */
export function scanTimeOfDay(cursor: Cursor): void {
  scanField(cursor, 0, 23);
  cursor.expect(58);
  scanField(cursor, 0, 59);
  // A colon behind the minutes belongs to the time only when a second follows it.
  if (cursor.code !== 58 || !isDigit(cursor.text.charCodeAt(cursor.position + 1))) return;
  cursor.position++;
  scanField(cursor, 0, 60);
  if (cursor.eat(46)) expectDigits(cursor, 1, 12);
}

/** Passes a date with its time and offset (OData ABNF 4.01, dateTimeOffsetValue). */
export function scanDateTimeOffset(cursor: Cursor): void {
  scanDate(cursor);
  if ((cursor.code | 32) !== 116) cursor.refuse("'T' and a time");
  cursor.position++;
  scanTimeOfDay(cursor);
  if ((cursor.code | 32) === 122) {
    cursor.position++;
    return;
  }
  if (!cursor.eat(43) && !cursor.eat(45)) cursor.refuse("'Z' or an offset");
  scanField(cursor, 0, 23);
  cursor.expect(58);
  scanField(cursor, 0, 59);
}

/** Passes a part of a duration that ends in one of these letters; its index, or -1 without one. */
function scanPart(cursor: Cursor, letters: string): number {
  if (!isDigit(cursor.code)) return -1;
  expectDigits(cursor, 1);
  const hasFraction = letters.endsWith('S') && cursor.eat(46);
  if (hasFraction) expectDigits(cursor, 1);
  const letter = cursor.text.charAt(cursor.position).toUpperCase();
  const index = hasFraction && letter !== 'S' ? -1 : letters.indexOf(letter);
  if (letter === '' || index < 0) cursor.refuse(`one of the letters ${[...letters].join(', ')}`);
  cursor.position++;
  return index;
}

/** Passes a duration (OData ABNF 4.01, durationValue): days, hours, minutes and seconds. */
export function scanDuration(cursor: Cursor): void {
  cursor.eat(45);
  if ((cursor.code | 32) !== 112) cursor.refuse("'P' and a duration");
  cursor.position++;
  const hasDays = scanPart(cursor, 'D') === 0;
  if ((cursor.code | 32) !== 116) {
    if (!hasDays) cursor.refuse('a number of days, or T and a time');
    return;
  }
  cursor.position++;
  if (!isDigit(cursor.code)) cursor.refuse('a number of hours, minutes or seconds');
  let letters = 'HMS';
  while (letters !== '' && isDigit(cursor.code)) {
    letters = letters.slice(scanPart(cursor, letters) + 1);
  }
}
