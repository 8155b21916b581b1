import { Refusal } from '#errors.ts';
import { newId } from '#ids.ts';
import type { EntityType, Model } from '#model/model.ts';
import { bindPath } from '#odata/bind-path.ts';
import { completeChange, decodeLoaded } from '#odata/decode-change.ts';
import { parseResourcePath } from '#odata/language/parse-resource-path.ts';
import type { Change } from '#plan/change.ts';
import { type Document, TYPE } from '#plan/document.ts';
import type { Target } from '#plan/target.ts';
import { SeedError, type SeedLine } from './read-seed.ts';

/** One entity of a seed, checked against the model. */
export interface SeedEntity {
  readonly set: string;
  /** Id of the root entity: the entity's own, or of the one that contains it. */
  readonly ownerId: string;
  readonly path: string;
  readonly key: string;
  readonly members: Document;
  readonly change: Change;
  readonly links: readonly SeedLink[];
  readonly passwordHash: string | undefined;
  readonly where: string;
}

/** A relation that a line binds. */
export interface SeedLink {
  readonly relation: string;
  readonly isInverse: boolean;
  readonly set: string;
  readonly id: string;
}

interface Destination {
  readonly type: EntityType;
  readonly set: string;
  readonly ownerId: string | undefined;
  readonly path: string;
  readonly keys: readonly string[];
  readonly takesKey: boolean;
}

/** Checks one line that describes an entity. Throws a SeedError that names the line. */
export function decodeLine(model: Model, line: SeedLine): SeedEntity {
  try {
    return decode(model, line);
  } catch (error) {
    if (error instanceof Refusal) throw new SeedError(`${line.where}: ${error.message}`);
    throw error;
  }
}

function decode(model: Model, { value, where }: SeedLine): SeedEntity {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SeedError(`${where} is not a JSON object.`);
  }
  const line = value as Record<string, unknown>;
  const destination = findDestination(model, line, where);
  const { type, set, path, keys } = destination;
  const body: Record<string, unknown> = {};
  const links: SeedLink[] = [];
  for (const [name, each] of Object.entries(line)) {
    if (name.endsWith('@odata.bind'))
      links.push(...decodeLinks(model, type, { name, each, where }));
    else if (!name.startsWith('@') || name === TYPE) body[name] = each;
  }
  const change = decodeLoaded(model, type, body);
  const members = completeChange(change);
  members.id ??= newId();
  const id = String(members.id);
  const hash = line['@passwordHash'];
  return {
    set,
    ownerId: destination.ownerId ?? id,
    path,
    key: (destination.takesKey ? [...keys, id] : keys).join('/'),
    members,
    change,
    links,
    passwordHash: typeof hash === 'string' ? hash : undefined,
    where,
  };
}

/** `@set` names a root set; `@parent` the path of what contains the entity. */
function findDestination(model: Model, line: Record<string, unknown>, where: string): Destination {
  const { '@set': setName, '@parent': parent } = line;
  const [set, ...rest] = typeof setName === 'string' ? setName.split('/') : [];
  if (typeof parent === 'string') {
    const written = rest.length > 0 ? `${parent}/${rest.join('/')}` : parent;
    return followTarget(bindPath(model, parseResourcePath(written)), where);
  }
  const resource = set === undefined ? undefined : model.resources.get(set);
  if (!resource?.collection || resource.path !== '' || resource.set !== resource.name) {
    throw new SeedError(`${where} names no set: ${JSON.stringify(setName)}.`);
  }
  const { type } = resource;
  return { type, set: resource.set, ownerId: undefined, path: '', keys: [], takesKey: false };
}

function followTarget(target: Target, where: string): Destination {
  const [owner, ...steps] = target.steps;
  if (owner?.kind !== 'key') throw new SeedError(`${where} has a parent without a key.`);
  const path: string[] = target.resource.path === '' ? [] : target.resource.path.split('/');
  const keys: string[] = [];
  for (const step of steps) {
    if (step.kind === 'key') keys.push(step.value);
    else if (step.kind === 'navigation' && step.navigation.contains)
      path.push(step.navigation.storedAs);
    else throw new SeedError(`${where} has a parent that does not contain it.`);
  }
  return {
    type: target.type,
    set: target.resource.set,
    ownerId: owner.value,
    path: path.join('/'),
    keys,
    takesKey: target.collection,
  };
}

function decodeLinks(
  model: Model,
  type: EntityType,
  { name, each, where }: { name: string; each: unknown; where: string },
): SeedLink[] {
  const navigation = type.navigation.get(name.slice(0, -'@odata.bind'.length));
  if (!navigation?.relation) throw new SeedError(`${where}: '${name}' binds no relation.`);
  const { relation, inverse } = navigation;
  const targets: unknown[] = Array.isArray(each) ? each : [each];
  return targets.map((written) => {
    const target = bindPath(model, parseResourcePath(String(written)));
    const [key] = target.steps;
    if (key?.kind !== 'key' || target.steps.length > 1) {
      throw new SeedError(`${where}: '${written}' is not an entity of a set.`);
    }
    return { relation, isInverse: inverse, set: target.resource.set, id: key.value };
  });
}
