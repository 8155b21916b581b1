import { createHash } from 'node:crypto';
import { isStoredItself } from '#model/compile-service.ts';
import type { EntityType, Model, Property, PropertyType, Resource } from '#model/model.ts';
import { searchedProperties } from '#model/searched-properties.ts';
import type { Document } from '#plan/document.ts';
import { keyTextOf } from '#plan/key-text.ts';
import type { Dialect } from './dialect.ts';
import { searchTable } from './search-words.ts';

/** The table of one root set: index columns beside the text that is sent. */
export interface SetLayout {
  readonly set: string;
  /** Quoted. */
  readonly table: string;
  readonly type: EntityType;
  /** A singleton, whose one entity is kept under an empty id. */
  readonly isSingle: boolean;
  /** Whether no relation leads to what it keeps. */
  readonly isApart: boolean;
  readonly indexes: readonly IndexColumn[];
  /** Inserts a row: number, tenant, id, version, view, the index columns in order, document. */
  readonly insertion: string;
  /** Reads the version and document of a row: by tenant and number. */
  readonly reading: string;
  /** The SQL of lookups, kept when it is first needed, by property and what is wanted. */
  readonly lookups: Map<string, Lookup>;
  /** Changes whenever stored rows have to be rendered anew. */
  readonly fingerprint: string;
}

/** How a root entity is looked up; the type is that of an indexed property. */
export interface Lookup {
  readonly sql: string;
  readonly type: PropertyType | undefined;
}

/** A column that a property is found and ordered by. */
export interface IndexColumn {
  readonly property: Property;
  /** Quoted. */
  readonly column: string;
  readonly unique: boolean;
}

/** The tables that the model's root sets need. */
export function layOut(model: Model): ReadonlyMap<string, SetLayout> {
  const layouts = new Map<string, SetLayout>();
  for (const resource of model.resources.values()) {
    if (!isStoredItself(resource)) continue;
    layouts.set(resource.set, layOutSet(model, resource));
  }
  return layouts;
}

/** The id under which an entity of a type is kept: the text of its key. */
export function idOf(layout: SetLayout, type: EntityType, members: Document): string {
  const id = layout.isSingle ? '' : keyTextOf(type, members);
  if (id === undefined) throw new Error(`An entity of ${layout.set} has no key.`);
  return id;
}

/** DDL that makes a set's table; index columns follow separately, so that they can be added later. */
export function createTable(layout: SetLayout, dialect: Dialect): string[] {
  const { integer, text, keyText } = dialect;
  return [
    `CREATE TABLE ${layout.table} (
      num ${integer} PRIMARY KEY, tenant ${integer} NOT NULL, id ${keyText} NOT NULL,
      version ${integer} NOT NULL, view ${text}, doc ${text} NOT NULL)`,
    `CREATE UNIQUE INDEX ${quote(`set_${layout.set}_id`)} ON ${layout.table} (tenant, id)`,
    // The order in which a set is listed when no other is asked for.
    `CREATE INDEX ${quote(`set_${layout.set}_num`)} ON ${layout.table} (tenant, num)`,
    ...dialect.createSearch(searchTable(layout.set)),
  ];
}

/** DDL that adds one index column; equal values lie in page order, so that a page needs no sort. */
export function addColumn(layout: SetLayout, index: IndexColumn, dialect: Dialect): string {
  return `ALTER TABLE ${layout.table} ADD COLUMN ${index.column} ${columnType(index, dialect)}`;
}

/** DDL that indexes one column, made after rows are filled in. */
export function createIndex(layout: SetLayout, index: IndexColumn, dialect: Dialect): string {
  const column = `${index.column}${dialect.nullsFirst}`;
  const [kind, columns] = index.unique
    ? ['UNIQUE INDEX', `tenant, ${column}`]
    : ['INDEX', `tenant, ${column}, num`];
  const name = indexName(layout, index);
  return `CREATE ${kind} IF NOT EXISTS ${name} ON ${layout.table} (${columns})`;
}

/** DDL that takes the index of one column away. */
export function dropIndex(layout: SetLayout, index: IndexColumn): string {
  return `DROP INDEX IF EXISTS ${indexName(layout, index)}`;
}

function indexName({ set }: SetLayout, { property }: IndexColumn): string {
  return quote(`set_${set}_${property.name}`);
}

function layOutSet(model: Model, { set, type, collection, isApart }: Resource): SetLayout {
  const indexes: IndexColumn[] = [];
  for (const property of type.properties.values()) {
    if (!property.index) continue;
    const unique = property.index === 'unique';
    indexes.push({ property, column: quote(`k_${property.name}`), unique });
  }
  const table = quote(`set_${set}`);
  const kinds = [...type.kinds].map((name) => model.types.get(name) as EntityType);
  const print = fingerprint(type, kinds.slice(1));
  return {
    set,
    table,
    type,
    isSingle: !collection,
    isApart,
    indexes,
    insertion: insertionOf(table, indexes),
    reading: `SELECT version, doc FROM ${table} WHERE tenant = ? AND num = ?`,
    lookups: new Map(),
    fingerprint: print,
  };
}

function insertionOf(table: string, indexes: readonly IndexColumn[]): string {
  const keys = indexes.map(({ column }) => column);
  const columns = ['num', 'tenant', 'id', 'version', 'view', ...keys, 'doc'];
  // A document that is loaded comes as bytes.
  const marks = columns.map((column) => (column === 'doc' ? 'CAST(? AS TEXT)' : '?')).join(', ');
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`;
}

/** Of a set that holds derived types too, their shapes follow that of its own type. */
function fingerprint(type: EntityType, derived: readonly EntityType[]): string {
  const shape = shapeOf(type);
  const searched = searchedProperties(type);
  const own = [type.name, shape, type.defaultSet ?? null, searched];
  const more = derived.map((each) => [each.name, shapeOf(each), each.defaultSet ?? null]);
  const text = JSON.stringify([...own, ...more]);
  return createHash('sha256').update(text).digest('base64url');
}

function shapeOf(type: EntityType): unknown[] {
  return [...type.properties.values()].map((property) => [
    property.name,
    property.type.name,
    property.collection,
    property.index ?? null,
    property.computed,
    property.initial ?? null,
  ]);
}

function columnType(index: IndexColumn, dialect: Dialect): string {
  const { type } = index.property;
  if (type.kind !== 'primitive') return dialect.keyText;
  const isNumber = ['Edm.Boolean', 'Edm.Int16', 'Edm.Int32', 'Edm.Int64', 'Edm.DateTimeOffset'];
  return isNumber.includes(type.name) ? dialect.integer : dialect.keyText;
}

function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
