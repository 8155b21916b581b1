import type { EntityType, Model, Resource } from '#model/model.ts';
import { bindPath } from '#odata/bind-path.ts';
import { parseResourcePath } from '#odata/language/parse-resource-path.ts';
import type { Step, Target } from '#plan/target.ts';
import { SeedError } from './read-seed.ts';

/** Where an entity of a seed goes. */
export interface Destination {
  readonly type: EntityType;
  /** The resource from which the way begins, and the way to the collection or part. */
  readonly resource: Resource;
  readonly steps: readonly Step[];
  readonly set: string;
  /** Key of the root entity that contains it; undefined where it is a root entity itself. */
  readonly ownerId: string | undefined;
  readonly path: readonly string[];
  readonly keys: readonly string[];
  /** Whether it lies in a collection, by its own key. */
  readonly takesKey: boolean;
}

/**
 * `@set` and `@singleton` name a resource. `@parent` is the path to what contains the entity: the
 * collection or single part itself, or its owner, where `@set` names the part.
 */
export function findDestination(
  model: Model,
  line: Record<string, unknown>,
  where: string,
): Destination {
  const { '@set': setName, '@singleton': singleton, '@parent': parent } = line;
  if (typeof parent === 'string') {
    return followTarget(findParent(model, parent, setName), where);
  }
  const isSingleton = typeof singleton === 'string';
  const name = isSingleton ? singleton : setName;
  const resource = typeof name === 'string' ? model.resources.get(name) : undefined;
  const isStored = resource && resource.path === '' && resource.set === resource.name;
  if (!isStored || resource.collection === isSingleton) {
    const written = JSON.stringify(isSingleton ? singleton : setName);
    throw new SeedError(`${where} names no ${isSingleton ? 'singleton' : 'set'}: ${written}.`);
  }
  return rootDestination(resource, resource.type);
}

/** A set or singleton itself, for an entity of a type that it holds. */
export function rootDestination(resource: Resource, type: EntityType): Destination {
  return {
    type,
    resource,
    steps: [],
    set: resource.set,
    ownerId: undefined,
    path: [],
    keys: [],
    takesKey: resource.collection,
  };
}

function findParent(model: Model, parent: string, setName: unknown): Target {
  const bind = (path: string) => bindPath(model, parseResourcePath(path));
  const target = bind(parent);
  if (typeof setName !== 'string' || target.collection) return target;
  if (target.type.navigation.has(setName)) return bind(`${parent}/${setName}`);
  // `groups/team`: the parent's set, and the part in it.
  const slash = setName.indexOf('/');
  return slash < 0 ? target : bind(parent + setName.slice(slash));
}

function followTarget({ resource, steps, type, collection }: Target, where: string): Destination {
  const path: string[] = resource.path === '' ? [] : resource.path.split('/');
  const keys: string[] = [];
  let ownerId: string | undefined = resource.collection ? undefined : '';
  for (const step of steps) {
    if (step.kind === 'key' && ownerId === undefined) ownerId = step.value;
    else if (step.kind === 'key') keys.push(step.value);
    else if (step.kind === 'property') path.push(step.property.name);
    else if (step.kind === 'navigation' && step.navigation.contains) {
      path.push(step.navigation.storedAs);
    } else if (step.kind !== 'cast') {
      throw new SeedError(`${where} has a parent that does not contain it.`);
    }
  }
  if (ownerId === undefined || path.length === 0) {
    throw new SeedError(`${where} has a parent that contains nothing.`);
  }
  const takesKey = collection;
  return { type, resource, steps, set: resource.set, ownerId, path, keys, takesKey };
}
