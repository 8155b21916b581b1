import { Refusal } from '#errors.ts';
import type { Model, Navigation, Resource, StructuredType } from '#model/model.ts';
import { type Document, writtenTypeOf } from '#plan/document.ts';
import { documentVersion } from '#plan/document-version.ts';
import { type MaybePromise, proceed } from '#plan/maybe-promise.ts';
import type { FoundEntity, Reader, Wanted } from '#plan/store.ts';
import type { KeyStep, Step } from '#plan/target.ts';
import { type Derived, deriveOne, wayBehind } from '../derived/derive.ts';
import {
  addressOf,
  NothingThere,
  notFound,
  notServed,
  type Place,
  type Position,
  showKey,
  wayTo,
} from '../place.ts';
import { findByKey } from './find-by-key.ts';
import { followRelation } from './follow-relation.ts';
import { findFirst, type RootLookup, showRoot } from './locate-root.ts';
import { sourceOf } from './sources.ts';

/** A target, and for whom and with what it is looked up. */
export interface LocateOptions extends RootLookup {
  /** What to read of the target if it is a root entity. */
  readonly wanted: Wanted;
  /** Where what the server works out is looked for, too. */
  readonly model?: Model;
}

/**
 * Walks a target through the store. Refuses with 404 where an entity on the way is not there, or
 * not of the type that it is cast to, and with 403 where the caller's permissions reach only their
 * own.
 */
export function locate(options: LocateOptions): MaybePromise<Place> {
  return proceed(walk(options), (position) =>
    position.path.length > 0
      ? placeAt(options, position, undefined)
      : proceed(complete(options, position), (found) => placeAt(options, position, found)),
  );
}

function placeAt(
  { target }: LocateOptions,
  position: Position,
  found: FoundEntity | undefined,
): Place {
  const last = target.steps.findLast(({ kind }) => kind !== 'cast');
  return {
    address: addressOf(position),
    inside: position.inside,
    ownerId: position.found.id,
    shown: position.shown,
    way: position.way,
    key: last?.kind === 'key' ? last.value : undefined,
    found,
  };
}

function walk(options: LocateOptions): MaybePromise<Position> {
  const steps = [...options.target.steps];
  const refuse = (error: unknown): never => {
    // Nothing at the end is null; nothing on the way leads nowhere.
    const isOnTheWay = error instanceof NothingThere && steps.some(({ kind }) => kind !== 'cast');
    throw isOnTheWay ? new Refusal('notFound', error.message) : error;
  };
  try {
    const walked = proceed(start(options, steps), (position) => goOn(options, position, steps));
    return walked instanceof Promise ? walked.catch(refuse) : walked;
  } catch (error) {
    return refuse(error);
  }
}

function goOn(options: LocateOptions, position: Position, steps: Step[]): MaybePromise<Position> {
  if (steps.length === 0) return position;
  return proceed(advance(options, position, steps), (next) => goOn(options, next, steps));
}

/** The root entity at which the way ends, with the text that is wanted of it. */
function complete({ reader, wanted }: LocateOptions, at: Position): MaybePromise<FoundEntity> {
  if (at.found.text !== '' || wanted === 'nothing') return at.found;
  return proceed(reader.read(addressOf(at)), (record) => {
    if (!record) throw notFound(at.found.id);
    return { ...at.found, ...record };
  });
}

/** Kith's own singletons are there unwritten; what they contain is kept below no number. */
const unwritten: FoundEntity = Object.freeze({ owner: 0, id: '', version: 0, text: '{}' });

/** The root entity with which the target begins: the caller, a singleton, or one of a set. */
function start(options: LocateOptions, steps: Step[]): MaybePromise<Position> {
  const { target, reader } = options;
  const { resource } = target;
  const path = splitPath(resource.path);
  const at = { set: resource.set, path, keyed: path.map(() => false), keys: [], inside: [] };
  if (resource.collection) skipNarrowing(steps);
  const key = resource.collection ? takeKey(steps) : undefined;
  const isEnd = steps.every(({ kind }) => kind === 'cast');
  const wanted = resource.isApart ? 'doc' : isEnd ? options.wanted : 'place';
  if (!resource.collection && !resource.isCaller) {
    return proceed(reader.find(resource.set, 'id', '', wanted), (found) => {
      if (!found && resource.isForeign) throw new NothingThere(resource.name);
      return { ...at, found: found ?? unwritten, shown: resource.shown };
    });
  }
  if (key && resource.isDerived) {
    return lookUpDerived(options, { resource }, key).then(({ shown, ...found }) => {
      return { ...found, shown: `${resource.shown}${shown}` };
    });
  }
  if (key && resource.set === '*') return anywhere(reader, resource, key, wanted);
  return proceed(findFirst(options, key, wanted), (found) => {
    return { ...at, found, shown: showRoot(resource, found) };
  });
}

/** The entity with that key, in whichever set keeps entities of the type. */
async function anywhere(
  reader: Reader,
  { type, shown }: Resource,
  key: KeyStep,
  wanted: Wanted,
): Promise<Position> {
  for (const set of type.sets) {
    const found = await findByKey(reader, { kind: 'set', set, type }, key, wanted);
    if (!found) continue;
    const at = { set, path: [], keyed: [], keys: [], inside: [] };
    return { ...at, found, shown: `${shown}${showKey(type, found.id)}` };
  }
  throw notFound(key.value);
}

/** Where an entity is that is worked out, or kept elsewhere; `shown` is its key alone. */
async function lookUpDerived(
  { caller, reader, model, now = 0 }: LocateOptions,
  of: Derived['of'],
  key: KeyStep | undefined,
): Promise<Position> {
  const { type, collection } = targetOf(of);
  if (!model || (collection && !key)) throw notServed();
  const { id, held } = await deriveOne({ model, caller, reader, of, now }, key?.value);
  const at = { keys: [], inside: [], shown: key ? showKey(type, id) : '' };
  if ('document' in held) {
    const { document } = held;
    const version = documentVersion(document);
    const found = { owner: 0, id, version, text: JSON.stringify(document) };
    return { ...at, set: '', found, path: [], keyed: [], way: wayBehind(of) };
  }
  const { set, owner, path } = held.kept;
  const steps = splitPath(path);
  const found = { owner, id, version: 0, text: '' };
  return { ...at, set, found, path: steps, keyed: steps.map(() => false) };
}

function targetOf(of: Derived['of']) {
  if ('resource' in of) return { type: of.resource.type, collection: true };
  return { type: of.navigation.target, collection: of.navigation.collection };
}

function advance(
  options: LocateOptions,
  position: Position,
  steps: Step[],
): MaybePromise<Position> {
  const step = steps.shift();
  if (step?.kind === 'cast') return checkKind(options.reader, position, step.type);
  if (step?.kind === 'property') {
    const { name } = step.property;
    const shown = `${position.shown}/${name}`;
    return { ...position, inside: [...position.inside, name], shown };
  }
  if (step?.kind !== 'navigation') throw notServed();
  const { navigation } = step;
  if (navigation.collection) skipNarrowing(steps);
  // One size of a photo stands behind the photo, too.
  const isKeyed = navigation.collection || steps[0]?.kind === 'key';
  const key = isKeyed ? takeKey(steps) : undefined;
  if (navigation.derived) {
    const isEnd = steps.length === 0;
    return lookUpDerived(options, behind(position, navigation), key).then(({ shown, ...found }) => {
      const collection = `${position.shown}/${navigation.name}`;
      return { ...found, shown: isEnd ? collection : `${collection}${shown}` };
    });
  }
  if (!navigation.contains) {
    const { isForeign } = options.target.resource;
    return followRelation({ ...options, isForeign, position, navigation, key });
  }
  const isLast = steps.length === 0;
  return contained(options.reader, position, { navigation, key, isLast });
}

/** What is worked out behind a navigation of the entity at a position. */
function behind(position: Position, navigation: Navigation): Derived['of'] {
  const { found } = position;
  const way = wayTo({ way: position.way, address: addressOf(position) });
  const isKept = position.way === undefined;
  const members = isKept ? {} : { members: JSON.parse(found.text) as Document };
  return { navigation, way, owner: { owner: found.owner, id: found.id, ...members } };
}

/** Steps into what the position contains; what lies on the way to a deeper part must be there. */
function contained(
  reader: Reader,
  position: Position,
  into: { navigation: Navigation; key: KeyStep | undefined; isLast: boolean },
): MaybePromise<Position> {
  const { navigation, isLast } = into;
  const step = into.key;
  const known = step && keyOf(reader, position, navigation, step);
  return proceed(known, (key) => {
    // A context URL names the collection of what it ends with, and the keys on the way to it.
    const keyText = key === undefined || isLast ? '' : showKey(navigation.target, key);
    // Sizes of one photo are derived from it: they have keys in URLs and none in the store.
    const isStored = navigation.collection && navigation.storedAs === navigation.name;
    const isKeyed = key !== undefined && isStored;
    const next: Position = {
      ...climb(position, navigation.storedAs, isKeyed ? key : undefined),
      shown: `${position.shown}/${navigation.name}${keyText}`,
    };
    const onTheWay = [
      ...(navigation.storedAs.startsWith('..') ? [position] : []),
      ...(!isLast && key !== undefined ? [next] : []),
    ];
    if (onTheWay.length === 0) return next;
    return Promise.all(onTheWay.map((each) => requirePart(reader, each))).then(() => next);
  });
}

/** The key by which a contained entity is kept, where the URL names it by another. */
function keyOf(
  reader: Reader,
  position: Position,
  navigation: Navigation,
  step: KeyStep,
): MaybePromise<string> {
  if (step.property === undefined && !step.alternate && !step.filtered) return step.value;
  const source = sourceOf(navigation, addressOf(position));
  return proceed(findByKey(reader, source, step, 'nothing'), (found) => {
    if (!found) throw notFound(step.value);
    return found.id;
  });
}

/** Refuses with 404 where the entity is not of the type that the path casts it to. */
async function checkKind(
  reader: Reader,
  position: Position,
  type: StructuredType,
): Promise<Position> {
  if (type.kind === 'complex') throw notServed();
  const record = await reader.read(addressOf(position));
  const members = JSON.parse(record?.text ?? '{}') as Document;
  if (!type.kinds.has(writtenTypeOf(members))) throw notFound(type.name);
  return { ...position, shown: `${position.shown}/${type.name}` };
}

async function requirePart(reader: Reader, position: Position): Promise<void> {
  const record = await reader.read(addressOf(position));
  if (!record) throw notFound(position.keys.at(-1) ?? position.found.id);
}

/** A cast of a collection before a key says what the entity behind the key must be. */
function skipNarrowing(steps: Step[]): void {
  const [cast, key] = steps;
  if (cast?.kind !== 'cast' || key?.kind !== 'key') return;
  steps.splice(0, 2, key, cast);
}

function takeKey(steps: Step[]): KeyStep {
  const step = steps.shift();
  if (step?.kind !== 'key') throw notServed();
  return step;
}

function splitPath(path: string): readonly string[] {
  return path === '' ? [] : path.split('/');
}

/** The position below this one that `storedAs` names, or above it behind `..`. */
function climb(position: Position, storedAs: string, key: string | undefined): Position {
  const path = [...position.path, ...position.inside];
  const keyed = [...position.keyed, ...position.inside.map(() => false)];
  const keys = [...position.keys];
  for (const part of storedAs.split('/')) {
    if (part !== '..') {
      path.push(part);
      keyed.push(key !== undefined);
      if (key !== undefined) keys.push(key);
    } else {
      path.pop();
      if (keyed.pop()) keys.pop();
    }
  }
  return { ...position, path, keyed, keys, inside: [] };
}
