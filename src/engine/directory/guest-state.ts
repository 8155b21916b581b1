import { formatInstant } from '#clock.ts';
import type { Document } from '#plan/document.ts';
import type { Writer } from '#plan/store.ts';

/** How far somebody has come who is invited to a directory, as `externalUserState` says it. */
export type GuestState = 'PendingAcceptance' | 'Accepted';

/** By what guests are told from everybody else. */
export const INVITED = 'Invitation';

/** Writes whether a guest has accepted, at a time; false where there is no such guest. */
export async function writeGuestState(
  tx: Writer,
  { id, state, now }: { readonly id: string; readonly state: GuestState; readonly now: number },
): Promise<boolean> {
  const found = await tx.find('users', 'id', id, 'doc');
  const members = found && (JSON.parse(found.text) as Document);
  if (!members || members.creationType !== INVITED) return false;
  const changed = {
    externalUserState: state,
    externalUserStateChangeDateTime: formatInstant(now),
  };
  const address = { set: 'users', owner: found.owner, path: '', key: '' };
  tx.write(address, { ...members, ...changed }, found, Object.keys(changed));
  return true;
}
