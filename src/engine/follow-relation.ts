import type { Navigation } from '#model/model.ts';
import type { Caller } from '#plan/caller.ts';
import type { Document } from '#plan/document.ts';
import type { Reader } from '#plan/store.ts';
import { addressOf, notFound, notServed, type Position, quoteKey } from './place.ts';
import { setsOf } from './sources.ts';

/** A step from one root entity to another. */
export interface RelationStep {
  readonly reader: Reader;
  readonly caller: Caller;
  readonly position: Position;
  readonly navigation: Navigation;
  /** The key behind a collection-valued navigation. */
  readonly key: string | undefined;
}

/**
 * Steps along a relation to another root entity. Refuses with 404 where the two are not related,
 * as if the other were not there.
 */
export async function followRelation(step: RelationStep): Promise<Position> {
  if (step.position.set === 'connections') return otherMember(step);
  if (step.navigation.name === 'joinedGroups') return joinedGroup(step);
  return related(step);
}

/**
 * The other member of the caller's connection. An application sees every connection, and by it the
 * second member. Somebody else's connection is not there.
 */
async function otherMember({ reader, caller, position }: RelationStep): Promise<Position> {
  const record = await reader.read(addressOf(position));
  const { members = [] } = JSON.parse(record?.text ?? '{}') as { members?: string[] };
  const isOutsider = caller.user !== undefined && !members.includes(caller.user);
  const other = caller.user === undefined ? members[1] : members.find((id) => id !== caller.user);
  const found =
    other === undefined || isOutsider
      ? undefined
      : await reader.find('users', 'id', other, 'nothing');
  if (!found) throw notFound(position.found.id);
  const shown = `${position.shown}/profile`;
  return { set: 'users', found, path: ['decoratedProfile'], keys: [], shown };
}

/** A Microsoft 365 group of which the person is a direct member. */
async function joinedGroup({ reader, position, key }: RelationStep): Promise<Position> {
  if (key === undefined) throw notServed();
  const found = await reader.find('groups', 'id', key.toLowerCase(), 'doc');
  const group = found && (JSON.parse(found.text) as Document);
  const isUnified = Array.isArray(group?.groupTypes) && group.groupTypes.includes('Unified');
  const isMember =
    found && isUnified && (await reader.isLinked('members', found.owner, position.found.owner));
  if (!isMember) throw notFound(key);
  return { set: 'groups', found, path: [], keys: [], shown: `groups(${quoteKey(found.id)})` };
}

/** The one entity that a relation leads to, or the one of many that the key names. */
async function related({ reader, position, navigation, key }: RelationStep): Promise<Position> {
  const { relation, inverse, collection } = navigation;
  if (!relation || position.path.length > 0) throw notServed();
  const from = position.found.owner;
  for (const set of setsOf(navigation.target)) {
    const found = collection
      ? await reader.find(set, 'id', (key ?? '').toLowerCase(), 'doc')
      : (await reader.findMany(set, await reader.linked(relation, from, 1)))[0];
    if (!found) continue;
    const [source, target] = inverse ? [found.owner, from] : [from, found.owner];
    if (!(await reader.isLinked(relation, source, target))) continue;
    return { set, found, path: [], keys: [], shown: `${set}(${quoteKey(found.id)})` };
  }
  throw notFound(key ?? navigation.name);
}
