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
    const name = typeof setName === 'string' ? setName : undefined;
    return followParent({ model, parent, name, where });
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

const ID = /(?<=\(')[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?='\))/g;

/** Where parents lead that have been followed, by their text without ids. */
const followed = new WeakMap<Model, Map<string, Destination>>();

/** Many parents differ by the ids in them alone: their way is looked for once. */
function followParent(
  from: Readonly<{ model: Model; parent: string; name: string | undefined; where: string }>,
): Destination {
  const { model, parent, name, where } = from;
  const ids: string[] = [];
  const shape = parent.replace(ID, (id) => {
    ids.push(id);
    return '';
  });
  const known = followed.get(model) ?? new Map<string, Destination>();
  followed.set(model, known);
  const like = known.get(`${shape} ${name ?? ''}`);
  if (like) return withIds(like, ids);
  const found = followTarget(findParent(model, parent, name), where);
  const keys = found.ownerId === undefined ? found.keys : [found.ownerId, ...found.keys];
  const isById = ids.length > 0 && keys.join() === ids.join();
  if (isById) known.set(`${shape} ${name ?? ''}`, found);
  return found;
}

/** The same way by other ids, which are all of its keys. */
function withIds(destination: Destination, ids: readonly string[]): Destination {
  const [ownerId, ...keys] = ids;
  let at = 0;
  const steps = destination.steps.map((step): Step => {
    return step.kind === 'key' ? { ...step, value: ids[at++]! } : step;
  });
  return { ...destination, steps, ownerId, keys };
}

function findParent(model: Model, parent: string, setName: string | undefined): Target {
  const bind = (path: string) => bindPath(model, parseResourcePath(path));
  const target = bind(parent);
  if (setName === undefined || target.collection) return target;
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
