import type { FoundEntity, Writer } from '#plan/store.ts';
import { CONNECTIONS, findConnection } from './connect-members.ts';
import { INVITATIONS, INVITED, invitationAddress } from './invitation.ts';

/** Removes the invitations of somebody who leaves the directory, those from them and to them. */
export async function forgetInvitations(tx: Writer, owner: number): Promise<void> {
  const invitations = await tx.linked(INVITED, owner, Number.MAX_SAFE_INTEGER);
  if (invitations.length === 0) return;
  for (const found of await tx.findMany(INVITATIONS, invitations, 'nothing')) {
    tx.remove(invitationAddress(found), found);
  }
}

/**
 * Removes the connections of somebody who is about to be gone for good, but for those that are
 * removed already; these are among them afterwards.
 */
export async function forgetConnections(
  tx: Writer,
  { owner, id }: Pick<FoundEntity, 'owner' | 'id'>,
  removed: Set<number>,
): Promise<void> {
  const others = await tx.connections.kept(owner);
  if (others.length === 0) return;
  const present = await tx.findMany('users', others, 'nothing');
  const deleted = await tx.findMany('deletedItems', others, 'nothing');
  for (const other of [...present, ...deleted]) {
    const found = await findConnection(tx, id, other.id);
    if (!found || removed.has(found.owner)) continue;
    tx.remove({ set: CONNECTIONS, owner: found.owner, path: '', key: '' }, found);
    removed.add(found.owner);
  }
}
