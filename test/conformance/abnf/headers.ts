/** Header lines (OData ABNF 4.01, header): how tests read those that OData defines. */
import { parsePreferences } from '#odata/language/headers/parse-preferences.ts';
import { SyntaxRefusal } from '#odata/language/syntax-refusal.ts';

const values: Readonly<Record<string, RegExp>> = {
  asyncresult: /^\d{3}$/,
  'content-id': /^[\w.~-]+$/,
  isolation: /^snapshot$/i,
  'odata-entityid': /^[\x21-\x7e\x80-\xff]+$/,
  'odata-error': /^\{"code":[\x20-\x7e]*$/,
  'odata-isolation': /^snapshot$/i,
  'odata-maxversion': /^\d+\.\d+$/,
  'odata-version': /^4\.0[1-9]?$/,
};

/** Checks a value against a pattern; the refusal stands at its start. */
export function checkPattern(pattern: RegExp | undefined, value: string, position = 0): void {
  if (pattern?.test(value)) return;
  throw new SyntaxRefusal({ target: 'the header', position, problem: 'Expected another value' });
}

/** Checks a header line: its name in any case, and its value. */
export function checkHeader(line: string): void {
  const [, name = '', value = ''] = /^([^:]*):[ \t]*(.*)$/s.exec(line) ?? [];
  if (name.toLowerCase() === 'prefer') parsePreferences(value);
  else checkPattern(values[name.toLowerCase()], value, line.length - value.length);
}
