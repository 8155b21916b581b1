import { Refusal } from '#errors.ts';
import { isGuid } from '#ids.ts';
import type { Navigation, Resource } from '#model/model.ts';
import type { Caller } from '#plan/caller.ts';
import type { FoundEntity, Reader, Wanted } from '#plan/store.ts';
import type { Step, Target } from '#plan/target.ts';
import { type Access, checkSelf } from './check-access.ts';
import { followRelation } from './follow-relation.ts';
import { addressOf, notFound, notServed, type Place, type Position, quoteKey } from './place.ts';

/** A target, and for whom and with what it is looked up. */
export interface LocateOptions {
  readonly target: Target;
  readonly caller: Caller;
  readonly access: Access;
  readonly reader: Reader;
  /** What to read of the target if it is a root entity. */
  readonly wanted: Wanted;
}

/**
 * Walks a target through the store. Refuses with 404 where an entity on the way is not there, and
 * with 403 where the caller's permissions reach only their own.
 */
export async function locate(options: LocateOptions): Promise<Place> {
  const steps = [...options.target.steps];
  let position = await start(options, steps);
  while (steps.length > 0) position = await advance(options, position, steps);
  const { found, path, shown } = position;
  const last = options.target.steps.at(-1);
  return {
    address: addressOf(position),
    ownerId: found.id,
    shown,
    key: last?.kind === 'key' ? last.value : undefined,
    found: path.length === 0 ? found : undefined,
  };
}

/** The root entity with which the target begins: the caller, or one of a set. */
async function start(options: LocateOptions, steps: Step[]): Promise<Position> {
  const { target, caller, access, reader } = options;
  const { resource } = target;
  const { key, property } = resource.isCaller
    ? { key: requireUser(caller), property: undefined }
    : takeKey(steps);
  const wanted = steps.length === 0 ? options.wanted : 'nothing';
  const found = await findRoot(reader, resource, { key, property }, wanted);
  // Whoever may only see their own learns nothing about others, not even that they are missing.
  if (resource.set === 'users') checkSelf(caller, access, found?.id);
  if (!found) throw notFound(key);
  const path = resource.path === '' ? [] : resource.path.split('/');
  const shownSet = resource.isCaller ? resource.set : resource.name;
  const shown = `${shownSet}(${quoteKey(found.id)})`;
  return { set: resource.set, found, path, keys: [], shown };
}

/** By id, or by the alternate key of the stored type: a user by userPrincipalName. */
async function findRoot(
  reader: Reader,
  resource: Resource,
  { key, property }: TakenKey,
  wanted: Wanted,
): Promise<FoundEntity | undefined> {
  if (property !== undefined) return reader.find(resource.set, property, key, wanted);
  if (isGuid(key)) return reader.find(resource.set, 'id', key.toLowerCase(), wanted);
  const alternateKey = resource.set === 'users' ? 'userPrincipalName' : 'id';
  return reader.find(resource.set, alternateKey, key, wanted);
}

async function advance(
  options: LocateOptions,
  position: Position,
  steps: Step[],
): Promise<Position> {
  const step = steps.shift();
  if (step?.kind !== 'navigation') throw notServed();
  const { navigation } = step;
  const key = navigation.collection ? takeKey(steps).key : undefined;
  if (!navigation.contains || position.set === 'connections') {
    return followRelation({ ...options, position, navigation, key });
  }
  const isLast = steps.length === 0;
  return contained(options.reader, position, { navigation, key, isLast });
}

/** Steps into what the position contains; what lies on the way to a deeper part must be there. */
async function contained(
  reader: Reader,
  position: Position,
  into: { navigation: Navigation; key: string | undefined; isLast: boolean },
): Promise<Position> {
  const { navigation, key, isLast } = into;
  // A context URL names the collection of what it ends with, and the keys on the way to it.
  const keyText = key === undefined || isLast ? '' : `(${quoteKey(key)})`;
  // Sizes of one photo are derived from it: they have keys in URLs and none in the store.
  const isStored = navigation.storedAs === navigation.name;
  const next: Position = {
    ...position,
    path: join(position.path, navigation.storedAs),
    keys: key === undefined || !isStored ? position.keys : [...position.keys, key],
    shown: `${position.shown}/${navigation.name}${keyText}`,
  };
  if (navigation.storedAs.startsWith('..')) await requirePart(reader, position);
  if (!isLast && key !== undefined) await requirePart(reader, next);
  return next;
}

async function requirePart(reader: Reader, position: Position): Promise<void> {
  const record = await reader.read(addressOf(position));
  if (!record) throw notFound(position.keys.at(-1) ?? position.found.id);
}

function requireUser(caller: Caller): string {
  if (caller.user !== undefined) return caller.user;
  const message = '/me request is only valid with delegated authentication flow.';
  throw new Refusal('malformedRequest', message);
}

interface TakenKey {
  readonly key: string;
  /** The property of an alternate key. */
  readonly property: string | undefined;
}

function takeKey(steps: Step[]): TakenKey {
  const step = steps.shift();
  if (step?.kind !== 'key') throw notServed();
  return { key: step.value, property: step.property };
}

function join(path: readonly string[], storedAs: string): readonly string[] {
  const joined = [...path];
  for (const part of storedAs.split('/')) {
    if (part === '..') joined.pop();
    else joined.push(part);
  }
  return joined;
}
