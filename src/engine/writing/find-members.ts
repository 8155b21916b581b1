import { Refusal } from '#errors.ts';
import { nothingAsked, type PageMark } from '#plan/query.ts';
import type { Target } from '#plan/target.ts';
import { containedIn } from '../contained.ts';
import { findCollection } from '../reading/find-collection.ts';
import { insideOf } from './destination.ts';
import type { Draft, Held } from './draft.ts';
import { holdOwner, lastNavigation } from './hold-target.ts';

/** Members that are read at once. */
const PAGE = 500;
/** Members that one request changes. */
const MEMBERS_MAX = 10_000;

/** The members of a collection, held, and where it stands. */
export interface HeldMembers {
  readonly members: readonly Held[];
  /** As context URLs write it. */
  readonly shown: string;
}

/**
 * Holds every member of the collection that a target addresses, by its `/$filter(...)` too. Refuses
 * with 400 a collection of more members than one request changes.
 */
export async function holdMembers(draft: Draft, target: Target): Promise<HeldMembers> {
  const { tx, model, caller, access } = { ...draft.options };
  const lookup = { model, caller, access, reader: tx };
  const { source, shown, filters } = await findCollection(target, lookup);
  const filter = filters.length > 1 ? { kind: 'and' as const, operands: filters } : filters[0];
  const parts = await partsOf(draft, target);
  const members: Held[] = [];
  const query = { ...nothingAsked, pageSize: PAGE, filter };
  for (let after: PageMark | undefined; ; ) {
    const page = await tx.query(source, { ...query, after }, 'doc');
    for (const each of page.members) {
      const part = parts?.get(each.key);
      const held = parts ? part : draft.root(each.set, { ...each, id: each.key });
      if (held && !draft.isRemoved(held)) members.push(held);
    }
    if (!page.next) return { members, shown };
    if (members.length >= MEMBERS_MAX) throw tooMany();
    after = page.next;
  }
}

/** What an entity contains at the target, by the keys under which it is kept. */
async function partsOf(draft: Draft, target: Target): Promise<Map<string, Held> | undefined> {
  const at = lastNavigation(target);
  const step = target.steps[at];
  if (step?.kind !== 'navigation' || !step.navigation.contains) return undefined;
  const owner = await holdOwner(draft, target, at);
  const parts = await containedIn(draft, owner, insideOf(owner, step.navigation, ''));
  return new Map([...parts.values()].map((held) => [held.address.key, held]));
}

function tooMany(): Refusal {
  const message = `One request changes at most ${MEMBERS_MAX} members; choose some by $filter.`;
  return new Refusal('operationRefused', message, { target: '$each' });
}
