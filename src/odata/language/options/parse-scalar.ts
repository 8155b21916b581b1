import type { Cursor } from '../cursor.ts';
import { isDigit, parseCount } from '../literals/scan-number.ts';
import type { TemporalSyntax } from './syntax.ts';

/** `true` or `false` in any case (OData ABNF 4.01, boolean). */
export function parseBoolean(cursor: Cursor): boolean {
  if (cursor.eatWord('true')) return true;
  if (cursor.eatWord('false')) return false;
  return cursor.refuse("'true' or 'false'");
}

/** A whole number that may be negative (OData ABNF 4.01, index). */
export function parseIndex(cursor: Cursor): number {
  const isNegative = cursor.eat(45);
  const index = parseCount(cursor);
  return isNegative && index > 0 ? -index : index;
}

/** `max`, or a number of 1 or more without a leading zero (OData ABNF 4.01, levels). */
export function parseLevels(cursor: Cursor): number | 'max' {
  if (cursor.eatWord('max')) return 'max';
  if (cursor.code === 48 || !isDigit(cursor.code)) cursor.refuse("'max' or a number of 1 or more");
  return parseCount(cursor);
}

/** Everything up to the end, at least one character (OData ABNF 4.01, skiptoken, deltatoken). */
export function parseToken(cursor: Cursor): string {
  if (cursor.isAtEnd) cursor.refuse('a token');
  const token = cursor.text.slice(cursor.position);
  cursor.position = cursor.text.length;
  return token;
}

/** The same of a delta token, which Graph leaves empty where a round of changes begins anew. */
export function parseDeltaToken(cursor: Cursor): string {
  return cursor.isAtEnd ? '' : parseToken(cursor);
}

/** `json`, `xml`, `atom` or a media type with its parameters (OData ABNF 4.01, format). */
export function parseFormat(cursor: Cursor): string {
  const start = cursor.position;
  const format = parseToken(cursor);
  if (/^(json|xml|atom)$/i.test(format)) return format.toLowerCase();
  const slash = format.indexOf('/');
  if (slash <= 0 || slash === format.length - 1) {
    cursor.refuse("'json', 'xml', 'atom' or a media type", start);
  }
  return format;
}

/** `*` or a version of unreserved characters (OData ABNF 4.01, schemaversion). */
export function parseSchemaVersion(cursor: Cursor): string {
  const start = cursor.position;
  if (cursor.eat(42)) return '*';
  while (/[\w.~-]/.test(cursor.text.charAt(cursor.position))) cursor.position++;
  if (cursor.position === start) cursor.refuse("'*' or a version");
  return cursor.text.slice(start, cursor.position);
}

/** `min`, `max` or an expression (OData Temporal ABNF, temporalExpr). */
export function parseTemporal(cursor: Cursor): TemporalSyntax {
  for (const word of ['min', 'max'] as const) {
    if (!cursor.isAtWord(word)) continue;
    const next = cursor.text.charCodeAt(cursor.position + word.length);
    // Behind the word alone, the option ends.
    if (!Number.isNaN(next) && next !== 59 && next !== 41) continue;
    cursor.eatWord(word);
    return word;
  }
  return cursor.rules.expression(cursor);
}
