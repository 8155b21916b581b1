import type { Cursor } from '../cursor.ts';
import { identifierEnd, isNamePart } from '../names.ts';
import { scanNumber } from './scan-number.ts';

/**
 * Passes a string in single quotes and gives what it holds; two quotes stand for one
 * (OData ABNF 4.01, stringLiteral).
 */
export function scanQuoted(cursor: Cursor): string {
  const { text } = cursor;
  const start = cursor.position + 1;
  let end = text.indexOf("'", start);
  let isDoubled = false;
  while (end >= 0 && text.charCodeAt(end + 1) === 39) {
    isDoubled = true;
    end = text.indexOf("'", end + 2);
  }
  if (end < 0) cursor.refuse("a closing '", text.length);
  cursor.position = end + 1;
  const inside = text.slice(start, end);
  return isDoubled ? inside.replaceAll("''", "'") : inside;
}

/** Passes the members or numbers of an enumeration value (OData ABNF 4.01, enumValue). */
export function scanEnumValue(cursor: Cursor): void {
  do {
    const end = identifierEnd(cursor.text, cursor.position);
    if (end > cursor.position) cursor.position = end;
    else if (scanNumber(cursor) !== 'integer') cursor.refuse('a member or a whole number');
  } while (cursor.eatComma());
}

/** Which letters may end base64url text whose last group is cut to two or three of them. */
const lastLetters = ['', '', 'AQgw', 'AEIMQUYcgkosw048'];

/** Passes base64url text, padded or not (OData ABNF 4.01, binaryValue; RFC 4648, section 5). */
export function scanBinary(cursor: Cursor): void {
  const { text } = cursor;
  const start = cursor.position;
  while (isBase64Url(cursor.code)) cursor.position++;
  const rest = (cursor.position - start) % 4;
  if (rest === 0) return;
  const last = text.charAt(cursor.position - 1);
  if (rest === 1) cursor.refuse('another base64url character');
  if (!lastLetters[rest]!.includes(last)) {
    cursor.refuse('a last character without spare bits', cursor.position - 1);
  }
  const padding = '='.repeat(4 - rest);
  if (text.startsWith(padding, cursor.position)) cursor.position += padding.length;
}

function isBase64Url(code: number): boolean {
  const letter = code | 32;
  if (letter >= 97 && letter <= 122) return code < 128;
  return (code >= 48 && code <= 57) || code === 45 || code === 95;
}

function isHexDigit(code: number): boolean {
  const letter = code | 32;
  return (code >= 48 && code <= 57) || (letter >= 97 && letter <= 102);
}

/** Passes a GUID (OData ABNF 4.01, guid). */
export function scanGuid(cursor: Cursor): void {
  const start = cursor.position;
  for (let index = 0; index < 36; index++, cursor.position++) {
    const isHyphen = index === 8 || index === 13 || index === 18 || index === 23;
    if (isHyphen) {
      if (cursor.code !== 45) cursor.refuse("'-'");
    } else if (!isHexDigit(cursor.code)) {
      cursor.refuse('a hexadecimal digit', start + index);
    }
  }
}

/** Whether what stands here starts like a GUID: eight characters, `-`, four, `-`. */
export function isGuidAt(text: string, at: number): boolean {
  return (
    text.charCodeAt(at + 8) === 45 &&
    text.charCodeAt(at + 13) === 45 &&
    isNamePart(text.charCodeAt(at + 7)) &&
    isNamePart(text.charCodeAt(at + 12))
  );
}
