import type { EntityType, Model, StructuredType } from '#model/model.ts';

const known = new WeakMap<Model, Map<string, EntityType | undefined>>();

/**
 * The declared type of what the entities of a set hold at a containment path; undefined where the
 * model has nothing there. The way may lead through complex properties and through members that
 * derived types alone declare.
 */
export function findTypeAt(model: Model, set: string, path: string): EntityType | undefined {
  const types = known.get(model) ?? new Map<string, EntityType | undefined>();
  known.set(model, types);
  const name = `${set}/${path}`;
  if (!types.has(name)) types.set(name, findType(model, set, path));
  return types.get(name);
}

/** The same of a path that the model has. */
export function typeAt(model: Model, set: string, path: string): EntityType {
  const found = findTypeAt(model, set, path);
  if (found) return found;
  throw new Error(`The model keeps nothing at ${set}/${path}.`);
}

function findType(model: Model, set: string, path: string): EntityType | undefined {
  let type: StructuredType | undefined = model.resources.get(set)?.type;
  for (const step of path === '' ? [] : path.split('/')) type = type && member(model, type, step);
  return type?.kind === 'entity' ? (type as EntityType) : undefined;
}

function member(model: Model, type: StructuredType, step: string): StructuredType | undefined {
  for (const name of type.kinds) {
    const kind = model.types.get(name);
    if (kind === undefined || kind.kind === 'enum') continue;
    for (const { contains, storedAs, target } of kind.navigation.values()) {
      if (contains && storedAs === step) return target;
    }
    const inside = kind.properties.get(step)?.type;
    if (inside?.kind === 'complex') return inside;
  }
  return undefined;
}
