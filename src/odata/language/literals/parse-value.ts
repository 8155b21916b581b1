import type { Cursor } from '../cursor.ts';
import type { LiteralType } from '../expressions/syntax.ts';
import { openCursor } from '../rules.ts';
import { SyntaxRefusal } from '../syntax-refusal.ts';
import { scanGeo } from './scan-geo.ts';
import { scanNumber } from './scan-number.ts';
import { scanBinary, scanEnumValue, scanGuid } from './scan-quoted.ts';
import { scanDate, scanDateTimeOffset, scanDuration, scanTimeOfDay } from './scan-time.ts';

/** What a value in a payload, in a model or in a quoted literal may be. */
export type ValueType = Exclude<LiteralType, 'null' | 'string' | 'geography' | 'geometry'> | 'geo';

function scanBoolean(cursor: Cursor): void {
  const word = cursor.text.startsWith('true', cursor.position) ? 'true' : 'false';
  if (!cursor.text.startsWith(word, cursor.position)) cursor.refuse("'true' or 'false'");
  cursor.position += word.length;
}

function scanInteger(cursor: Cursor): void {
  const start = cursor.position;
  if (scanNumber(cursor) !== 'integer') cursor.refuse('a whole number', start);
}

function scanDecimal(cursor: Cursor): void {
  if (cursor.text.startsWith('NaN', cursor.position)) cursor.position += 3;
  else scanNumber(cursor);
}

const scanners: Readonly<Record<ValueType, (cursor: Cursor) => unknown>> = {
  boolean: scanBoolean,
  guid: scanGuid,
  duration: scanDuration,
  dateTimeOffset: scanDateTimeOffset,
  date: scanDate,
  timeOfDay: scanTimeOfDay,
  enum: scanEnumValue,
  geo: scanGeo,
  integer: scanInteger,
  decimal: scanDecimal,
  double: scanDecimal,
  binary: scanBinary,
};

/**
 * Checks that a whole text is a value of that type (OData ABNF 4.01, primitiveValue): without
 * quotes, prefix and percent-encoding. Throws a SyntaxRefusal with that target.
 */
export function checkValue(type: ValueType, text: string, target: string): void {
  const cursor = openCursor(text, target);
  scanners[type](cursor);
  cursor.expectEnd();
}

/**
 * The first type whose values are spelled like this text, in the order of the grammar's rule
 * (OData ABNF 4.01, primitiveValue). Throws the refusal that came furthest.
 */
export function findValueType(text: string, target: string): ValueType {
  let furthest: SyntaxRefusal | undefined;
  for (const type of Object.keys(scanners) as ValueType[]) {
    try {
      checkValue(type, text, target);
      return type;
    } catch (refusal) {
      if (!(refusal instanceof SyntaxRefusal)) throw refusal;
      if (!furthest || refusal.position > furthest.position) furthest = refusal;
    }
  }
  throw furthest;
}
