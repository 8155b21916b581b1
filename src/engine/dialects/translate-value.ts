import type { Dialect, TypeMeaning } from '#model/dialect.ts';
import type { Property } from '#model/model.ts';
import { type Document, TYPE, type Value } from '#plan/document.ts';

/**
 * What a dialect shows of a value of Graph's, by the dialect's type or the one that it means. What
 * the dialect has no word for is not in it; control information and computed values stay.
 */
export function toDialect(dialect: Dialect, typeName: string, value: Document): Document {
  const meaning = dialect.types.get(typeName);
  if (!meaning) return value;
  const shown: Document = {};
  const words = wordsOf(meaning);
  for (const [name, held] of Object.entries(value)) {
    if (name === TYPE) shown[TYPE] = wordFor(dialect, held!);
    else if (words.has(name)) {
      const property = words.get(name)!;
      shown[property.name] = each(held!, (one) => toDialect(dialect, property.type.name, one));
    } else if (isOwn(meaning, name)) shown[name] = held;
  }
  return shown;
}

/**
 * The value of Graph's that a value of the dialect means. What the dialect has no word for is as it
 * was before: in a complex value in the one that stood there, in a collection in the member that
 * looks the same in the dialect.
 */
export function toGraph(
  dialect: Dialect,
  typeName: string,
  value: Document,
  before?: Document,
): Document {
  const meaning = dialect.types.get(typeName);
  if (!meaning) return value;
  const meant: Document = {};
  const { properties } = meaning;
  if (value[TYPE] !== undefined) meant[TYPE] = meaningOf(dialect, value[TYPE]);
  for (const property of meaning.meant.properties.values()) {
    const own = ownOf(meaning, property);
    const name = own ? own.name : property.name;
    const held = own ? value[name] : before?.[name];
    if (held === undefined) continue;
    const then = before?.[property.name];
    meant[property.name] = own ? restore(dialect, own, held, then) : held;
  }
  const known = new Set([...properties.keys()].map(({ name }) => name));
  for (const [name, held] of Object.entries(value)) {
    if (name !== TYPE && !known.has(name)) meant[name] = held;
  }
  for (const [name, held] of Object.entries(before ?? {})) {
    if (name !== TYPE && isUndeclared(meaning, name)) meant[name] = held;
  }
  return meant;
}

/** A member's value in Graph's dialect, with what was unsaid in the one before. */
export function restore(
  dialect: Dialect,
  property: Property,
  value: Value,
  before: Value | undefined,
): Value {
  if (property.type.kind !== 'complex') return value;
  const { name } = property.type;
  if (!Array.isArray(value)) {
    const held = isDocument(before) ? before : undefined;
    return isDocument(value) ? toGraph(dialect, name, value, held) : value;
  }
  const left = Array.isArray(before) ? before.filter(isDocument) : [];
  return value.map((one) => {
    if (!isDocument(one)) return one;
    const at = left.findIndex((held) => isSame(toDialect(dialect, name, held), one));
    const [held] = at < 0 ? [] : left.splice(at, 1);
    return toGraph(dialect, name, one, held);
  });
}

/** The name of a type as the dialect writes it, with `#` where there is one. */
export function wordFor(dialect: Dialect, written: Value): Value {
  return rename(dialect, written, ({ type }) => type.name);
}

/** The name of the type that is meant by one of the dialect's. */
export function meaningOf(dialect: Dialect, written: Value): Value {
  return rename(dialect, written, ({ meant }) => meant.name);
}

function rename(dialect: Dialect, written: Value, to: (meaning: TypeMeaning) => string): Value {
  if (typeof written !== 'string') return written;
  const mark = written.startsWith('#') ? '#' : '';
  const meaning = dialect.types.get(written.slice(mark.length));
  return meaning ? mark + to(meaning) : written;
}

const known = new WeakMap<TypeMeaning, ReadonlyMap<string, Property>>();

/** The dialect's properties by the names that they have in Graph's. */
function wordsOf(meaning: TypeMeaning): ReadonlyMap<string, Property> {
  const before = known.get(meaning);
  if (before) return before;
  const words = new Map([...meaning.properties].map(([own, { name }]) => [name, own]));
  known.set(meaning, words);
  return words;
}

function ownOf(meaning: TypeMeaning, { name }: Property): Property | undefined {
  return wordsOf(meaning).get(name);
}

/** Control information, and what a query computes: nothing that a document of Graph's holds. */
function isOwn({ meant }: TypeMeaning, name: string): boolean {
  return !meant.properties.has(name) && (!meant.open || name.includes('@'));
}

function isUndeclared({ meant }: TypeMeaning, name: string): boolean {
  return meant.open && !meant.properties.has(name);
}

function each(value: Value, show: (one: Document) => Document): Value {
  if (Array.isArray(value)) return value.map((one) => each(one, show));
  return isDocument(value) ? show(value) : value;
}

function isSame(one: Value, other: Value): boolean {
  return canonical(one) === canonical(other);
}

/** The text of a value whatever the order of its members, where those that are null are absent. */
function canonical(value: Value | undefined): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isDocument(value)) return JSON.stringify(value ?? null);
  const members = Object.entries(value).filter(([, held]) => (held ?? null) !== null);
  members.sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, held]) => `${JSON.stringify(name)}:${canonical(held)}`).join()}}`;
}

function isDocument(value: Value | undefined): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
