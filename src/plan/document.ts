import type { EntityType, Property, StructuredType } from '#model/model.ts';

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
 * nothing is set, so that a whole read sends the text as it is.
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
  return { doc: `${doc}}`, view: type.defaultSet ? `{${view.slice(1)}}` : null };
}

/** JSON text of the named members, every structured value with its type, as documents hold them. */
export function writeTyped(type: EntityType, members: Document, names: Iterable<string>): string {
  let text = `{"${TYPE}":"#${type.name}"`;
  for (const name of names) {
    const property = type.properties.get(name);
    if (property) text += `,"${name}":${writeValue(members[name] ?? emptyValue(property))}`;
  }
  return `${text}}`;
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
    head: `,${JSON.stringify(property.name)}:`,
    isShownByDefault: type.defaultSet?.includes(property.name) ?? false,
  }));
  columns.set(type, made);
  return made;
}

/** The JSON text of a value. Most are texts, null or empty: no object has to be walked. */
export function writeValue(value: Value): string {
  if (value === null) return 'null';
  if (Array.isArray(value) && value.length === 0) return '[]';
  return JSON.stringify(value);
}

/** What a property holds when nobody has set it. */
export function emptyValue(property: Property): Value {
  if (property.collection) return [];
  return property.initial ?? null;
}

/**
 * The members of a document that a type shows, without `@odata.type` where the declared type
 * already says it (OData JSON 4.01, section 4.6.3); on a derived value it stays, spelled with `#`.
 */
export function selectMembers(
  type: StructuredType,
  members: Document,
  names: Iterable<string> = type.properties.keys(),
): Document {
  const selected: Document = {};
  for (const name of names) {
    const property = type.properties.get(name);
    if (!property) continue;
    const value = members[name];
    selected[name] = value === undefined ? emptyValue(property) : plain(property, value);
  }
  return selected;
}

function plain(property: Property, value: Value): Value {
  if (property.type.kind !== 'complex' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => plain(property, each));
  return plainComplex(property.type, value as Document);
}

function plainComplex(declared: StructuredType, value: Document): Document {
  const written = value[TYPE];
  const isDerived = typeof written === 'string' && written !== declared.name;
  const result: Document = isDerived ? { [TYPE]: `#${written}` } : {};
  for (const [name, member] of Object.entries(value)) {
    if (name === TYPE || member === undefined) continue;
    const property = declared.properties.get(name);
    result[name] = property ? plain(property, member) : member;
  }
  return result;
}
