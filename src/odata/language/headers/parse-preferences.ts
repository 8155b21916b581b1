import type { Cursor } from '../cursor.ts';
import { openCursor } from '../rules.ts';
import { parsePreferenceValue } from './preference-values.ts';

/** One preference of a `Prefer` header (RFC 7240, section 2). */
export interface PreferenceSyntax {
  readonly at: number;
  /** In lower case, without `odata.`, which OData Protocol 4.01, section 8.2.8 makes optional. */
  readonly name: string;
  /** Without its quotes; undefined where none is written. */
  readonly value: string | undefined;
  /** The parameters behind it, names in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
}

/**
 * The preferences of a `Prefer` header in the order written (OData ABNF 4.01, prefer). Throws a
 * SyntaxRefusal for what is not well formed; a server may ignore it, as RFC 7240 wants.
 */
export function parsePreferences(header: string): readonly PreferenceSyntax[] {
  const cursor = openCursor(header, 'Prefer');
  const preferences: PreferenceSyntax[] = [];
  do preferences.push(parsePreference(cursor));
  while (cursor.eatComma());
  cursor.skipSpace();
  cursor.expectEnd();
  return preferences;
}

function parsePreference(cursor: Cursor): PreferenceSyntax {
  cursor.countNode();
  const at = cursor.position;
  const name = scanToken(cursor)
    .toLowerCase()
    .replace(/^odata\./, '');
  const value = parsePreferenceValue(cursor, name, eatEquals(cursor) ? scanValue : undefined);
  const parameters = new Map<string, string>();
  while (eatSeparator(cursor)) {
    const parameter = scanToken(cursor).toLowerCase();
    parameters.set(parameter, eatEquals(cursor) ? scanValue(cursor) : '');
  }
  if (name === 'callback' && !/^[a-z][a-z\d+.-]*:./i.test(parameters.get('url') ?? '')) {
    cursor.refuse("'url' and an absolute URL");
  }
  return { at, name, value, parameters };
}

function eatEquals(cursor: Cursor): boolean {
  const start = cursor.position;
  cursor.skipSpace();
  if (cursor.eat(61)) {
    cursor.skipSpace();
    return true;
  }
  cursor.position = start;
  return false;
}

function eatSeparator(cursor: Cursor): boolean {
  const start = cursor.position;
  cursor.skipSpace();
  if (cursor.eat(59)) {
    cursor.skipSpace();
    return true;
  }
  cursor.position = start;
  return false;
}

/** RFC 7230, token. */
function scanToken(cursor: Cursor): string {
  const start = cursor.position;
  while (/[\w!#$%&'*+.^`|~-]/.test(cursor.text.charAt(cursor.position))) cursor.position++;
  if (cursor.position === start) cursor.refuse('a token');
  return cursor.text.slice(start, cursor.position);
}

/** RFC 7230, token or quoted-string; gives what the quotes hold. */
function scanValue(cursor: Cursor): string {
  if (cursor.code !== 34) return scanToken(cursor);
  cursor.position++;
  let inside = '';
  while (cursor.code !== 34) {
    if (cursor.isAtEnd) cursor.refuse("a closing '\"'");
    if (cursor.code === 92) cursor.position++;
    inside += cursor.text.charAt(cursor.position++);
  }
  cursor.position++;
  return inside;
}
