import { findCapabilities } from '#model/compile-capabilities.ts';
import type { Model, Navigation, Resource } from '#model/model.ts';
import type { Capabilities } from '#model/model-capabilities.ts';
import type { Step } from '#plan/target.ts';
import { followBindings } from './bound-resource.ts';

/**
 * What clients may do with what a way leads to. What the source of the last navigation says of it
 * (NavigationRestrictions) comes before what the set of its target says.
 */
export function capabilitiesAt(
  model: Model,
  resource: Resource,
  steps: readonly Step[],
): Capabilities {
  const last = steps.findLastIndex(({ kind }) => kind === 'navigation');
  if (last < 0) return resource.capabilities;
  const from = followBindings(model, resource, steps.slice(0, last));
  const { navigation } = steps[last] as Extract<Step, { kind: 'navigation' }>;
  if (from) {
    const path = from.path === '' ? navigation.name : `${from.path}/${navigation.name}`;
    const restricted = from.resource.capabilities.navigation.get(path);
    if (restricted) return restricted;
  }
  const bound = followBindings(model, resource, steps);
  if (!bound) return model.container.capabilities;
  if (bound.path === '') return bound.resource.capabilities;
  return findCapabilities(model, bound.resource, bound.path);
}

/** What clients may do with what a navigation leads to from entities that allow something. */
export function capabilitiesBehind(
  model: Model,
  from: Capabilities,
  path: string,
  { contains, target }: Navigation,
): Capabilities {
  const restricted = from.navigation.get(path);
  if (restricted) return restricted;
  const [set, ...others] = contains ? [] : target.sets;
  const only = set !== undefined && others.length === 0 ? model.resources.get(set) : undefined;
  return only?.capabilities ?? model.container.capabilities;
}
