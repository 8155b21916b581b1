import { Refusal } from '#errors.ts';
import type { EntityType, Navigation } from '#model/model.ts';
import type { Step, Target } from '#plan/target.ts';
import { notFound, type Place } from '../place.ts';
import { locate } from '../reading/locate.ts';
import { rulesOf } from '../rules.ts';
import { type Destination, inSet, insideOf } from './destination.ts';
import type { Draft, Held } from './draft.ts';

/** The entity at the end of a target, held; undefined where nobody has written it. */
export async function holdTarget(draft: Draft, target: Target): Promise<Held | undefined> {
  const { tx, caller, access, now } = draft.options;
  const place = await locate({ target, caller, access, reader: tx, wanted: 'doc', now });
  return holdPlace(draft, place, target);
}

/**
 * As `holdTarget`, and where the target is one that may be made, undefined if it is missing. What
 * is there and not of the type that the target is cast to is refused with 404.
 */
export async function holdOrMiss(draft: Draft, target: Target): Promise<Held | undefined> {
  try {
    return await holdTarget(draft, target);
  } catch (error) {
    const isMissing = error instanceof Refusal && error.refusal === 'notFound';
    const steps = target.steps.filter(({ kind }) => kind !== 'cast');
    const isRoot = steps.length === 1 && steps[0]!.kind === 'key';
    const isMade = isRoot || isAbsentSingleton(target, steps);
    const isElse = steps.length < target.steps.length && (await holdUncast(draft, target));
    if (isMissing && isMade && !isElse && target.resource.path === '') return undefined;
    throw error;
  }
}

async function holdUncast(draft: Draft, target: Target): Promise<Held | undefined> {
  const steps = target.steps.filter(({ kind }) => kind !== 'cast');
  try {
    return await holdTarget(draft, { ...target, steps });
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** A nullable singleton may be made where it is. */
function isAbsentSingleton({ resource, ending }: Target, steps: readonly Step[]): boolean {
  const { collection, nullable, isCaller } = resource;
  return steps.length === 0 && ending.kind === 'entities' && !collection && nullable && !isCaller;
}

async function holdPlace(draft: Draft, place: Place, target: Target): Promise<Held | undefined> {
  const { address, found, ownerId, shown } = place;
  if (found) return draft.root(address.set, found);
  const record = await draft.tx.read(address);
  const isSingle = place.key === undefined;
  const type = typeBehind(target, target.steps);
  return record && draft.part(address, record, { type, ownerId, path: shown, isSingle });
}

/** The entity that the target without its last steps leads to; refuses what is not there. */
export async function holdOwner(draft: Draft, target: Target, steps: number): Promise<Held> {
  const before = target.steps.slice(0, steps);
  const type = typeBehind(target, before);
  const owner: Target = { ...target, steps: before, type, collection: false };
  const held = await holdTarget(draft, owner);
  const inside = propertiesBehind(before);
  if (held) return inside.length === 0 ? held : { ...held, inside };
  const { tx, caller, access } = draft.options;
  const place = await locate({ target: owner, caller, access, reader: tx, wanted: 'nothing' });
  // What every owner has is there before anybody writes it.
  if (!rulesOf(type.name).initial) throw notFound(place.key ?? place.ownerId);
  const { address, ownerId, shown } = place;
  const rest = { key: '', path: shown, shown, version: 0, isNew: false, nested: new Map() };
  return { address, type, ownerId, members: {}, ...rest };
}

/** The complex properties at the end of a way, which lead on to a navigation. */
function propertiesBehind(steps: readonly Step[]): readonly string[] {
  const last = steps.findLastIndex(({ kind }) => kind === 'navigation' || kind === 'key');
  return steps.slice(last + 1).flatMap((step) => {
    return step.kind === 'property' ? [step.property.name] : [];
  });
}

/** Where a collection is, as a place to make entities in, and what they are related to there. */
export interface Opening {
  readonly destination: Destination;
  /** The entity and the navigation by which the new one is related; undefined in a set. */
  readonly link: { readonly owner: Held; readonly navigation: Navigation } | undefined;
}

/** The last navigation of a target: its place among the steps. */
export function lastNavigation({ steps }: Target): number {
  return steps.findLastIndex(({ kind }) => kind === 'navigation');
}

/**
 * Where a missing entity is made that is addressed by its key, or by the single-valued navigation
 * that contains it; undefined where it is not made so, as where the server makes the keys (OData
 * Protocol 4.01, section 11.4.4).
 */
export async function openMissing(draft: Draft, target: Target): Promise<Destination | undefined> {
  const steps = target.steps.filter(({ kind }) => kind !== 'cast');
  const last = steps.at(-1);
  if (steps.some(({ kind }) => kind === 'property' || kind === 'filter')) return undefined;
  const { path, name } = target.resource;
  if (last?.kind === 'key' && isGenerated(target.type)) return undefined;
  if (steps.length === 1 && last?.kind === 'key' && path === '' && !last.alternate) {
    return inSet(draft.options.model, name);
  }
  if (path === '' && isAbsentSingleton(target, steps)) {
    return { ...inSet(draft.options.model, name), isSingle: true, template: `/${name}` };
  }
  const at = lastNavigation(target);
  const step = target.steps[at];
  if (step?.kind !== 'navigation' || !step.navigation.contains) return undefined;
  const owner = await holdOwner(draft, target, at);
  return insideOf(owner, step.navigation, '');
}

/** Whether the server makes the keys of such entities. */
export function isGenerated({ key, properties }: EntityType): boolean {
  return key.some((name) => properties.get(name)?.computed);
}

/** The declared type at the end of some steps of a target, before it is cast. */
function typeBehind({ resource }: Target, steps: readonly Step[]): EntityType {
  const step = steps.findLast((each) => each.kind === 'navigation');
  return step?.navigation.target ?? resource.type;
}

/** The refusal of a target at whose end nothing is, naming its last key. */
export function notHeld({ steps, resource }: Target): Refusal {
  return notFound(steps.findLast((each) => each.kind === 'key')?.value ?? resource.name);
}
