import { operationOf } from '#engine/access/operation-name.ts';
import { followBindings } from '#engine/queries/bound-resource.ts';
import { findCapabilities } from '#model/compile-capabilities.ts';
import type { Model, Property } from '#model/model.ts';
import type { Capabilities } from '#model/model-capabilities.ts';
import { findPermissions } from '#model/permissions.ts';
import type { Ending, NavigationStep, PropertyEnding, Target } from '#plan/target.ts';

/** A method that requests to the service are answered for. */
export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** What a target is, as far as it decides which methods it has. */
export type TargetKind = 'collection' | 'entity' | Exclude<Ending['kind'], 'entities'>;

/** The kind of a target. */
export function kindOf({ ending, collection }: Target): TargetKind {
  if (ending.kind !== 'entities') return ending.kind;
  return collection ? 'collection' : 'entity';
}

/**
 * Which of the methods that its kind has the target itself allows: in Kith's own model those with
 * permissions, in others those that capabilities do not forbid and that make sense for it.
 */
export function allowedMethods(
  model: Model,
  target: Target,
  methods: readonly Method[],
): readonly Method[] {
  return methods.filter((method) => {
    if (!makesSense(method, target)) return false;
    // Only photos have bytes that a PATCH may replace, as Graph's clients do.
    if (method === 'PATCH' && target.ending.kind === 'media' && model.isForeign) return false;
    return model.isForeign
      ? isCapable(method, target, model)
      : findPermissions(operationOf(method, target)) !== undefined;
  });
}

/** What an `Allow` header says (RFC 9110, section 10.2.1). */
export function formatAllow(methods: readonly Method[]): string {
  const all = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  return [...all, 'OPTIONS'].join(', ');
}

function makesSense(method: Method, target: Target): boolean {
  if (method === 'GET') return true;
  const { ending, resource, steps } = target;
  // What is of no one set is changed in its own.
  if (resource.isForeign && resource.set === '*') return false;
  if (ending.kind === 'property') return isWritable(method, ending);
  if (ending.kind === 'media') return !ending.property || isOpen(ending.property);
  const isOneOfCollection = steps.findLast(({ kind }) => kind !== 'cast')?.kind === 'key';
  const last = lastNavigation(target);
  if (ending.kind === 'references') {
    if (!last || last.contains) return false;
    if (method === 'DELETE') return true;
    return method === 'POST' ? target.collection : !isOneOfCollection;
  }
  const isWhole = method === 'PATCH' || method === 'PUT';
  if (ending.kind === 'entities' && target.collection && isWhole) {
    return steps.length === 0 || steps.at(-1)?.kind === 'navigation';
  }
  const isSingleton = steps.every(({ kind }) => kind === 'cast') && !resource.collection;
  return !(method === 'DELETE' && isSingleton && !resource.nullable);
}

function isWritable(method: Method, ending: PropertyEnding): boolean {
  const { path, isRaw, isCount } = ending;
  const last = path.at(-1)!;
  if (isCount || !path.every(isOpen)) return false;
  if (method === 'POST') return last.collection;
  if (method === 'PATCH') return last.type.kind === 'complex' && !last.collection && !isRaw;
  return true;
}

function isOpen({ computed, immutable, permissions }: Property): boolean {
  return !computed && !immutable && permissions !== 'Read' && permissions !== 'None';
}

function isCapable(method: Method, target: Target, model: Model): boolean {
  const { ending, collection } = target;
  const capabilities = capabilitiesOf(model, target);
  if (method === 'GET') {
    const { readable, readableByKey } = capabilities;
    return target.steps.length > 0 && !collection ? readableByKey : readable;
  }
  if (ending.kind === 'references') {
    const name = lastNavigation(target)?.name ?? '';
    const owner = ownerCapabilities(model, target);
    return owner.updatable && !owner.nonUpdatable.has(name);
  }
  if (ending.kind === 'property' || (ending.kind === 'media' && ending.property)) {
    const names = ending.kind === 'property' ? ending.path : [ending.property!];
    const isFixed = capabilities.nonUpdatable.has(names.map(({ name }) => name).join('/'));
    return capabilities.updatable && !isFixed && !isKey(target, names[0]!);
  }
  if (method === 'POST') return capabilities.insertable;
  if (collection && ending.kind === 'entities') {
    if (method === 'PATCH') return capabilities.deltaUpdatable;
    if (method === 'PUT') return capabilities.replaceable;
  }
  return method === 'DELETE' ? capabilities.deletable : capabilities.updatable;
}

/** What clients may do with the entities at the end of a target. */
export function capabilitiesOf(model: Model, { resource, steps }: Target): Capabilities {
  const path = steps
    .flatMap((step) => (step.kind === 'navigation' ? [step.navigation.name] : []))
    .join('/');
  if (path === '') return resource.capabilities;
  const restricted = resource.capabilities.navigation.get(path);
  if (restricted) return restricted;
  const bound = followBindings(model, resource, steps);
  if (!bound) return model.container.capabilities;
  if (bound.path === '') return bound.resource.capabilities;
  return findCapabilities(model, bound.resource, bound.path);
}

function ownerCapabilities(model: Model, target: Target): Capabilities {
  const at = target.steps.findLastIndex(({ kind }) => kind === 'navigation');
  return capabilitiesOf(model, { ...target, steps: target.steps.slice(0, at) });
}

function lastNavigation({ steps }: Target) {
  const step = steps.findLast(({ kind }) => kind === 'navigation');
  return (step as NavigationStep | undefined)?.navigation;
}

function isKey({ type }: Target, { name }: Property): boolean {
  return type.keyParts.some(({ path }) => path[0] === name);
}
