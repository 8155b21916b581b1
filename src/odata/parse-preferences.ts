import type { EntityTags } from '#plan/entity-tags.ts';
import {
  type PreferenceSyntax,
  parsePreferences as parseSyntax,
} from './language/headers/parse-preferences.ts';
import { SyntaxRefusal } from './language/syntax-refusal.ts';
import { splitList } from './split-list.ts';

/** What a `Prefer` header asks for (RFC 7240; OData Protocol 4.01, section 8.2.8). */
export interface Preferences {
  readonly return: 'minimal' | 'representation' | undefined;
  /** Members on a page, at most. */
  readonly maxPageSize: number | undefined;
  /** Members that an answer may leave out. */
  readonly omitValues: 'nulls' | 'defaults' | undefined;
  /** Whether the answer may come later. */
  readonly isAsync: boolean;
  /** How many seconds it may take before it comes later. */
  readonly waitSeconds: number | undefined;
  /** Whether changes behind the answer shall be told by a delta link. */
  readonly trackChanges: boolean;
}

/** Beyond this many nobody asks in earnest. */
const PAGE_MAX = 2 ** 31 - 1;

const nothing: Preferences = {
  return: undefined,
  maxPageSize: undefined,
  omitValues: undefined,
  isAsync: false,
  waitSeconds: undefined,
  trackChanges: false,
};

/** Reads a `Prefer` header; what is unknown or malformed is ignored, as RFC 7240 wants. */
export function parsePreferences(header: string | undefined): Preferences {
  if (header === undefined) return nothing;
  const written = new Map<string, string>();
  for (const { name, value = '' } of splitList(header, ',').flatMap(parseOne)) {
    // The first of two is the one that counts (RFC 7240, section 2).
    if (!written.has(name)) written.set(name, value.toLowerCase());
  }
  const size = written.get('maxpagesize');
  const wait = written.get('wait');
  return {
    return: written.get('return') as Preferences['return'],
    maxPageSize: size === undefined ? undefined : Math.min(Number(size), PAGE_MAX),
    omitValues: written.get('omit-values') as Preferences['omitValues'],
    isAsync: written.has('respond-async'),
    waitSeconds: wait === undefined ? undefined : Number(wait),
    trackChanges: written.has('track-changes'),
  };
}

function parseOne(text: string): readonly PreferenceSyntax[] {
  try {
    return parseSyntax(text.trim());
  } catch (error) {
    if (error instanceof SyntaxRefusal) return [];
    throw error;
  }
}

/** The entity tags of an `If-Match` or `If-None-Match` header. */
export function parseEtags(header: string | undefined): EntityTags | undefined {
  if (header === undefined) return undefined;
  if (header.trim() === '*') return '*';
  return header.match(/(?:W\/)?"[^"]*"/g) ?? [];
}
