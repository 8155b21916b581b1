import { boundSets, followBindings } from '#engine/queries/bound-resource.ts';
import { fillValues } from '#engine/reading/fill-values.ts';
import { findSecrets, withoutSecrets } from '#engine/writing/secrets.ts';
import { newId } from '#ids.ts';
import type { EntityType, Model, Navigation } from '#model/model.ts';
import { completeChange } from '#odata/decode-change.ts';
import type { Change, Reference, RelatedEntry } from '#plan/change.ts';
import type { Document, Value } from '#plan/document.ts';
import { formatKeyText, joinKeys, keyTextOf, splitKeyText } from '#plan/key-text.ts';
import { relationAt } from '#plan/place-relation.ts';
import { type Destination, rootDestination } from './find-destination.ts';
import { SeedError } from './read-seed.ts';
import type { SeedSecret } from './seed-application.ts';

/** One entity of a seed, checked against the model. */
export interface SeedEntity {
  readonly set: string;
  /** Key of the root entity: the entity's own, or of the one that contains it. */
  readonly ownerId: string;
  readonly path: string;
  readonly key: string;
  readonly members: Document;
  readonly type: EntityType;
  readonly links: readonly SeedLink[];
  readonly passwordHash?: string | undefined;
  /** Further secrets to be hashed and kept beside the entity. */
  readonly secrets?: readonly SeedSecret[] | undefined;
  /** What `@media` says, unread: by the name of a stream property, the entity's own behind `''`. */
  readonly streams?: ReadonlyMap<string, unknown> | undefined;
  /** The folder of files that the line names. */
  readonly folder?: string | undefined;
  readonly where: string;
}

/** A relation to a root entity. */
export interface SeedLink {
  readonly relation: string;
  /** Complex properties of the entity that lead to the navigation. */
  readonly inside?: readonly string[];
  readonly isInverse: boolean;
  /** The sets in which the other entity may be. */
  readonly sets: readonly string[];
  readonly id: string;
  /** Whether nothing is wrong where the other entity never comes. */
  readonly isOptional: boolean;
}

/**
 * The entity that a change makes at a destination, then the entities that are nested in it. Throws
 * a SeedError where a key is missing, or where what is nested or bound cannot be.
 */
export function unfoldEntity(
  model: Model,
  change: Change,
  destination: Destination,
  where: string,
): SeedEntity[] {
  return new Unfolding(model, destination, where).unfold(change, {});
}

/** What one entity brings along. */
class Unfolding {
  private readonly model: Model;
  private readonly destination: Destination;
  private readonly where: string;
  private readonly nested: SeedEntity[] = [];
  private readonly links: SeedLink[] = [];
  private keys: readonly string[] = [];
  private ownerId = '';

  constructor(model: Model, destination: Destination, where: string) {
    this.model = model;
    this.destination = destination;
    this.where = where;
  }

  /** `given` are values that the entity takes from the one that it is nested in. */
  unfold(change: Change, given: Document): SeedEntity[] {
    const { destination, where } = this;
    const type = change.type as EntityType;
    const members = completeChange(change, given);
    const own = destination.takesKey ? this.completeKey(type, members) : '';
    this.ownerId = destination.ownerId ?? own;
    const isPart = destination.path.length > 0;
    this.keys = isPart && destination.takesKey ? [...destination.keys, own] : destination.keys;
    const address = { path: destination.path.join('/'), key: joinKeys(this.keys) };
    for (const { navigation, entries } of change.related.values()) {
      for (const entry of entries) this.take(navigation, entry, members);
    }
    this.takeInside(change, []);
    this.followConstraints(type, members);
    const links = this.links.map((link) => {
      return { ...link, relation: relationAt(link.relation, address, link.inside) };
    });
    const { set } = destination;
    const { isForeign, types } = this.model;
    // The change itself is let go: a seed has many lines under way at once.
    const secrets = findSecrets(change);
    const whole = isForeign ? fillValues(types, type, members) : members;
    const entity = {
      ...{ set, ownerId: this.ownerId, ...address },
      ...{ members: withoutSecrets(whole, secrets), type, secrets, links, where },
    };
    return [entity, ...this.nested];
  }

  /** The text of the entity's key; a guid or a text that is missing is made. */
  private completeKey(type: EntityType, members: Document): string {
    const [part, ...others] = type.keyParts;
    const [name, ...inside] = part?.path ?? [];
    const property = name === undefined ? undefined : type.properties.get(name);
    const isFree = property && ['Edm.Guid', 'Edm.String'].includes(property.type.name);
    if (isFree && others.length === 0 && inside.length === 0) members[name!] ??= newId();
    const key = keyTextOf(type, members);
    if (key !== undefined) return key;
    throw new SeedError(`${this.where} lacks a key: ${type.key.join(', ')}.`);
  }

  private take(navigation: Navigation, entry: RelatedEntry, members: Document): void {
    if (entry.kind === 'removed') throw this.unfit(navigation, 'removes nothing in a seed');
    if (navigation.contains) this.takePart(navigation, entry);
    else if (entry.kind === 'reference') this.takeReference(navigation, entry.reference, members);
    else this.takeEntity(navigation, entry.change, members);
  }

  /** What complex values of the entity are bound to. */
  private takeInside({ members }: Change, within: readonly string[]): void {
    for (const [name, member] of members) {
      if (member.kind === 'merge') this.takeValue(member.change, [...within, name]);
      else if (member.inside) {
        for (const { index, change } of member.inside) {
          this.takeValue(change, [...within, name, String(index)]);
        }
      }
    }
  }

  private takeValue(change: Change, inside: readonly string[]): void {
    for (const { navigation, entries } of change.related.values()) {
      for (const entry of entries) {
        if (entry.kind !== 'reference') throw this.unfit(navigation, 'is bound here, not nested');
        const first = this.links.length;
        this.takeReference(navigation, entry.reference, {});
        for (const [at, link] of this.links.entries()) {
          if (at >= first) this.links[at] = { ...link, inside };
        }
      }
    }
    this.takeInside(change, inside);
  }

  private takePart(navigation: Navigation, entry: RelatedEntry): void {
    if (entry.kind !== 'entity') throw this.unfit(navigation, 'contains what it leads to');
    const { destination, keys, ownerId, where } = this;
    const inside: Destination = {
      type: navigation.target,
      resource: destination.resource,
      steps: [...destination.steps, { kind: 'navigation', navigation }],
      set: destination.set,
      ownerId,
      path: [...destination.path, navigation.storedAs],
      keys,
      takesKey: navigation.collection,
    };
    this.nested.push(...unfoldEntity(this.model, entry.change, inside, where));
  }

  private takeReference(navigation: Navigation, reference: Reference, members: Document): void {
    if (reference.kind === 'key') {
      this.link(navigation, { sets: reference.type.sets, id: reference.key });
      return;
    }
    const { resource, steps } = reference.target;
    const [key, ...rest] = steps.filter(({ kind }) => kind !== 'cast');
    const isRoot = rest.length === 0 && resource.path === '' && !resource.isCaller;
    if (!isRoot || (key && key.kind !== 'key')) {
      throw new SeedError(`${this.where}: '${reference.written}' is not an entity of a set.`);
    }
    const id = key?.value ?? '';
    this.link(navigation, { sets: [resource.set], id });
    if (key) setDependents(members, navigation, id);
  }

  /** A nested entity of another set is one of its own, and linked. */
  private takeEntity(navigation: Navigation, change: Change, members: Document): void {
    const { destination, model, where } = this;
    const steps = [...destination.steps, { kind: 'navigation', navigation } as const];
    const bound = followBindings(model, destination.resource, steps);
    if (bound?.path !== '') throw this.unfit(navigation, 'is bound to no one set');
    const { resource } = bound;
    const inside = rootDestination(resource, navigation.target);
    const given = partnerValues(navigation, members);
    const [entity, ...nested] = new Unfolding(model, inside, where).unfold(change, given);
    this.nested.push(entity!, ...nested);
    this.link(navigation, { sets: [resource.set], id: entity!.ownerId });
    for (const [here, there] of navigation.constraints) {
      members[here] ??= entity!.members[there] ?? null;
    }
  }

  private link(navigation: Navigation, to: Pick<SeedLink, 'sets' | 'id'>): void {
    const { relation, inverse: isInverse } = navigation;
    if (relation === undefined) throw this.unfit(navigation, 'keeps no links');
    this.links.push({ relation, isInverse, ...to, isOptional: false });
  }

  /** Relates the entity to those whose keys its dependent properties hold. */
  private followConstraints(type: EntityType, members: Document): void {
    const { destination, model } = this;
    for (const navigation of type.navigation.values()) {
      const { constraints, target, relation, inverse: isInverse } = navigation;
      if (constraints.size === 0 || relation === undefined) continue;
      if (this.links.some((link) => link.relation === relation)) continue;
      const here = new Map([...constraints].map(([own, there]) => [there, own]));
      const values = target.key.map((name) => members[here.get(name) ?? '']);
      const id = formatKeyText(values);
      if (here.size !== target.key.length || id === undefined) continue;
      const address = { set: destination.set, path: destination.path.join('/') };
      const sets = boundSets(model, address, navigation);
      this.links.push({ relation, isInverse, sets, id, isOptional: true });
    }
  }

  private unfit({ name }: Navigation, reason: string): SeedError {
    return new SeedError(`${this.where}: '${name}' ${reason}.`);
  }
}

/** What a nested entity takes from this one, on which it depends by the navigation back. */
function partnerValues({ relation, inverse, target }: Navigation, members: Document): Document {
  const values: Document = {};
  for (const partner of target.navigation.values()) {
    if (partner.relation !== relation || partner.inverse === inverse) continue;
    for (const [here, there] of partner.constraints) {
      const value = members[there];
      if (value !== undefined) values[here] = value;
    }
  }
  return values;
}

/** Gives dependent properties that are not set the key of what the navigation is bound to. */
function setDependents(members: Document, { constraints, target }: Navigation, id: string): void {
  const values = splitKeyText(target, id);
  for (const [here, there] of constraints) {
    const index = target.key.indexOf(there);
    if (index < 0 || members[here] !== undefined) continue;
    members[here] = keyValue(target, there, values[index] ?? '');
  }
}

const NUMBERS = ['Edm.Byte', 'Edm.SByte', 'Edm.Int16', 'Edm.Int32', 'Edm.Int64'];

/** A part of a key as a document holds it. */
function keyValue(type: EntityType, name: string, text: string): Value {
  const isNumber = NUMBERS.includes(type.properties.get(name)?.type.name ?? '');
  return isNumber && Number.isSafeInteger(Number(text)) ? Number(text) : text;
}
