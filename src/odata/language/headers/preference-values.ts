import type { Cursor } from '../cursor.ts';
import { isDigit } from '../literals/scan-number.ts';

type Check = (cursor: Cursor, value: string | undefined, at: number) => void;

/** Values of OData's own preferences (OData ABNF 4.01, preference). */
const checks: Readonly<Record<string, Check>> = {
  'allow-entityreferences': checkNone,
  callback: checkNone,
  'continue-on-error': (cursor, value, at) =>
    value === undefined || checkWords(cursor, value.toLowerCase(), at, ['true', 'false']),
  'include-annotations': checkAnnotations,
  maxpagesize: checkPageSize,
  'omit-values': (cursor, value, at) =>
    checkWords(cursor, value?.toLowerCase(), at, ['nulls', 'defaults']),
  'respond-async': checkNone,
  return: (cursor, value, at) => checkWords(cursor, value, at, ['representation', 'minimal']),
  'track-changes': checkNone,
  wait: checkSeconds,
};

/**
 * The value of a preference, read by `scan` if a `=` stands before it. Refuses values that OData
 * does not know for its own preferences.
 */
export function parsePreferenceValue(
  cursor: Cursor,
  name: string,
  scan: ((cursor: Cursor) => string) | undefined,
): string | undefined {
  const at = cursor.position;
  const value = scan?.(cursor);
  if (Object.hasOwn(checks, name)) checks[name]!(cursor, value, at);
  return value;
}

function checkNone(cursor: Cursor, value: string | undefined, at: number): void {
  if (value !== undefined) cursor.refuse('no value', at);
}

function checkWords(
  cursor: Cursor,
  value: string | undefined,
  at: number,
  words: readonly string[],
): void {
  if (value === undefined || !words.includes(value)) cursor.refuse(words.join(' or '), at);
}

function checkPageSize(cursor: Cursor, value: string | undefined, at: number): void {
  if (!/^[1-9]\d*$/.test(value ?? '')) cursor.refuse('a number of 1 or more', at);
}

function checkSeconds(cursor: Cursor, value: string | undefined, at: number): void {
  if (!value || ![...value].every((digit) => isDigit(digit.charCodeAt(0)))) {
    cursor.refuse('a number of seconds', at);
  }
}

/** A list of terms, each with a namespace, `*` for all (OData ABNF 4.01, annotationsList). */
function checkAnnotations(cursor: Cursor, value: string | undefined, at: number): void {
  const identifier = '[\\p{L}_][\\p{L}\\p{Nd}_]*';
  const item = new RegExp(
    `^-?(\\*|${identifier}(\\.${identifier})*\\.(\\*|${identifier}))(#${identifier})?$`,
    'u',
  );
  if (!value?.split(',').every((each) => item.test(each))) cursor.refuse("'*' or terms", at);
}
