import type { Cursor } from '../cursor.ts';
import type { LiteralSyntax, LiteralType } from '../expressions/syntax.ts';
import { isNamePart, isNameStart, qualifiedEnd } from '../names.ts';
import { scanGeo } from './scan-geo.ts';
import { isDigit, scanNumber } from './scan-number.ts';
import { isGuidAt, scanBinary, scanEnumValue, scanGuid, scanQuoted } from './scan-quoted.ts';
import { scanDate, scanDateTimeOffset, scanDuration, scanTimeOfDay } from './scan-time.ts';

/** A literal without an enum's type or a shape. */
export function createLiteral(
  cursor: Cursor,
  at: number,
  type: LiteralType,
  text: string,
): LiteralSyntax {
  cursor.countNode();
  return { kind: 'literal', at, type, text, enumType: undefined, geo: undefined };
}

/** A string in single quotes (OData ABNF 4.01, stringLiteral). */
export function parseString(cursor: Cursor): LiteralSyntax {
  const at = cursor.position;
  return createLiteral(cursor, at, 'string', scanQuoted(cursor));
}

/**
 * What starts with a sign or a digit, or is spelled like a GUID: a GUID, a date, a date with time,
 * a time of day or a number (OData ABNF 4.01, primitiveLiteral).
 */
export function parseDigits(cursor: Cursor): LiteralSyntax {
  const at = cursor.position;
  const type = scanDigits(cursor);
  const text = cursor.text.slice(at, cursor.position);
  const suffixed = suffixedType(cursor, type);
  if (suffixed) cursor.position++;
  if (isNamePart(cursor.code)) cursor.refuse('a space or an operator');
  return createLiteral(cursor, at, suffixed ?? type, text);
}

/**
 * The type that the letter behind a number says, as OData 3.0 wrote numbers and many clients still
 * do; undefined where there is no such letter, or where it begins something else.
 */
function suffixedType({ text, position, code }: Cursor, type: LiteralType) {
  const isNumber = type === 'integer' || type === 'decimal' || type === 'double';
  if (!isNumber || !isDigit(text.charCodeAt(position - 1))) return undefined;
  if (isNamePart(text.charCodeAt(position + 1))) return undefined;
  const suffix = String.fromCharCode(code | 32);
  if (suffix === 'l') return type === 'integer' ? type : undefined;
  return suffixes[suffix];
}

const suffixes: Readonly<Record<string, LiteralType>> = { d: 'double', f: 'double', m: 'decimal' };

function scanDigits(cursor: Cursor): LiteralType {
  const { text, position } = cursor;
  if (isGuidAt(text, position)) {
    scanGuid(cursor);
    return 'guid';
  }
  const first = cursor.code === 45 ? position + 1 : position;
  let end = first;
  while (isDigit(text.charCodeAt(end))) end++;
  const next = text.charCodeAt(end);
  if (next === 45 && end - first >= 4) return scanDateOrMore(cursor);
  const mayBeTime = next === 58 && end - position === 2 && isDigit(text.charCodeAt(end + 1));
  return mayBeTime && !endsCondition(cursor, end) ? scanTime(cursor) : scanNumber(cursor);
}

function scanTime(cursor: Cursor): LiteralType {
  scanTimeOfDay(cursor);
  return 'timeOfDay';
}

/**
 * Whether the colon at `colon` ends a condition of `case`, as in `case(x gt 10:15)`: what follows
 * it ends the branch, so that no other colon can.
 */
function endsCondition({ text, depth, conditionDepth }: Cursor, colon: number): boolean {
  if (depth !== conditionDepth) return false;
  let end = colon + 1;
  while (isDigit(text.charCodeAt(end)) || text.charCodeAt(end) === 58) end++;
  while (text.charCodeAt(end) === 32) end++;
  const next = text.charCodeAt(end);
  return next === 44 || next === 41;
}

function scanDateOrMore(cursor: Cursor): LiteralType {
  const start = cursor.position;
  scanDate(cursor);
  if ((cursor.code | 32) !== 116) return 'date';
  cursor.position = start;
  scanDateTimeOffset(cursor);
  return 'dateTimeOffset';
}

/** The literal that a plain word is: `null`, `true`, `false`, `NaN` or `INF`. */
export function wordType(word: string): LiteralType | undefined {
  if (word.length < 3 || word.length > 5) return undefined;
  if (word === 'null') return 'null';
  if (word === 'NaN' || word === 'INF') return 'double';
  const lower = word.toLowerCase();
  return lower === 'true' || lower === 'false' ? 'boolean' : undefined;
}

/** A word literal; booleans in lower case. */
export function createWord(
  cursor: Cursor,
  at: number,
  type: LiteralType,
  word: string,
): LiteralSyntax {
  return createLiteral(cursor, at, type, type === 'boolean' ? word.toLowerCase() : word);
}

/**
 * What has a name before its quote, where the cursor stands: `duration'P1D'`, `binary'Zg=='`, a
 * geography or geometry, or an enum with its type's qualified name.
 */
export function parsePrefixed(cursor: Cursor, at: number, prefix: string): LiteralSyntax {
  const lower = prefix.toLowerCase();
  if (lower === 'geography' || lower === 'geometry') return parseGeo(cursor, at, lower);
  const isEnum = prefix.includes('.');
  if (!isEnum && lower !== 'duration' && lower !== 'binary') {
    cursor.refuse('an operator, or a type with its namespace before the quote', at);
  }
  cursor.position++;
  const start = cursor.position;
  if (isEnum) scanEnumValue(cursor);
  else if (lower === 'duration') scanDuration(cursor);
  else scanBinary(cursor);
  const text = cursor.text.slice(start, cursor.position);
  cursor.expect(39);
  if (!isEnum) return createLiteral(cursor, at, lower as LiteralType, text);
  cursor.countNode();
  return { kind: 'literal', at, type: 'enum', text, enumType: prefix, geo: undefined };
}

/** The reference systems of types that name none (OData CSDL 4.01, section 7.2.6). */
const defaultSrids = { geography: 4326, geometry: 0 } as const;

function parseGeo(cursor: Cursor, at: number, type: 'geography' | 'geometry'): LiteralSyntax {
  cursor.position++;
  const start = cursor.position;
  const geo = scanGeo(cursor, defaultSrids[type]);
  const text = cursor.text.slice(start, cursor.position);
  cursor.expect(39);
  cursor.countNode();
  return { kind: 'literal', at, type, text, enumType: undefined, geo };
}

/** Whether a number starts here: a digit, or a sign and a digit or `INF`. */
export function isNumberStart(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (isDigit(code)) return true;
  if (code === 45) return isDigit(text.charCodeAt(at + 1)) || text.startsWith('INF', at + 1);
  return code === 43 && isDigit(text.charCodeAt(at + 1));
}

/** Any literal, where nothing else may stand; undefined, without moving, for what is none. */
export function parseLiteral(cursor: Cursor): LiteralSyntax | undefined {
  const { text, position, code } = cursor;
  if (code === 39) return parseString(cursor);
  if (isNumberStart(text, position)) return parseDigits(cursor);
  if (!isNameStart(code)) return undefined;
  if (isGuidAt(text, position)) return parseDigits(cursor);
  const end = qualifiedEnd(text, position);
  const word = text.slice(position, end);
  if (text.charCodeAt(end) === 39) {
    cursor.position = end;
    return parsePrefixed(cursor, position, word);
  }
  const type = wordType(word);
  if (type === undefined) return undefined;
  cursor.position = end;
  return createWord(cursor, position, type, word);
}
