import { isGuid } from '#ids.ts';
import type { Resource } from '#model/model.ts';
import type { Caller } from '#plan/caller.ts';
import { foldText } from '#plan/compare.ts';
import type { Document } from '#plan/document.ts';
import { type MaybePromise, proceed } from '#plan/maybe-promise.ts';
import type { FoundEntity, Reader, Wanted } from '#plan/store.ts';
import type { KeyStep, Target } from '#plan/target.ts';
import { type Access, checkSelf } from '../access/check-access.ts';
import { needsUser } from '../access/grants.ts';
import { isExpired } from '../deletion-time.ts';
import { notFound, quoteKey, showKey } from '../place.ts';
import { findByKey } from './find-by-key.ts';

/** A target, and for whom and with what the entity is looked up with which it begins. */
export interface RootLookup {
  readonly target: Target;
  readonly caller: Caller;
  readonly access: Access;
  readonly reader: Reader;
  /** Milliseconds since 1970, where what was deleted too long before is not to be found. */
  readonly now?: number;
}

/**
 * The entity of a set that the first key of a target means, or the caller. Refuses as `locate`
 * does.
 */
export function findFirst(
  { target, caller, access, reader, now }: RootLookup,
  key: KeyStep | undefined,
  wanted: Wanted,
): MaybePromise<FoundEntity> {
  const { resource } = target;
  const isConnection = resource.set === 'connections' && !resource.isForeign;
  const isOwn = key !== undefined && access.reach === 'self' && resource.set === 'users';
  const lookup = isOwn
    ? findOwn({ caller, access, reader }, key, wanted)
    : key
      ? findRoot(reader, resource, key, isConnection ? 'doc' : wanted)
      : reader.find(resource.set, 'id', requireUser(caller), wanted);
  return proceed(lookup, (found) => {
    const isSeen = found && (!isConnection || isMember(caller, found));
    if (!isSeen || (resource.isApart && isExpired(found, now ?? 0))) {
      throw notFound(key?.value ?? resource.name);
    }
    return found;
  });
}

/** As `locate`, for a target that names a root entity by its key and nothing else; or undefined. */
export function locateRoot(
  lookup: RootLookup,
  wanted: Wanted,
): MaybePromise<FoundEntity> | undefined {
  const { resource, steps } = lookup.target;
  const [key] = steps;
  const isCaller = resource.isCaller && !key;
  const isKey = key?.kind === 'key' && !key.alternate && !key.filtered;
  const isNamed = resource.collection && steps.length === 1 && isKey;
  if (resource.path !== '' || resource.set === '*' || !(isCaller || isNamed)) return undefined;
  return findFirst(lookup, isNamed ? key : undefined, wanted);
}

/** Where a root entity stands, as context URLs write it. */
export function showRoot(
  { isCaller, path, set, shown, type }: Resource,
  { id }: Pick<FoundEntity, 'id'>,
): string {
  if (isCaller && path !== '') return shown;
  return isCaller ? `${set}(${quoteKey(id)})` : `${shown}${showKey(type, id)}`;
}

/** Whether a connection is the caller's; somebody else's is not there. An application sees all. */
function isMember({ user }: Caller, { text }: FoundEntity): boolean {
  const { members = [] } = JSON.parse(text) as { members?: string[] };
  return user === undefined || members.includes(user);
}

/**
 * The signed-in user, if that is whom the key means. Whoever may only reach their own learns
 * nothing about others, not even by the time it takes: nobody else is looked up.
 */
function findOwn(
  { caller, access, reader }: Pick<RootLookup, 'caller' | 'access' | 'reader'>,
  { value, property, alternate, filtered }: KeyStep,
  wanted: Wanted,
): MaybePromise<FoundEntity | undefined> {
  const id = requireUser(caller);
  const written = alternate?.map(({ name }) => name).join() ?? property ?? 'id';
  const isName = written === 'userPrincipalName' || (written === 'id' && !isGuid(value));
  if (!isName) {
    const isId = !filtered && written === 'id';
    checkSelf(caller, access, isId ? value.toLowerCase() : undefined);
    return reader.find('users', 'id', id, wanted);
  }
  const name = foldText(String(alternate?.[0]?.value ?? value));
  return proceed(reader.find('users', 'id', id, 'doc'), (found) => {
    const own = (JSON.parse(found?.text ?? '{}') as Document).userPrincipalName;
    const isSame = typeof own === 'string' && foldText(own) === name;
    checkSelf(caller, access, isSame ? id : undefined);
    return wanted === 'doc' ? found : reader.find('users', 'id', id, wanted);
  });
}

/** By key, or by an alternate key; in Kith's own model a user also by userPrincipalName alone. */
function findRoot(
  reader: Reader,
  { set, type, isForeign }: Resource,
  step: KeyStep,
  wanted: Wanted,
): MaybePromise<FoundEntity | undefined> {
  const { value, property, alternate } = step;
  if (property !== undefined && !alternate) return reader.find(set, property, value, wanted);
  const isName = set === 'users' && !isForeign && !isGuid(value) && !step.filtered;
  if (isName) return reader.find(set, 'userPrincipalName', value, wanted);
  return findByKey(reader, { kind: 'set', set, type }, step, wanted);
}

function requireUser(caller: Caller): string {
  if (caller.user !== undefined) return caller.user;
  throw needsUser();
}
