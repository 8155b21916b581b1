import {
  type EntityType,
  isKindOf,
  localName,
  type Model,
  type Operation,
  type PropertyType,
  resolveAlias,
  type StructuredType,
} from '#model/model.ts';

/** A type, and whether there are many of it. */
export interface Cardinality {
  readonly type: PropertyType | EntityType;
  readonly collection: boolean;
}

const byLocalName = new WeakMap<Model, ReadonlyMap<string, readonly Operation[]>>();

/**
 * The operations of that name that are bound to such a value, those of the most derived type first
 * (OData URL Conventions 4.01, sections 4.5 and 4.6). Without a namespace the name means all of
 * them, whichever namespace they are in.
 */
export function findBoundOperations(
  model: Model,
  name: string,
  bound: Cardinality,
): readonly Operation[] {
  if (model.operations.size === 0) return [];
  const named = name.includes('.')
    ? (model.operations.get(resolveAlias(model, name)) ?? [])
    : (localNames(model).get(foldName(model, name)) ?? []);
  return named
    .filter((operation) => isBoundTo(operation, bound))
    .sort((one, other) => depthOf(other) - depthOf(one));
}

/** The parameters of an operation but the one that it is bound to. */
export function ownParameters({ bound, parameters }: Operation): Operation['parameters'] {
  return bound ? parameters.slice(1) : parameters;
}

/** In Graph's URLs names are written in any case. */
function foldName({ isForeign }: Model, name: string): string {
  return isForeign ? name : name.toLowerCase();
}

function localNames(model: Model): ReadonlyMap<string, readonly Operation[]> {
  const known = byLocalName.get(model);
  if (known) return known;
  const made = Map.groupBy([...model.operations.values()].flat(), ({ name }) => {
    return foldName(model, localName(name));
  });
  byLocalName.set(model, made);
  return made;
}

function isBoundTo({ bound, parameters }: Operation, { type, collection }: Cardinality): boolean {
  const [first] = parameters;
  if (!bound || !first || first.collection !== collection) return false;
  if (first.type === type) return true;
  return isStructured(type) && isStructured(first.type) && isKindOf(type, first.type);
}

function isStructured(type: PropertyType | EntityType): type is StructuredType & typeof type {
  return type.kind === 'entity' || type.kind === 'complex';
}

/** How many types the type that an operation is bound to inherits from. */
function depthOf({ parameters }: Operation): number {
  const type = parameters[0]!.type;
  let depth = 0;
  let each = isStructured(type) ? type.base : undefined;
  for (; each; each = each.base) depth++;
  return depth;
}
