import { formatInstant } from '#clock.ts';
import type { Document } from '#plan/document.ts';
import type { Expression } from '#plan/expression.ts';
import { nothingAsked } from '#plan/query.ts';
import { isKept } from './deletion-time.ts';
import { forgetConnections, forgetInvitations } from './linked-in/forget-member.ts';
import type { Draft, Held } from './writing/draft.ts';
import { removeHeld } from './writing/remove-held.ts';

/** The set of what has been deleted and can be restored. */
export const DELETED = 'deletedItems';
/** What has been gone for too long and is removed together with a deletion, at most. */
const PURGED_MAX = 20;
const USERS = 'users';

/** Whether an entity is kept for a while when it is deleted: users and Microsoft 365 groups are. */
export function isRestorable({ type, address, members }: Held): boolean {
  if (address.path !== '') return false;
  if (type.name === 'microsoft.graph.user') return address.set === 'users';
  const { groupTypes } = members;
  const isUnified = Array.isArray(groupTypes) && groupTypes.includes('Unified');
  return address.set === 'groups' && isUnified;
}

/** Moves an entity to what is deleted, and removes for good what has been there too long. */
export async function keepDeleted(draft: Draft, held: Held): Promise<void> {
  const { now } = draft.options;
  if (!draft.remove(held)) return;
  if (held.address.set === USERS) await forgetInvitations(draft.tx, held.address.owner);
  const members: Document = { ...held.members, deletedDateTime: formatInstant(now) };
  draft.tx.move(held.address, DELETED, members, { version: held.version });
  const { type } = draft.options.model.resources.get(DELETED)!;
  const filter: Expression = { kind: 'not', operand: isKept(type, now) };
  const query = { ...nothingAsked, pageSize: PURGED_MAX, filter };
  const page = await draft.tx.query({ kind: 'set', set: DELETED, type }, query, 'doc');
  const removed = new Set<number>();
  for (const { owner, key, version } of page.members) {
    await forgetConnections(draft.tx, { owner, id: key }, removed);
    draft.tx.remove({ set: DELETED, owner, path: '', key: '' }, { version });
  }
}

/** Removes an entity for good: with somebody who has been deleted go their connections. */
export async function removeForGood(draft: Draft, held: Held): Promise<void> {
  const { address, key } = held;
  const isDeleted = !draft.options.model.isForeign && address.set === DELETED;
  if (isDeleted && address.path === '') {
    await forgetConnections(draft.tx, { owner: address.owner, id: key }, new Set());
  }
  await removeHeld(draft, held);
}
