import { createHash } from 'node:crypto';
import type { PropertyType } from '#model/model.ts';
import { type ComparisonKey, comparisonKey } from '#plan/compare.ts';
import type { Value } from '#plan/document.ts';

/** Characters of a text that go into an index: PostgreSQL takes 2,700 bytes of a row. */
export const INDEXED_LENGTH = 400;

/**
 * The comparison key as an index column keeps it. Of a longer text the beginning stands there, and
 * a hash of all of it: equal texts have equal keys, and only beyond 400 equal characters does the
 * order of keys say nothing.
 */
export function indexKey(type: PropertyType, value: Value | undefined): ComparisonKey {
  const key = comparisonKey(type, value);
  return typeof key === 'string' ? cutKey(key) : key;
}

/** The comparison key of a text as an index column keeps it. */
export function cutKey(key: string): string {
  if (key.length <= INDEXED_LENGTH) return key;
  const hash = createHash('sha256').update(key).digest('base64url');
  // A cut may not leave half of a surrogate pair behind.
  return `${key.slice(0, INDEXED_LENGTH).toWellFormed()}${hash}`;
}
