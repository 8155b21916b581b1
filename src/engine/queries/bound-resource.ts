import type { Model, Navigation, Resource } from '#model/model.ts';
import type { Address } from '#plan/store.ts';
import type { Step } from '#plan/target.ts';

/** The set or singleton to which entities belong, and the way from it that they are reached by. */
export interface BoundResource {
  readonly resource: Resource;
  /** Navigations, complex properties and casts behind the resource; empty for its own entities. */
  readonly path: string;
}

/**
 * To which set the entities at the end of a way belong: what a containment leads to stays with its
 * owner, every other navigation leads to the set that it is bound to, by the path from the resource
 * with or without casts (OData CSDL 4.01, section 13.4.1). Undefined where nothing is bound and
 * more than one set may keep the target.
 */
export function followBindings(
  model: Pick<Model, 'resources'>,
  from: Resource,
  steps: readonly Step[],
): BoundResource | undefined {
  let resource = from;
  let path: { readonly name: string; readonly isCast: boolean }[] = [];
  for (const step of steps) {
    if (step.kind === 'cast') path.push({ name: step.type.name, isCast: true });
    else if (step.kind === 'property') path.push({ name: step.property.name, isCast: false });
    if (step.kind !== 'navigation') continue;
    const { navigation } = step;
    path.push({ name: navigation.name, isCast: false });
    if (navigation.contains) continue;
    const found = findBound(model, resource, path) ?? onlySet(model, navigation.target.sets);
    if (!found) return undefined;
    resource = found;
    path = [];
  }
  return { resource, path: path.map(({ name }) => name).join('/') };
}

/**
 * The sets in which a navigation's targets may be, from an entity at an address: the set that it is
 * bound to, else all that keep entities of its type.
 */
export function boundSets(
  model: Pick<Model, 'resources'>,
  { set, path }: Pick<Address, 'set' | 'path'>,
  { name, target }: Navigation,
): readonly string[] {
  const resource = model.resources.get(set);
  const steps = [...(path === '' ? [] : path.split('/')), name];
  const way = steps.map((each) => ({ name: each, isCast: false }));
  const bound = resource && findBound(model, resource, way);
  return bound ? [bound.set] : target.sets;
}

function findBound(
  model: Pick<Model, 'resources'>,
  { bindings }: Resource,
  path: readonly { readonly name: string; readonly isCast: boolean }[],
): Resource | undefined {
  const whole = path.map(({ name }) => name).join('/');
  const plain = path.flatMap(({ name, isCast }) => (isCast ? [] : name)).join('/');
  const target = bindings.get(whole) ?? bindings.get(plain) ?? findWithoutCasts(bindings, plain);
  return target === undefined ? undefined : model.resources.get(target);
}

function onlySet(model: Pick<Model, 'resources'>, sets: readonly string[]): Resource | undefined {
  return sets.length === 1 ? model.resources.get(sets[0]!) : undefined;
}

/**
 * A binding may name casts that the way does not: `Sky.Telescope/Guide` binds `Guide`. Where such
 * bindings lead to different sets, the type decides, which the way does not tell.
 */
function findWithoutCasts(
  bindings: ReadonlyMap<string, string>,
  plain: string,
): string | undefined {
  const targets = new Set<string>();
  for (const [path, target] of bindings) {
    const names = path.split('/').filter((name) => !name.includes('.'));
    if (names.length < path.split('/').length && names.join('/') === plain) targets.add(target);
  }
  return targets.size === 1 ? [...targets][0] : undefined;
}
