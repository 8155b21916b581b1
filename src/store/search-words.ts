import type { EntityType } from '#model/model.ts';
import { searchedProperties } from '#model/searched-properties.ts';
import type { Document } from '#plan/document.ts';
import { tokenise } from '#plan/tokenise.ts';

/** Between a property's name and a token; no token holds it. */
const SEPARATOR = '\u00b7';
/** Words kept of one entity; PostgreSQL counts positions to 16,383. */
const WORDS_MAX = 10_000;
/** Longer tokens are cut; PostgreSQL takes words of less than 2 KB. */
const TOKEN_MAX = 200;

/** The quoted name of the table with the words of a set's entities. */
export function searchTable(set: string): string {
  return `"search_${set}"`;
}

/** A token of a property, as it is kept and sought. */
export function wordOf(property: string, token: string): string {
  const cut = token.length > TOKEN_MAX ? [...token].slice(0, TOKEN_MAX).join('') : token;
  return `${property.toLowerCase()}${SEPARATOR}${cut}`;
}

/** The words of an entity in their order; those of two properties never stand side by side. */
export function wordsOf(type: EntityType, members: Document): readonly string[] {
  const words: string[] = [];
  for (const name of searchedProperties(type)) {
    const value = members[name];
    if (typeof value !== 'string') continue;
    for (const token of tokenise(value)) words.push(wordOf(name, token));
  }
  return words.slice(0, WORDS_MAX);
}
