import type { EntityType, PropertyType, StructuredType } from '#model/model.ts';
import type { Document, Value } from './document.ts';

/**
 * The text by which an entity is kept among its like: the value of its key; of a key of several
 * parts their values in declared order, joined by commas, each with `%`, `,` and `/` encoded as in
 * a URL. Undefined where a part has no value.
 */
export function keyTextOf(type: EntityType, members: Document): string | undefined {
  return formatKeyText(
    type.keyParts.map(({ path }) =>
      canonicalKeyValue(typeAt(type, path), valueAt(members, path) ?? null),
    ),
  );
}

/** The one spelling of a key's value: guids in lower case, instants without idle digits. */
export function canonicalKeyValue(type: PropertyType | undefined, value: Value): Value {
  if (typeof value !== 'string' || type?.kind !== 'primitive') return value;
  if (type.name === 'Edm.Guid') return value.toLowerCase();
  if (type.name !== 'Edm.DateTimeOffset') return value;
  return value
    .toUpperCase()
    .replace(/(T\d\d:\d\d)(?!:)/, '$1:00')
    .replace(/\.0+(?!\d)|(\.\d*?[1-9])0+(?!\d)/, '$1')
    .replace(/[+-]00:00$/, 'Z');
}

/** The type of the property that a path of names leads to; undefined where there is none. */
export function typeAt(type: StructuredType, path: readonly string[]): PropertyType | undefined {
  let owner: StructuredType | undefined = type;
  let found: PropertyType | undefined;
  for (const name of path) {
    found = owner?.properties.get(name)?.type;
    owner = found?.kind === 'complex' ? found : undefined;
  }
  return found;
}

/** The same of values in the order of the key's parts. */
export function formatKeyText(values: readonly (Value | undefined)[]): string | undefined {
  if (values.length === 0 || values.some((value) => value === undefined || value === null)) {
    return undefined;
  }
  if (values.length === 1) return String(values[0]);
  return values.map((value) => encodePart(String(value), /[%,/]/g)).join(',');
}

/** The parts of a key's text, decoded; one part where the key has one. */
export function splitKeyText(type: EntityType, text: string): readonly string[] {
  return type.keyParts.length === 1 ? [text] : text.split(',').map(decodeURIComponent);
}

/** Stands for a key that is an empty text: where nothing stands, there is no key. */
const EMPTY = '%';

/** The keys along a containment path as an address holds them. */
export function joinKeys(keys: readonly string[]): string {
  return keys.map((key) => (key === '' ? EMPTY : encodePart(key, /[%/]/g))).join('/');
}

/** The keys that an address holds. */
export function splitKeys(joined: string): readonly string[] {
  if (joined === '') return [];
  return joined.split('/').map((key) => (key === EMPTY ? '' : decodeURIComponent(key)));
}

function encodePart(text: string, reserved: RegExp): string {
  return text.replace(reserved, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The value that a path of names leads to; undefined where there is none. */
export function valueAt(members: Document, path: readonly string[]): Value | undefined {
  let value: Value | undefined = members;
  for (const name of path) value = (value as Document | null | undefined)?.[name];
  return value;
}
