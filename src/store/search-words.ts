import type { EntityType } from '#model/model.ts';
import type { Document } from '#plan/document.ts';
import { tokenise } from '#plan/tokenise.ts';

/** Properties whose words are searched where the model does not say which. */
const USUAL = ['displayName', 'description'];
/** Between a property's name and a token; no token holds it. */
const SEPARATOR = '\u00b7';
/** Words kept of one entity; PostgreSQL counts positions to 16,383. */
const WORDS_MAX = 10_000;
/** Longer tokens are cut; PostgreSQL takes words of less than 2 KB. */
const TOKEN_MAX = 200;

/**
 * The properties of a type that are searched by words: `displayName` and `description`, or every
 * single string where the type has neither.
 */
export function searchedProperties(type: EntityType): readonly string[] {
  const known = searched.get(type);
  if (known) return known;
  const names = findSearched(type);
  searched.set(type, names);
  return names;
}

const searched = new WeakMap<EntityType, readonly string[]>();

function findSearched(type: EntityType): readonly string[] {
  const strings = [...type.properties.values()].filter(
    (property) =>
      property.type.kind === 'primitive' &&
      property.type.name === 'Edm.String' &&
      !property.collection &&
      !property.secret,
  );
  const names = strings.map(({ name }) => name);
  const usual = names.filter((name) => USUAL.includes(name));
  return usual.length > 0 ? usual : names.filter((name) => !type.key.includes(name));
}

/** The quoted name of the table with the words of a set's entities. */
export function searchTable(set: string): string {
  return `"search_${set}"`;
}

/** A token of a property, as it is kept and sought. */
export function wordOf(property: string, token: string): string {
  return `${property.toLowerCase()}${SEPARATOR}${[...token].slice(0, TOKEN_MAX).join('')}`;
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
