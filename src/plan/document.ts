import { type EntityType, findType, isKindOf, type Model, type Property } from '#model/model.ts';

/** A value as JSON carries it. */
export type Value = null | boolean | number | string | Value[] | Document;

/**
 * The members of an entity or complex value, in model order. `@odata.type` stands first on every
 * structured value inside a document, spelled without `#`, and on the document itself with it.
 */
export interface Document {
  [name: string]: Value | undefined;
}

export const TYPE = '@odata.type';

/** A document as it is stored: canonical text, and the text of the type's default set if it has one. */
export interface RenderedDocument {
  readonly doc: string;
  readonly view: string | null;
}

/**
 * Canonical JSON text of an entity: every declared property in model order, null or empty where
 * nothing is set, so that a whole read sends the text as it is. Behind them, of an open type, what
 * else it holds, in the order given; a null there is nothing (OData 4.01 part 1, section 11.4.2).
 * The type is the one that the entity is of: see `namedType`.
 */
export function renderDocument(type: EntityType, members: Document): RenderedDocument {
  let doc = `{"${TYPE}":"#${type.name}"`;
  let view = '';
  for (const { property, head, isShownByDefault } of columnsOf(type)) {
    const value = members[property.name];
    // Computed per reader, unless the server has set it for all.
    if (property.computed && value === undefined) continue;
    const text = head + writeValue(value ?? emptyValue(property));
    doc += text;
    if (isShownByDefault) view += text;
  }
  for (const name of undeclaredNames(type, members)) {
    doc += headOf(name) + writeValue(members[name]!);
  }
  return { doc: `${doc}}`, view: type.defaultSet ? `{${view.slice(1)}}` : null };
}

/** Names of the members that an open type holds beside what it declares. */
export function undeclaredNames(type: EntityType, members: Document): readonly string[] {
  if (!type.open) return [];
  return Object.keys(members).filter((name) => {
    return name !== TYPE && !type.properties.has(name) && (members[name] ?? null) !== null;
  });
}

/** The name of the type that a value says it is of, without `#`; an empty text where it says none. */
export function writtenTypeOf(value: Document | undefined): string {
  return withoutHash(String(value?.[TYPE] ?? ''));
}

function withoutHash(name: string): string {
  return name.startsWith('#') ? name.slice(1) : name;
}

/**
 * The type that an entity names in its `@odata.type`, with or without `#`, if it is the declared
 * one or derived from it; else the declared one.
 */
export function namedType(
  model: Model,
  declared: EntityType,
  written: Value | undefined,
): EntityType {
  if (typeof written !== 'string' || withoutHash(written) === declared.name) return declared;
  const named = findType(model, written);
  return named?.kind === 'entity' && isKindOf(named, declared) ? named : declared;
}

/** A property as documents write it. */
export interface Column {
  readonly property: Property;
  /** What stands before the value: a comma, and the name as JSON writes it. */
  readonly head: string;
  readonly isShownByDefault: boolean;
}

const columns = new WeakMap<EntityType, readonly Column[]>();

/** The properties of a type with the text that goes before each, made at the first use. */
export function columnsOf(type: EntityType): readonly Column[] {
  const known = columns.get(type);
  if (known) return known;
  const made = [...type.properties.values()].map((property) => ({
    property,
    head: headOf(property.name),
    isShownByDefault: type.defaultSet?.includes(property.name) ?? false,
  }));
  columns.set(type, made);
  return made;
}

/** What stands before a member's value: a comma, and the name as JSON writes it. */
export function headOf(name: string): string {
  return `,${JSON.stringify(name)}:`;
}

/** A text that holds what JSON escapes (RFC 8259, section 7), or surrogates, which may stand alone. */
const NOT_PLAIN = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;

/** The JSON text of a value. Most are plain texts, null or empty: nothing has to be walked. */
export function writeValue(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'string' && !NOT_PLAIN.test(value)) return `"${value}"`;
  if (Array.isArray(value) && value.length === 0) return '[]';
  return JSON.stringify(value);
}

/** What a property holds when nobody has set it. */
export function emptyValue(property: Property): Value {
  if (property.collection) return [];
  return property.initial ?? null;
}
