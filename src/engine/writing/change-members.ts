import { Refusal } from '#errors.ts';
import type { EntityType } from '#model/model.ts';
import type { ListAnswer } from '#plan/answer.ts';
import type { Caller } from '#plan/caller.ts';
import type { Change, DeltaEntry, Reference, RelatedEntry } from '#plan/change.ts';
import { formatContext } from '#plan/context-url.ts';
import type { EachPlan, MembersPlan } from '#plan/request.ts';
import type { Writer } from '#plan/store.ts';
import { checkAccess } from '../access/check-access.ts';
import { keyOf } from '../contained.ts';
import { notFound } from '../place.ts';
import { readerFor } from '../profile/facet-reader.ts';
import { capabilitiesAt } from '../queries/capabilities-at.ts';
import { changeLink } from './change-link.ts';
import type { WriteParts } from './create.ts';
import { inSet } from './destination.ts';
import { Draft, type Held } from './draft.ts';
import { type HeldMembers, holdMembers } from './find-members.ts';
import { isGenerated } from './hold-target.ts';
import { removeHeld } from './remove-held.ts';
import { hashSecrets } from './secrets.ts';
import { showWritten } from './show-written.ts';
import { createIn, updateHeld } from './write-tree.ts';

/**
 * Changes every member of a collection in the same way, all of them or none, and gives them as they
 * are then (OData Protocol 4.01, section 11.4.15).
 */
export async function updateEach(
  plan: EachPlan,
  caller: Caller,
  parts: WriteParts,
): Promise<ListAnswer> {
  const { model, target, change, selection, languages } = plan;
  const { type } = target;
  const { members, shown } = await withDraft('PATCH', plan, { caller, parts }, async (draft) => {
    const found = await holdMembers(draft, target);
    for (const each of found.members) {
      await updateHeld(draft, each, change, { isWhole: false, template: target.template });
    }
    return found;
  });
  const reader = readerFor(parts.store, model, caller);
  const viewer = { model, caller, reader, languages, now: parts.clock.now() };
  const showing = { model, type, selection, viewer };
  const answers = await Promise.all(members.map((each) => showWritten(each, showing)));
  const context = formatContext({ kind: 'collection', path: shown, selection });
  return { context, members: answers, count: undefined, next: undefined };
}

/** Deletes every member of a collection, or none (OData Protocol 4.01, section 11.4.16). */
export async function removeEach(
  plan: Omit<EachPlan, 'change'>,
  caller: Caller,
  parts: WriteParts,
): Promise<void> {
  await withDraft('DELETE', plan, { caller, parts }, async (draft) => {
    const found = await holdMembers(draft, plan.target);
    for (const each of found.members) await removeHeld(draft, each);
    return { ...found, members: [] };
  });
}

/**
 * Adds, changes and removes members of a set, as a delta payload says, all or none (OData Protocol
 * 4.01, section 11.4.13). Refuses with 400 what is to be removed and not there, and what the set
 * does not allow.
 */
export async function changeMembers(
  plan: MembersPlan,
  caller: Caller,
  parts: WriteParts,
): Promise<void> {
  const { target, entries } = plan;
  await withDraft('PATCH', plan, { caller, parts }, async (draft) => {
    for (const entry of entries) await changeMember(draft, plan, entry);
    return { members: [], shown: target.resource.name };
  });
}

/**
 * Gives a set exactly these members, all or none (OData Protocol 4.01, section 11.4.14): those that
 * are there are replaced by what is said of them, others made, and what is not named is deleted.
 */
export async function replaceMembers(
  plan: MembersPlan,
  caller: Caller,
  parts: WriteParts,
): Promise<void> {
  const { target, entries, model } = plan;
  const { name } = target.resource;
  await withDraft('PUT', plan, { caller, parts }, async (draft) => {
    const before = await holdMembers(draft, target);
    const kept = new Map<RelatedEntry, Held>();
    for (const entry of entries) {
      if (entry.kind === 'link' || entry.kind === 'removed') throw misplaced(name);
      const held =
        entry.kind === 'reference'
          ? await draft.findNamed(entry.reference, target.type)
          : await findByKey(draft, entry.change, name);
      if (held) kept.set(entry, held);
    }
    const owners = new Set([...kept.values()].map(({ address }) => address.owner));
    for (const each of before.members) {
      if (!owners.has(each.address.owner)) await removeHeld(draft, each);
    }
    const destination = inSet(model, name);
    const manner = { isWhole: true, template: destination.template };
    for (const entry of entries) {
      if (entry.kind !== 'entity') continue;
      const held = kept.get(entry);
      if (held) await updateHeld(draft, held, entry.change, manner);
      else await createIn(draft, destination, entry.change);
    }
    return { members: [], shown: name };
  });
}

function misplaced(set: string): Refusal {
  const message = `All members of '${set}' are named; what is removed is left out.`;
  return new Refusal('badRequest', message, { target: set });
}

/** A change of a whole collection: its transaction, and the members as it leaves them. */
async function withDraft(
  method: 'PATCH' | 'PUT' | 'DELETE',
  { model, target, ...plan }: Pick<EachPlan, 'model' | 'target'> & { readonly change?: Change },
  { caller, parts }: { readonly caller: Caller; readonly parts: WriteParts },
  work: (draft: Draft) => Promise<HeldMembers>,
): Promise<HeldMembers> {
  const access = checkAccess(caller, method, target, model);
  const now = parts.clock.now();
  const hashes = plan.change ? await hashSecrets(plan.change, parts.hashSecret) : new Map();
  return parts.store.transact(caller.tenant, async (tx: Writer) => {
    const draft = new Draft({ tx, model, caller, access, now, hashes });
    const { members, shown } = await work(draft);
    draft.write();
    return { members: members.map((each) => draft.result(each)), shown };
  });
}

async function changeMember(
  draft: Draft,
  { model, target }: MembersPlan,
  entry: DeltaEntry,
): Promise<void> {
  if (entry.kind === 'link') return changeLink(draft, entry);
  const { insertable, updatable, deletable } = capabilitiesAt(model, target.resource, []);
  const { name } = target.resource;
  if (entry.kind === 'reference') {
    await draft.findNamed(entry.reference, target.type);
    return;
  }
  if (entry.kind === 'removed') {
    if (!deletable) throw notAllowed(name, 'deleted');
    await removeHeld(draft, await findMember(draft, target.type, { name, of: entry.of }));
    return;
  }
  const { change, reference } = entry;
  const destination = inSet(model, name);
  const { template } = destination;
  const held = reference
    ? await draft.findNamed(reference, target.type)
    : await findByKey(draft, change, name);
  if (held) {
    if (!updatable) throw notAllowed(name, 'changed');
    await updateHeld(draft, held, change, { isWhole: false, template });
    return;
  }
  if (!insertable) throw notAllowed(name, 'added');
  const key = keyOf(change, destination);
  if (key !== undefined && isGenerated(change.type as EntityType)) throw missing(name, key);
  await createIn(draft, destination, change);
}

async function findMember(
  draft: Draft,
  type: EntityType,
  { name, of }: { readonly name: string; readonly of: Reference | Change },
): Promise<Held> {
  if (!('members' in of)) return draft.findNamed(of, type);
  const held = await findByKey(draft, of, name);
  if (held) return held;
  const key = keyOf(of, inSet(draft.options.model, name));
  if (key !== undefined) throw missing(name, key);
  const message = "What is removed is named by its key or its '@id'.";
  throw new Refusal('badRequest', message, { target: name });
}

async function findByKey(draft: Draft, change: Change, name: string): Promise<Held | undefined> {
  const destination = inSet(draft.options.model, name);
  const key = keyOf(change, destination);
  const { set } = destination.source;
  const found = key === undefined ? undefined : await draft.tx.find(set, 'id', key, 'doc');
  const held = found && draft.root(set, found);
  return held && !draft.isRemoved(held) ? held : undefined;
}

function missing(set: string, key: string): Refusal {
  const { message } = notFound(key);
  return new Refusal('badRequest', message, { target: set });
}

function notAllowed(set: string, done: string): Refusal {
  const message = `Entities of '${set}' cannot be ${done}.`;
  return new Refusal('badRequest', message, { target: set });
}
