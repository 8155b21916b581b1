import { checkAccess, checkOperation } from '#engine/access/check-access.ts';
import { locate } from '#engine/reading/locate.ts';
import { sourceOf } from '#engine/reading/sources.ts';
import { Refusal } from '#errors.ts';
import type { EntityType, Model, Navigation } from '#model/model.ts';
import { bindPath } from '#odata/bind-path.ts';
import { parseResourcePath } from '#odata/language/parse-resource-path.ts';
import type { Target } from '#plan/target.ts';
import type { Asked } from '../requests/asked.ts';
import type { Watch, WatchedPart } from './watch.ts';

/** Sets whose changes are told. */
const sets: ReadonlySet<string> = new Set(['users', 'groups']);
/** What people and groups contain that is told, beside contacts. */
const parts: ReadonlySet<string> = new Set(['photo', 'profile']);
const SELECT = /^(?:\$|%24)?select=([\w,]+)$/i;

/**
 * What the resource of a subscription means: `users`, `users/{id}`, `me`, `groups`,
 * `groups/{id}/members`, contacts, the photo or profile of one, and, beyond Graph, those of all by
 * `users?$select=photo,profile`. Where data is sent, `$select` says which. Refuses with 400 what is
 * not told, and what reading it refuses.
 */
export async function bindWatch(resource: string, asked: Asked, hasData: boolean): Promise<Watch> {
  const { model, caller, parts: service } = asked;
  const [path = '', query] = resource.replace(/^\//, '').split('?', 2);
  const target = bindTarget(model, path);
  const { steps, type, resource: start } = target;
  const at = steps.findLastIndex(({ kind }) => kind === 'navigation');
  if (at < 0 && !sets.has(start.set)) throw unsupported(resource);
  if (hasData && query !== undefined) checkSelect(query, type, resource);
  const chosen = query === undefined || hasData ? undefined : partsIn(query, type, resource);
  if (chosen && at >= 0) throw unsupported(resource);
  const watched = { set: start.set, type: type.name, ...(chosen ? { parts: chosen } : {}) };
  const reader = service.store.reader(caller.tenant);
  if (target.collection && at < 0) {
    checkOperation(caller, `GET /${start.name}/delta`, model);
    return watched;
  }
  const access = checkAccess(caller, 'GET', target, model);
  const whole = at < 0 ? steps : steps.slice(0, at);
  const owner = await locate({
    target: { ...target, steps: whole, collection: false },
    ...{ caller, access, reader, wanted: 'nothing' },
  });
  const { set, owner: num } = owner.address;
  if (at < 0) return { ...watched, set, owner: num };
  const step = steps[at]!;
  if (step.kind !== 'navigation' || at !== steps.length - 1) throw unsupported(resource);
  if (!isTold(step.navigation)) throw unsupported(resource);
  const source = sourceOf(step.navigation, owner.address);
  if (source.kind === 'contained') {
    return { set, type: type.name, owner: num, path: source.path, keys: source.keys };
  }
  if (source.kind !== 'linked' || set !== 'groups') throw unsupported(resource);
  return { set, type: start.type.name, owner: num, relation: source.relation };
}

function bindTarget(model: Model, path: string): Target {
  try {
    const target = bindPath(model, parseResourcePath(`/${path}`));
    const isPlain = target.steps.every(({ kind }) => kind === 'key' || kind === 'navigation');
    if (target.ending.kind === 'entities' && isPlain) return target;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  throw unsupported(path);
}

/** Contacts, one photo or profile, and members. */
function isTold({ name, contains, collection }: Navigation): boolean {
  if (!contains) return name === 'members';
  return collection ? name === 'contacts' : parts.has(name);
}

function partsIn(query: string, type: EntityType, resource: string): WatchedPart[] {
  const names = SELECT.exec(query)?.[1]?.split(',') ?? [''];
  return names.map((name) => {
    const navigation = parts.has(name) ? type.navigation.get(name) : undefined;
    if (!navigation) throw unsupported(resource);
    return { path: navigation.storedAs, type: navigation.target.name };
  });
}

function checkSelect(query: string, type: EntityType, resource: string): void {
  const names = SELECT.exec(query)?.[1]?.split(',') ?? [''];
  if (names.some((name) => !type.properties.has(name))) throw unsupported(resource);
}

function unsupported(resource: string): Refusal {
  const message = `Changes of '${resource.slice(0, 200)}' are not told.`;
  return new Refusal('invalidRequest', message, { target: 'resource' });
}
