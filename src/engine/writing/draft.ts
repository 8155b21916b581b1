import { Refusal } from '#errors.ts';
import { isGuid } from '#ids.ts';
import type { EntityType, Model } from '#model/model.ts';
import type { Caller } from '#plan/caller.ts';
import type { Change, Reference } from '#plan/change.ts';
import { type Document, namedType, TYPE } from '#plan/document.ts';
import { keyTextOf } from '#plan/key-text.ts';
import type { Fidelity } from '#plan/request.ts';
import type { Address, FoundEntity, StoredRecord, Writer } from '#plan/store.ts';
import type { Target } from '#plan/target.ts';
import { type Access, checkAccess } from '../access/check-access.ts';
import { notFound, showKey } from '../place.ts';
import { locate } from '../reading/locate.ts';
import type { HashedSecret } from './secrets.ts';

/** An entity that a transaction works on. */
export interface Held {
  readonly address: Address;
  /** The type that it is. */
  readonly type: EntityType;
  /** Id of the root entity under which it is kept. */
  readonly ownerId: string;
  /** Its own key among its like. */
  readonly key: string;
  /** Where it stands, with its key: `users('id')/contacts('id')`. */
  readonly path: string;
  /** The same as context URLs write it: without the last key. */
  readonly shown: string;
  /** The version that it has in the store, once it is written. */
  readonly version: number;
  readonly isNew: boolean;
  readonly members: Document;
  /** Complex properties of the entity that lead to the navigation that is meant. */
  readonly inside?: readonly string[] | undefined;
  /** Entities that came nested and are shown with it, by navigation. */
  readonly nested: Map<string, Held[]>;
}

/** For whom a transaction writes, and by which rules. */
export interface DraftOptions {
  readonly tx: Writer;
  readonly model: Model;
  readonly caller: Caller;
  readonly access: Access;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly hashes: ReadonlyMap<Change, readonly HashedSecret[]>;
  /** By whose rules it is written; OData's alone where nothing is said. */
  readonly fidelity?: Fidelity;
}

/** What is known of a contained entity before it is read. */
export interface PartPlace {
  /** The declared type. */
  readonly type: EntityType;
  /** Id of the root entity. */
  readonly ownerId: string;
  /** Where the collection stands, or the one entity there is. */
  readonly path: string;
  readonly isSingle: boolean;
}

interface Kept {
  held: Held;
  readonly changed: Set<string>;
}

/**
 * What a transaction is about to write. Its reads show the store as the transaction began; what it
 * changes is remembered here, so that an entity that is touched twice is written once.
 */
export class Draft {
  readonly options: DraftOptions;
  readonly tx: Writer;
  private readonly kept = new Map<string, Kept>();
  private readonly removed = new Set<string>();
  private readonly numbers = new Map<string, number>();

  constructor(options: DraftOptions) {
    this.options = options;
    this.tx = options.tx;
  }

  /** The entity as the transaction has made it so far. */
  hold(held: Held): Held {
    const name = nameOf(held.address);
    const known = this.kept.get(name);
    if (known) return known.held;
    this.kept.set(name, { held, changed: new Set() });
    return held;
  }

  /** Gives an entity other members; the names are those of the properties that change. */
  change(held: Held, members: Document, names: Iterable<string>): Held {
    const kept = this.kept.get(nameOf(held.address));
    if (!kept) throw new Error('Only an entity that is held can be changed.');
    for (const name of names) kept.changed.add(name);
    kept.held = { ...kept.held, members };
    return kept.held;
  }

  /** A root entity that has been found, held. */
  root(set: string, found: FoundEntity): Held {
    const { type, shown } = this.options.model.resources.get(set)!;
    const members = JSON.parse(found.text) as Document;
    return this.hold({
      address: { set, owner: found.owner, path: '', key: '' },
      type: namedType(this.options.model, type, members[TYPE]),
      ownerId: found.id,
      key: found.id,
      path: found.id === '' ? shown : `${set}${showKey(type, found.id)}`,
      shown: set,
      version: found.version,
      isNew: false,
      members,
      nested: new Map(),
    });
  }

  /** What an entity contains, as it has been found, held. `path` is the collection's. */
  part(address: Address, record: StoredRecord, at: PartPlace): Held {
    const members = JSON.parse(record.text) as Document;
    const type = namedType(this.options.model, at.type, members[TYPE]);
    const key = keyTextOf(type, members) ?? '';
    return this.hold({
      address,
      type,
      ownerId: at.ownerId,
      key,
      path: at.isSingle ? at.path : at.path + showKey(type, key),
      shown: at.path,
      version: record.version,
      isNew: false,
      members,
      nested: new Map(),
    });
  }

  /** The entity that a reference names. Refuses with 404 what is not there, with 400 another type. */
  async find(reference: Reference, type: EntityType): Promise<Held> {
    const held = await this.lookUp(reference, type);
    if (this.isRemoved(held)) throw notFound(reference.written);
    if (type.kinds.has(held.type.name)) return held;
    const message = `'${reference.written}' is no ${type.name}; it is a ${held.type.name}.`;
    throw new Refusal('badRequest', message, { target: '@odata.id' });
  }

  /**
   * As `find`, for an entity that a body names. In models of other services a missing one is 400,
   * because what the URL names is there; in Kith's own it is 404, as in Graph.
   */
  async findNamed(reference: Reference, type: EntityType): Promise<Held> {
    try {
      return await this.find(reference, type);
    } catch (error) {
      const isMissing = error instanceof Refusal && error.status === 404;
      if (!isMissing || !this.options.model.isForeign) throw error;
      const message = `'${reference.written}', which the body names, does not exist.`;
      throw new Refusal('badRequest', message, { target: '@odata.id', cause: error });
    }
  }

  /** Whether an entity with that key stands in a set or at an address already. */
  async exists(address: Address, key: string): Promise<boolean> {
    const isRoot = address.path === '';
    if (isRoot) {
      const found = await this.tx.find(address.set, 'id', key, 'nothing');
      const isMade = [...this.kept.values()].some(({ held }) => {
        const { set, path } = held.address;
        return held.isNew && set === address.set && path === '' && held.key === key;
      });
      return isMade || (found !== undefined && !this.removed.has(nameOf({ ...address, ...found })));
    }
    if (this.kept.has(nameOf(address))) return true;
    return !this.removed.has(nameOf(address)) && (await this.tx.read(address)) !== undefined;
  }

  /** Notes that an entity is removed; false where it is already. */
  remove(held: Held): boolean {
    const name = nameOf(held.address);
    this.kept.delete(name);
    if (this.removed.has(name)) return false;
    this.removed.add(name);
    return true;
  }

  isRemoved({ address }: Pick<Held, 'address'>): boolean {
    return this.removed.has(nameOf(address));
  }

  /** The next of the numbers that the server gives out in one collection. */
  nextNumber(collection: string, last: number): number {
    const next = Math.max(this.numbers.get(collection) ?? 0, last) + 1;
    this.numbers.set(collection, next);
    return next;
  }

  /** Writes what has changed. */
  write(): void {
    for (const kept of this.kept.values()) {
      const { held, changed } = kept;
      if (changed.size === 0) continue;
      const { address, members, version } = held;
      this.tx.write(address, members, { version, text: '' }, [...changed]);
      kept.held = { ...held, version: version + 1 };
      changed.clear();
    }
  }

  /** An entity as it stands at the end, and with it what came nested. */
  result(held: Held): Held {
    const now = this.kept.get(nameOf(held.address))?.held ?? held;
    const nested = [...held.nested].map(([name, members]) => {
      return [name, members.map((each) => this.result(each))] as const;
    });
    return { ...now, nested: new Map(nested) };
  }

  /**
   * Whoever may relate entities names them by their ids. Any other way to them says something of
   * what they are, and so is for those who may read it.
   */
  private reachOfReference(target: Target): Access {
    const { access, caller, model } = this.options;
    if (isById(target)) return { ...access, reach: 'everybody' };
    return checkAccess(caller, 'GET', target, model);
  }

  private async lookUp(reference: Reference, type: EntityType): Promise<Held> {
    const { tx, caller } = this.options;
    if (reference.kind === 'target') {
      const { target } = reference;
      const everybody = this.reachOfReference(target);
      const place = await locate({ target, caller, access: everybody, reader: tx, wanted: 'doc' });
      if (!place.found) throw notLinkable(reference.written);
      return this.root(place.address.set, place.found);
    }
    for (const set of type.sets) {
      const found = await tx.find(set, 'id', reference.key.toLowerCase(), 'doc');
      if (found) return this.root(set, found);
    }
    throw notFound(reference.key);
  }
}

function isById({ steps, resource }: Target): boolean {
  const [first, ...rest] = steps;
  if (resource.isCaller && steps.length === 0) return true;
  return rest.length === 0 && first?.kind === 'key' && isGuid(first.value) && !first.filtered;
}

function notLinkable(written: string): Refusal {
  const message = `'${written}' is contained in another entity; only entities of a set are linked.`;
  return new Refusal('badRequest', message, { target: '@odata.id' });
}

function nameOf({ set, owner, path, key }: Address): string {
  return path === '' ? `${set} ${owner}` : `${owner} ${path} ${key}`;
}
