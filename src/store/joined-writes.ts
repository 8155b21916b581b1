import type { ComparisonKey } from '#plan/compare.ts';
import { type Document, renderDocument, type Value } from '#plan/document.ts';
import { DocumentText, renderView } from '#plan/document-text.ts';
import type { Address, FoundEntity, StoredRecord, Wanted } from '#plan/store.ts';
import { indexKey } from './index-key.ts';
import { SqlReader } from './sql-reader.ts';
import type { WriterSource } from './sql-writer.ts';

/** An entity that is looked up by one of its values. */
interface Lookup {
  readonly tenant: number;
  readonly set: string;
  readonly property: string;
  readonly value: string;
}

/** Where something has been written, what stands there now and the version that it has. */
interface WrittenPlace {
  readonly tenant: number;
  readonly address: Address;
  readonly document: DocumentText;
  readonly version: number;
  /** Its comparison keys by property, as far as they have been asked for. */
  readonly keys: Map<string, ComparisonKey>;
}

/** What the transactions of a join have written, none of which is in the database yet. */
export class JoinedWrites {
  private readonly source: WriterSource;
  private readonly places = new Map<string, WrittenPlace>();
  private readonly links = new Map<string, Set<number>>();

  constructor(source: WriterSource) {
    this.source = source;
  }

  keep(tenant: number, address: Address, members: Document | DocumentText, version: number): void {
    const type = this.source.typeAt(address.set, address.path);
    const document =
      members instanceof DocumentText
        ? members
        : new DocumentText(type, renderDocument(type, members).doc);
    const place = { tenant, address, document, version, keys: new Map() };
    this.places.set(placeOf(tenant, address), place);
  }

  /** The targets that are linked from a source by now, to be added to. */
  link(tenant: number, relation: string, source: number): Set<number> {
    const name = JSON.stringify([tenant, relation, source]);
    const targets = this.links.get(name) ?? new Set();
    this.links.set(name, targets);
    return targets;
  }

  linked(tenant: number, relation: string, source: number): ReadonlySet<number> {
    return this.links.get(JSON.stringify([tenant, relation, source])) ?? new Set();
  }

  /** The record at an address, if it has been written. */
  record(tenant: number, address: Address): StoredRecord | undefined {
    const place = this.places.get(placeOf(tenant, address));
    return place && { version: place.version, text: place.document.text };
  }

  /** What has been written below an entity at a path. */
  parts(tenant: number, owner: number, path: string): (StoredRecord & { key: string })[] {
    return [...this.places.values()]
      .filter(({ tenant: in_, address }) => {
        return in_ === tenant && address.owner === owner && address.path === path;
      })
      .map((place) => ({
        key: place.address.key,
        version: place.version,
        text: place.document.text,
      }));
  }

  /** A root entity by its surrogate, if it has been written. */
  entity(tenant: number, set: string, owner: number): FoundEntity | undefined {
    const place = this.places.get(placeOf(tenant, { set, owner, path: '', key: '' }));
    return place && this.found(place, 'doc');
  }

  /** A root entity that has been written and has that value now. */
  find(lookup: Lookup, wanted: Wanted): FoundEntity | undefined {
    const { tenant, set, property, value } = lookup;
    const index = this.source.layouts
      .get(set)
      ?.indexes.find((each) => each.property.name === property);
    const keyOf = (of: Value | undefined) =>
      index ? indexKey(index.property.type, of) : String(of);
    const key = keyOf(value);
    const place = this.entities(tenant, set).find(({ document, keys }) => {
      if (!keys.has(property)) keys.set(property, keyOf(document.read(property)));
      return keys.get(property) === key;
    });
    return place && this.found(place, wanted);
  }

  /** Whether what the database finds is a root entity that has been written since. */
  async hidesFound({ tenant, set, property, value }: Lookup): Promise<boolean> {
    if (this.entities(tenant, set).length === 0) return false;
    // A reader of its own: what is only looked at needs no guard.
    const reader = new SqlReader(this.source, tenant);
    const stored = await reader.find(set, property, value, 'nothing');
    return stored !== undefined && this.entity(tenant, set, stored.owner) !== undefined;
  }

  private entities(tenant: number, set: string): WrittenPlace[] {
    return [...this.places.values()].filter(({ tenant: in_, address }) => {
      return in_ === tenant && address.set === set && address.path === '';
    });
  }

  private found(place: WrittenPlace, wanted: Wanted): FoundEntity {
    const { address, document, version } = place;
    const type = this.source.typeAt(address.set, '');
    const view = wanted === 'view' ? renderView(type, document) : null;
    const text = wanted === 'nothing' ? '' : (view ?? document.text);
    return { owner: address.owner, id: String(document.read('id')), version, text };
  }
}

function placeOf(tenant: number, { set, owner, path, key }: Address): string {
  return JSON.stringify(path === '' ? [tenant, set, owner] : [tenant, owner, path, key]);
}
