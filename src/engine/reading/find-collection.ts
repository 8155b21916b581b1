import { type EntityType, isKindOf, type Model, type Resource } from '#model/model.ts';
import type { Caller } from '#plan/caller.ts';
import type { Expression } from '#plan/expression.ts';
import type { MaybePromise } from '#plan/maybe-promise.ts';
import type { Source } from '#plan/query.ts';
import type { Reader } from '#plan/store.ts';
import type { NavigationStep, Step, Target } from '#plan/target.ts';
import type { Access } from '../access/check-access.ts';
import { notFound, notServed, type Place, showKey } from '../place.ts';
import { followBindings } from '../queries/bound-resource.ts';
import { rulesOf } from '../rules.ts';
import type { TypeRules } from '../type-rules.ts';
import { locate } from './locate.ts';
import { sourceOf } from './sources.ts';

/** A collection in the store. */
export interface FoundCollection {
  readonly source: Source;
  /** Id of the root entity that contains it, or from which it leads; undefined for a set. */
  readonly ownerId: string | undefined;
  /** Where it stands, as context URLs write it. */
  readonly shown: string;
  /** What the path itself asks of members, by `/$filter(...)`. */
  readonly filters: readonly Expression[];
}

/** For whom a collection is looked up, and where. */
export interface CollectionLookup {
  readonly model: Model;
  readonly caller: Caller;
  readonly access: Access;
  readonly reader: Reader;
}

/**
 * A set, or what a navigation of one entity leads to. Refuses with 404 where its owner is not
 * there, and with 501 what has no behaviour.
 */
export function findCollection(
  target: Target,
  lookup: CollectionLookup,
): MaybePromise<FoundCollection> {
  const { resource, type, steps } = target;
  const at = steps.findLastIndex(({ kind }) => kind === 'navigation');
  if (at >= 0) return findRelated(target, at, lookup);
  if (resource.isForeign && resource.set === '*') return findAll(target, lookup.model);
  const isStored = resource.path === '' && !resource.isCaller && resource.set !== '*';
  if (!isStored || isConnections(resource)) throw notServed();
  const source: Source = { kind: 'set', set: resource.set, type };
  const shown = shownSet(target);
  return { source, ownerId: undefined, shown, filters: filtersOf(steps) };
}

/**
 * What the whole service holds (OData URL Conventions 4.01, sections 4.15 and 4.16): combinations,
 * or the entities of a type in all sets and singletons that may be read.
 */
function findAll({ type, steps, ending }: Target, model: Model): FoundCollection {
  const found = {
    ownerId: undefined,
    shown: `Collection(${type.name})`,
    filters: filtersOf(steps),
  };
  if (ending.kind === 'combinations') {
    const factors = [...type.navigation.values()].map((navigation) => {
      return { navigation, set: model.resources.get(navigation.name)!.set };
    });
    return { ...found, source: { kind: 'product', factors, type } };
  }
  const resources = [...model.resources.values()].filter(
    (each) =>
      each.path === '' &&
      each.set !== '*' &&
      each.capabilities.readable &&
      (isKindOf(each.type, type) || isKindOf(type, each.type)),
  );
  const single = resources.filter(({ collection }) => !collection);
  return {
    ...found,
    source: {
      kind: 'union',
      sets: resources.map(({ set }) => set),
      singletons: new Set(single.map(({ set }) => set)),
      type,
    },
  };
}

function filtersOf(steps: readonly Step[]): Expression[] {
  return steps.flatMap((step) => (step.kind === 'filter' ? [step.predicate] : []));
}

async function findRelated(
  target: Target,
  at: number,
  { model, ...by }: CollectionLookup,
): Promise<FoundCollection> {
  const { type, steps } = target;
  const { navigation } = steps[at] as NavigationStep;
  const owner = await locate({
    ...by,
    target: { ...target, steps: steps.slice(0, at), collection: false },
    wanted: 'nothing',
  });
  const from = ownerType(target, at);
  const { missing } = rulesOf(from.name);
  if (model.isForeign || (missing && owner.key !== undefined)) {
    await requirePart(by.reader, owner, missing);
  }
  const { inside = [] } = owner;
  const source = sourceOf(navigation, { ...owner.address, inside }, type);
  const path = pathTo(owner, steps[at - 1], from);
  // What is not contained belongs to a set of its own type (OData JSON 4.01, section 10.2).
  const shown = navigation.contains
    ? `${path}/${navigation.name}`
    : setName(model, target, steps.slice(0, at + 1));
  return {
    source,
    ownerId: owner.ownerId,
    shown: shownAs(target, shown),
    filters: filtersOf(steps),
  };
}

function isConnections({ set, isForeign }: Resource): boolean {
  return set === 'connections' && !isForeign;
}

/** Refuses with 404 what an entity contains that is not there itself. */
async function requirePart(
  reader: Reader,
  { address, key, ownerId }: Place,
  missing: TypeRules['missing'],
): Promise<void> {
  if (address.path === '' || (await reader.read(address))) return;
  throw missing?.() ?? notFound(key ?? ownerId);
}

/** The type of the entity from which the navigation at that step leads. */
function ownerType({ resource, steps }: Target, at: number): EntityType {
  const before = steps.slice(0, at).findLast((each) => each.kind === 'navigation');
  return before?.navigation.target ?? resource.type;
}

/** The path to the owner, with the key of a contained one, which its own context URL leaves out. */
function pathTo({ shown, key }: Place, last: Step | undefined, type: EntityType): string {
  const isComplete = key === undefined || last?.kind !== 'key' || shown.endsWith(')');
  return isComplete ? shown : `${shown}${showKey(type, key)}`;
}

function setName(model: Model, { resource, type }: Target, steps: readonly Step[]): string {
  const bound = followBindings(model, resource, steps);
  if (bound) return bound.resource.set;
  return model.isForeign ? `Collection(${type.name})` : 'directoryObjects';
}

/** The set, with the type to which it is cast; what is deleted shows as the set that it was in. */
function shownSet(target: Target): string {
  const { resource, type } = target;
  const [before, ...others] = resource.isApart ? type.sets : [];
  const isOfOne = before !== undefined && others.length === 0;
  return isOfOne ? before : shownAs(target, resource.shown);
}

/** A collection that is cast names the type behind the set. */
function shownAs({ steps, type }: Target, name: string): string {
  const last = steps.findLast(({ kind }) => kind !== 'filter');
  const isNamed = name.startsWith('Collection(');
  return last?.kind === 'cast' && !isNamed ? `${name}/${type.name}` : name;
}
