import type { Media } from '#plan/blobs.ts';
import type { ComparisonKey } from '#plan/compare.ts';
import { type Document, namedType, renderDocument, TYPE } from '#plan/document.ts';
import { DocumentText, renderView } from '#plan/document-text.ts';
import {
  type Address,
  type FoundEntity,
  hasText,
  type StoredRecord,
  type Wanted,
} from '#plan/store.ts';
import { indexKey } from './index-key.ts';
import { JoinedLinks } from './joined-links.ts';
import { idOf } from './layout.ts';
import { type MediaPlace, placeOf } from './media-statements.ts';
import type { WriterSource } from './sql-writer.ts';

/** An entity that is looked up by one of its values. */
export interface EntityLookup {
  readonly tenant: number;
  readonly set: string;
  readonly property: string;
  readonly value: string;
}

/** What stands at a place by now; no value where it is gone. */
export interface Now<Thing> {
  readonly value: Thing | undefined;
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
  readonly links = new JoinedLinks();
  /** Turns that have been taken, by tenant and name. */
  readonly turns = new Set<string>();
  private readonly source: WriterSource;
  private readonly places = new Map<string, WrittenPlace>();
  /** The places from which something has been removed, with all that lies below them. */
  private readonly removed: { readonly tenant: number; readonly address: Address }[] = [];
  /** The root places that entities have left for another set. */
  private readonly movedFrom = new Set<string>();
  private readonly streams = new Map<string, { place: MediaPlace; media: Media | undefined }>();
  /** The places whose streams have all been taken away. */
  private readonly cleared: { readonly tenant: number; readonly address: Address }[] = [];
  private readonly growth = new Map<string, number>();

  constructor(source: WriterSource) {
    this.source = source;
  }

  /** Whether no entity has been written so far. */
  get isEmpty(): boolean {
    return this.places.size + this.removed.length + this.movedFrom.size === 0;
  }

  keep(tenant: number, address: Address, members: Document | DocumentText, version: number): void {
    const document = this.textOf(address, members);
    const place = { tenant, address, document, version, keys: new Map() };
    this.places.set(nameOf(tenant, address), place);
  }

  insert(tenant: number, address: Address, members: Document): void {
    this.keep(tenant, address, members, 1);
    this.grow(tenant, address.set, 1);
  }

  remove(tenant: number, address: Address): void {
    for (const [name, place] of this.places) {
      if (place.tenant === tenant && isWithin(place.address, address)) this.places.delete(name);
    }
    for (const [name, { place }] of this.streams) {
      const isHere = place.tenant === tenant && isWithin(place.address, address);
      if (isHere) this.streams.delete(name);
    }
    this.removed.push({ tenant, address });
    if (address.path !== '') return;
    this.links.removeEntity(tenant, address.owner);
    this.grow(tenant, address.set, -1);
  }

  /** What an entity contains stays with it. */
  move(tenant: number, from: Address, to: Address, members: Document): void {
    this.places.delete(nameOf(tenant, from));
    this.movedFrom.add(nameOf(tenant, from));
    this.links.removeEntity(tenant, from.owner);
    this.grow(tenant, from.set, -1);
    this.movedFrom.delete(nameOf(tenant, to));
    this.insert(tenant, to, members);
  }

  writeMedia(place: MediaPlace, media: Media | undefined): void {
    this.streams.set(JSON.stringify(placeOf(place)), { place, media });
  }

  clearMedia(tenant: number, address: Address): void {
    const name = nameOf(tenant, address);
    for (const [key, { place }] of this.streams) {
      if (nameOf(place.tenant, place.address) === name) this.streams.delete(key);
    }
    this.cleared.push({ tenant, address });
  }

  /** The media stream at a place, if it has been written or taken away. */
  media(place: MediaPlace): Now<Media> | undefined {
    const name = JSON.stringify(placeOf(place));
    const written = this.streams.get(name);
    if (written) return { value: written.media };
    const here = nameOf(place.tenant, place.address);
    const isCleared = this.cleared.some(({ tenant, address }) => nameOf(tenant, address) === here);
    const isGone = isCleared || this.isRemoved(place.tenant, place.address);
    return isGone ? { value: undefined } : undefined;
  }

  /** By how much a set has grown. */
  grown(tenant: number, set: string): number {
    return this.growth.get(JSON.stringify([tenant, set])) ?? 0;
  }

  /** The record at an address, if it has been written or removed. */
  record(tenant: number, address: Address): Now<StoredRecord> | undefined {
    const place = this.places.get(nameOf(tenant, address));
    if (place) return { value: { version: place.version, text: place.document.text } };
    return this.isRemoved(tenant, address) ? { value: undefined } : undefined;
  }

  /** What has been written below an entity at a path. */
  parts(tenant: number, owner: number, path: string): (StoredRecord & { key: string })[] {
    return this.partsBelow(tenant, owner, path, true);
  }

  /** The same at every path below that one, or at the path itself. */
  partsBelow(
    tenant: number,
    owner: number,
    path: string,
    isItself = false,
  ): (StoredRecord & { path: string; key: string })[] {
    return [...this.places.values()]
      .filter(({ tenant: in_, address }) => {
        const isHere = isItself ? address.path === path : address.path.startsWith(`${path}/`);
        return in_ === tenant && address.owner === owner && isHere;
      })
      .map((place) => ({
        path: place.address.path,
        key: place.address.key,
        version: place.version,
        text: place.document.text,
      }));
  }

  /** A root entity by its surrogate, if it has been written or removed. */
  entity(
    tenant: number,
    { set, owner }: { readonly set: string; readonly owner: number },
    wanted: Wanted,
  ): Now<FoundEntity> | undefined {
    const address = { set, owner, path: '', key: '' };
    const place = this.places.get(nameOf(tenant, address));
    if (place) return { value: this.found(place, wanted) };
    return this.isRemoved(tenant, address) ? { value: undefined } : undefined;
  }

  /** A root entity that has been written and has that value now. */
  find(lookup: EntityLookup, wanted: Wanted): FoundEntity | undefined {
    const { tenant, set, property, value } = lookup;
    const index =
      property === 'id'
        ? undefined
        : this.source.layouts.get(set)?.indexes.find((each) => each.property.name === property);
    const key = index ? indexKey(index.property.type, value) : value;
    const keyOf = ({ document }: WrittenPlace) =>
      index ? indexKey(index.property.type, document.read(property)) : this.idOf(set, document);
    for (const place of this.places.values()) {
      const { address, keys } = place;
      if (place.tenant !== tenant || address.set !== set || address.path !== '') continue;
      if (!keys.has(property)) keys.set(property, keyOf(place));
      if (keys.get(property) === key) return this.found(place, wanted);
    }
    return undefined;
  }

  private found(place: WrittenPlace, wanted: Wanted): FoundEntity {
    const { address, document, version } = place;
    const view = wanted === 'view' ? renderView(document.type, document) : null;
    const text = hasText(wanted) ? (view ?? document.text) : '';
    return { owner: address.owner, id: this.idOf(address.set, document), version, text };
  }

  private idOf(set: string, document: DocumentText): string {
    const { type } = document;
    const members: Document = {};
    for (const { path } of type.keyParts) members[path[0]!] = document.read(path[0]!);
    return idOf(this.source.layouts.get(set)!, type, members);
  }

  private isRemoved(tenant: number, address: Address): boolean {
    if (address.path === '' && this.movedFrom.has(nameOf(tenant, address))) return true;
    return this.removed.some((each) => each.tenant === tenant && isWithin(address, each.address));
  }

  private grow(tenant: number, set: string, by: number): void {
    this.growth.set(JSON.stringify([tenant, set]), this.grown(tenant, set) + by);
  }

  private textOf(address: Address, members: Document | DocumentText): DocumentText {
    if (members instanceof DocumentText) return members;
    const declared = this.source.typeAt(address.set, address.path);
    const type = namedType(this.source.model, declared, members[TYPE]);
    return new DocumentText(type, renderDocument(type, members).doc);
  }
}

/** Whether a place is another one or lies below it. */
function isWithin(place: Address, above: Address): boolean {
  if (place.owner !== above.owner) return false;
  if (above.path === '') return true;
  const isBelow = place.path.startsWith(`${above.path}/`);
  if (!isBelow) return place.path === above.path && place.key === above.key;
  return above.key === '' || place.key === above.key || place.key.startsWith(`${above.key}/`);
}

function nameOf(tenant: number, { set, owner, path, key }: Address): string {
  return JSON.stringify(path === '' ? [tenant, set, owner] : [tenant, owner, path, key]);
}
