import { Refusal } from '#errors.ts';
import type { EntityType, Model, Navigation } from '#model/model.ts';
import type { Document } from '#plan/document.ts';
import type { KeptSource } from '#plan/query.ts';
import type { Address } from '#plan/store.ts';
import { boundSets, followBindings } from '../queries/bound-resource.ts';
import { sourceOf } from '../reading/sources.ts';
import type { Held } from './draft.ts';
import { partnerOf } from './relate.ts';

/** Where an entity is made. */
export interface Destination {
  readonly source: KeptSource;
  /** Where that stands: `users`, `users('id')/contacts`. */
  readonly path: string;
  /** Id of the root entity below which it is; undefined in a set. */
  readonly ownerId: string | undefined;
  /** The entity that contains it; undefined in a set. */
  readonly owner?: Held;
  /** Whether it holds one entity alone. */
  readonly isSingle: boolean;
  /** The name under which permissions for the new entity are declared. */
  readonly template: string;
}

/** A set as a destination. */
export function inSet(model: Model, name: string): Destination & { readonly isSingle: false } {
  const { set, type } = model.resources.get(name)!;
  const source = { kind: 'set', set, type } as const;
  return { source, path: name, ownerId: undefined, isSingle: false, template: `/${name}/{id}` };
}

/** What an entity contains behind a navigation, as a destination. */
export function insideOf(owner: Held, navigation: Navigation, template: string): Destination {
  const { inside = [] } = owner;
  const source = sourceOf(navigation, { ...owner.address, inside });
  if (source.kind !== 'contained') throw new Error(`${navigation.name} contains nothing.`);
  return {
    source,
    path: [owner.path, ...inside, navigation.name].join('/'),
    ownerId: owner.ownerId,
    owner,
    isSingle: !navigation.collection,
    template: `${template}/${navigation.name}${navigation.collection ? '/{id}' : ''}`,
  };
}

/** What a new entity takes over from the one that it is related to, as its principal. */
export function dependentMembers(navigation: Navigation, from: Held | undefined): Document {
  const members: Document = {};
  if (!from) return members;
  for (const [here, there] of partnerOf(navigation)?.constraints ?? []) {
    members[here] = from.members[there] ?? null;
  }
  return members;
}

/** From where a navigation leads: the entity, and the complex properties inside it. */
export interface RelatedFrom extends Pick<Address, 'set' | 'path'> {
  readonly inside?: readonly string[] | undefined;
}

/**
 * The set in which entities of a type are made that a navigation leads to: the one that it is bound
 * to, or the only one that keeps such entities. Refuses where several do.
 */
export function setFor(
  { resources }: Model,
  type: EntityType,
  navigation: Navigation,
  from: RelatedFrom,
): string {
  const { inside = [] } = from;
  const resource = from.path === '' ? resources.get(from.set) : undefined;
  const steps = [{ kind: 'navigation', navigation }] as const;
  const bound = resource && followBindings({ resources }, resource, steps)?.resource;
  const properties = inside.filter((name) => !/^\d/.test(name));
  const path = [from.path, ...properties].filter((name) => name !== '').join('/');
  const sets =
    inside.length > 0
      ? boundSets({ resources }, { set: from.set, path }, navigation)
      : bound
        ? [bound.set]
        : navigation.target.sets;
  const fitting = sets.filter((each) => {
    const kept = resources.get(each);
    return kept?.collection && kept.type.kinds.has(type.name);
  });
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return only;
  const message = `What '${navigation.name}' leads to is made in its own set; bind it here.`;
  throw new Refusal('badRequest', message, { target: navigation.name });
}
