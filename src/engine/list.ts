import type { ListAnswer, ShownEntity } from '#plan/answer.ts';
import type { Caller } from '#plan/caller.ts';
import type { Expression } from '#plan/expression.ts';
import type { CollectionQuery, FoundMember, Source } from '#plan/query.ts';
import type { ListPlan } from '#plan/request.ts';
import type { Reader } from '#plan/store.ts';
import type { Step, Target } from '#plan/target.ts';
import { type Access, checkAccess } from './check-access.ts';
import { showMember, type Viewer } from './expand.ts';
import { locate } from './locate.ts';
import { notServed } from './place.ts';
import type { ReadParts } from './read.ts';
import { selectedNames, wholeText } from './show.ts';
import { sourceOf } from './sources.ts';

interface Collection {
  readonly source: Source;
  /** Where it stands, as context URLs write it. */
  readonly shown: string;
}

/**
 * Reads one page of a collection as the caller sees it. Refuses with 403 what the caller may not
 * read, with 404 where its owner is not there, and with 501 what has no behaviour.
 */
export async function listEntities(
  plan: ListPlan,
  caller: Caller,
  parts: ReadParts,
): Promise<ListAnswer> {
  const { model, target, selection, query, languages } = plan;
  const access = checkAccess(caller, 'GET', target);
  const reader = parts.store.reader(caller.tenant);
  const { source, shown } = await findCollection(target, { caller, access, reader });
  const shape = { model, type: target.type, selection };
  const whole = source.kind === 'set' ? wholeText(shape) : undefined;
  const page = await reader.query(source, narrow(target, query), whole ?? 'doc');
  const viewer: Viewer = { caller, reader, languages, now: parts.clock.now() };
  const show = (member: FoundMember): ShownEntity | Promise<ShownEntity> =>
    showMember(shape, { member, source, isWhole: whole !== undefined }, viewer);
  const members = await Promise.all(page.members.map(show));
  return {
    context: `${shown}${selectedNames(selection)}`,
    members,
    count: page.count,
    next: page.next,
  };
}

/** A set, or what a navigation of one entity leads to. */
async function findCollection(
  target: Target,
  by: { caller: Caller; access: Access; reader: Reader },
): Promise<Collection> {
  const { resource, type } = target;
  const steps = target.steps.filter((step) => step.kind !== 'cast');
  const last = steps.at(-1);
  if (!last) {
    if (resource.path !== '' || resource.isCaller || resource.set === 'connections') {
      throw notServed();
    }
    return {
      source: { kind: 'set', set: resource.set, type },
      shown: shownSet(target, resource.name),
    };
  }
  if (last.kind !== 'navigation') throw notServed();
  const { navigation } = last;
  const owner = await locate({
    ...by,
    target: { ...target, steps: steps.slice(0, -1) as Step[], collection: false },
    wanted: 'nothing',
  });
  const source = sourceOf(navigation, owner.address, type);
  // What is not contained belongs to a set of its own type (OData JSON 4.01, section 10.2).
  const shown = navigation.contains ? `${owner.shown}/${navigation.name}` : setName(source);
  return { source, shown: shownSet(target, shown) };
}

/** Joined groups are Microsoft 365 groups: those whose types hold `Unified`. */
function narrow({ steps, type }: Target, query: CollectionQuery): CollectionQuery {
  const last = steps.at(-1);
  const groupTypes = type.properties.get('groupTypes');
  const isJoined = last?.kind === 'navigation' && last.navigation.name === 'joinedGroups';
  if (!isJoined || !groupTypes) return query;
  const text = { type: groupTypes.type, collection: false };
  const isUnified: Expression = {
    kind: 'any',
    collection: {
      kind: 'path',
      result: { type: groupTypes.type, collection: true },
      variable: '$it',
      steps: [{ kind: 'property', property: groupTypes }],
    },
    variable: 'unified',
    predicate: {
      kind: 'comparison',
      operator: 'eq',
      left: { kind: 'path', result: text, variable: 'unified', steps: [] },
      right: { kind: 'literal', result: text, value: 'Unified' },
    },
  };
  const { filter } = query;
  return { ...query, filter: filter ? { kind: 'and', operands: [isUnified, filter] } : isUnified };
}

function setName(source: Source): string {
  const sets = source.kind === 'linked' ? source.sets : [];
  return sets.length === 1 ? sets[0]! : 'directoryObjects';
}

/** A collection that is cast names the type behind the set. */
function shownSet({ steps, type }: Target, name: string): string {
  return steps.at(-1)?.kind === 'cast' ? `${name}/${type.name}` : name;
}
