import type { EntityType, Navigation } from '#model/model.ts';
import type { Caller } from '#plan/caller.ts';
import type { Document } from '#plan/document.ts';
import type { FoundEntity, Reader } from '#plan/store.ts';
import type { KeyStep } from '#plan/target.ts';
import {
  addressOf,
  NothingThere,
  notFound,
  notServed,
  type Position,
  quoteKey,
  showKey,
} from '../place.ts';
import { findByKey, oneMember } from './find-by-key.ts';
import { relationOf, setsOf } from './sources.ts';

/** A step from one root entity to another. */
export interface RelationStep {
  readonly reader: Reader;
  readonly caller: Caller;
  /** Whether the names of sets and navigations mean nothing to Kith. */
  readonly isForeign: boolean;
  readonly position: Position;
  readonly navigation: Navigation;
  /** The key behind a collection-valued navigation. */
  readonly key: KeyStep | undefined;
}

/** What every position at a root entity has. */
const atRoot = { path: [], keys: [], keyed: [], inside: [] } as const;

/**
 * Steps along a relation to another root entity. Refuses with 404 where the two are not related,
 * as if the other were not there.
 */
export async function followRelation(step: RelationStep): Promise<Position> {
  if (step.isForeign) return related(step);
  if (step.navigation.name === 'joinedGroups') return joinedGroup(step);
  return related(step);
}

/** A Microsoft 365 group of which the person is a direct member. */
async function joinedGroup({ reader, position, key }: RelationStep): Promise<Position> {
  if (key === undefined) throw notServed();
  const found = await reader.find('groups', 'id', key.value.toLowerCase(), 'nothing');
  // What is not there is asked for too: the time must not tell which groups there are.
  const owner = found?.owner ?? 0;
  const isMember = await reader.isLinked('members', owner, position.found.owner);
  if (!found || !isMember) throw notFound(key.value);
  const address = { set: 'groups', owner, path: '', key: '' };
  const record = await reader.read(address);
  const { groupTypes } = JSON.parse(record?.text ?? '{}') as Document;
  if (!Array.isArray(groupTypes) || !groupTypes.includes('Unified')) throw notFound(key.value);
  const group = { ...found, ...record };
  return { ...atRoot, set: 'groups', found: group, shown: `groups(${quoteKey(found.id)})` };
}

/** The one entity that a relation leads to, or the one of many that the key names. */
async function related({ reader, position, navigation, key }: RelationStep): Promise<Position> {
  const { inverse, target } = navigation;
  const relation = relationOf(navigation, addressOf(position), position.inside);
  const from = position.found.owner;
  for (const set of setsOf(target)) {
    const found = key
      ? await findByKey(reader, { kind: 'set', set, type: target }, key, 'doc')
      : await onlyMember(reader, { relation, inverse, owner: from, set, type: target });
    if (!found) continue;
    const [source, end] = inverse ? [found.owner, from] : [from, found.owner];
    if (key && !(await reader.isLinked(relation, source, end))) continue;
    return { ...atRoot, set, found, shown: `${set}${showKey(target, found.id)}` };
  }
  throw key ? notFound(key.value) : new NothingThere(navigation.name);
}

/** What a single-valued navigation leads to in one set. */
async function onlyMember(
  reader: Reader,
  link: { relation: string; inverse: boolean; owner: number; set: string; type: EntityType },
): Promise<FoundEntity | undefined> {
  const { set, ...rest } = link;
  const page = await reader.query({ kind: 'linked', ...rest, sets: [set] }, oneMember, 'doc');
  const [member] = page.members;
  return member && { ...member, id: member.key };
}
