import { Refusal } from '#errors.ts';
import type { Caller } from '#plan/caller.ts';
import type { Change } from '#plan/change.ts';
import { documentVersion } from '#plan/document-version.ts';
import type { Writer } from '#plan/store.ts';
import { notFound } from '../place.ts';
import { applyChange } from '../writing/apply-change.ts';
import {
  INVITATIONS,
  type Invitation,
  invitationAddress,
  invitationValue,
  readInvitation,
} from './invitation.ts';
import { requireCaller } from './member.ts';
import { checkMessage } from './send-invitation.ts';

/** An invitation that its inviter does something with. */
export interface OwnInvitation {
  readonly caller: Caller;
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Refuses a version that the request is not for. */
  readonly check: (version: number) => void;
}

/**
 * Withdraws an invitation. Refuses with 404 what is not the caller's or waits no more, with 403 the
 * invitee, who closes it instead.
 */
export async function withdrawInvitation(tx: Writer, own: OwnInvitation): Promise<void> {
  const { found } = await findOwn(tx, own);
  tx.remove(invitationAddress(found), found);
}

/** Changes the message or the tracking id of an invitation; refuses as `withdrawInvitation`. */
export async function changeInvitation(
  tx: Writer,
  own: OwnInvitation,
  change: Change,
): Promise<void> {
  const { found, members } = await findOwn(tx, own);
  const fixed = [...change.members].find(([name, member]) => {
    const isSame = member.kind === 'value' && member.value === found.id;
    return name === 'id' ? !isSame : name === 'inviter' || name === 'invitee';
  })?.[0];
  if (fixed !== undefined) {
    const message = `The property '${fixed}' cannot be changed.`;
    throw new Refusal('badRequest', message, { target: fixed });
  }
  const applied = applyChange(members, change);
  checkMessage(applied.members.message ?? null);
  const changed = applied.changed.filter((name) => name !== 'id');
  if (changed.length === 0) return;
  const next = { ...applied.members, lastModified: own.now };
  tx.write(invitationAddress(found), next, found, [...changed, 'lastModified']);
}

async function findOwn(tx: Writer, own: OwnInvitation): Promise<Invitation> {
  const { caller, id, now } = own;
  const person = await requireCaller(caller, tx);
  const found = await tx.find(INVITATIONS, 'id', id.toLowerCase(), 'doc');
  const invitation = found && readInvitation(found, now);
  if (invitation?.inviter === person.id) {
    own.check(documentVersion(invitationValue(invitation)));
    return invitation;
  }
  if (invitation?.invitee === person.id && !invitation.isIgnored) {
    throw new Refusal('accessDenied', 'An invitation is withdrawn and changed by its inviter.');
  }
  throw notFound(id);
}
