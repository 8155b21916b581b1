import { invitationPair } from '#plan/connection-graph.ts';
import type { Document } from '#plan/document.ts';
import type { FoundEntity, Reader, Writer } from '#plan/store.ts';
import { memberUrn } from './member.ts';

/** The set of invitations that wait for an answer. */
export const INVITATIONS = 'invitations';
/** What links both people with an invitation. */
export const INVITED = 'kith.invitation';
/** Invitations that are looked at for some to be removed. */
const SWEPT_MAX = 20;
/** An invitation that nobody answers for half a year is void. */
const LIFETIME_MILLISECONDS = 180 * 86_400_000;

/** An invitation that waits for its answer; people are named by their ids. */
export interface Invitation {
  readonly found: FoundEntity;
  readonly inviter: string;
  readonly invitee: string;
  readonly validationToken: string;
  /** Whether the invitee has put it aside: they do not see it any more, the inviter does. */
  readonly isIgnored: boolean;
  readonly members: Document;
}

/** The invitation as it is kept; undefined once it is accepted or void. */
export function readInvitation(found: FoundEntity, now: number): Invitation | undefined {
  const members = JSON.parse(found.text) as Document;
  const { created, inviter, invitee, validationToken, isIgnored } = members;
  if (validationToken === null) return undefined;
  // One whose time nobody wrote down can't be shown to be void.
  if (now - Number(created ?? now) > LIFETIME_MILLISECONDS) return undefined;
  return {
    found,
    inviter: String(inviter),
    invitee: String(invitee),
    validationToken: String(validationToken),
    isIgnored: isIgnored === true,
    members,
  };
}

/** The invitation from one person to another that waits for an answer, by their ids. */
export async function findInvitation(
  reader: Reader,
  { inviter, invitee, now }: { inviter: string; invitee: string; now: number },
): Promise<Invitation | undefined> {
  const pair = invitationPair(inviter, invitee);
  const found = await reader.find(INVITATIONS, 'pair', pair, 'doc');
  return found && readInvitation(found, now);
}

/** Removes the invitation from one person to another, be it void or not; gives its surrogate. */
export async function removeInvitation(
  tx: Writer,
  inviter: string,
  invitee: string,
): Promise<number | undefined> {
  const pair = invitationPair(inviter, invitee);
  const found = await tx.find(INVITATIONS, 'pair', pair, 'doc');
  if (found) tx.remove(invitationAddress(found), found);
  return found?.owner;
}

/**
 * Takes its token from an invitation that is accepted, so that it is none any more: that costs less
 * than to remove it, for which there is time when its inviter sends another one.
 */
export function spendInvitation(tx: Writer, { found, members }: Invitation): void {
  const spent = { validationToken: null };
  tx.write(invitationAddress(found), { ...members, ...spent }, found, Object.keys(spent));
}

/** Removes some of a person's invitations that are accepted or void, but for one that is gone. */
export async function sweepInvitations(
  tx: Writer,
  { owner, now, gone }: { owner: number; now: number; gone: readonly (number | undefined)[] },
): Promise<void> {
  const oldest = await tx.linked(INVITED, owner, SWEPT_MAX);
  const left = oldest.filter((each) => !gone.includes(each));
  for (const found of await tx.findMany(INVITATIONS, left, 'doc')) {
    if (!readInvitation(found, now)) tx.remove(invitationAddress(found), found);
  }
}

/** Where an invitation is kept. */
export function invitationAddress({ owner }: Pick<FoundEntity, 'owner'>) {
  return { set: INVITATIONS, owner, path: '', key: '' };
}

/**
 * The invitations of a person, by surrogate and id, which wait for an answer: those that they have
 * sent, and those that they have received and not put aside; the oldest first.
 */
export async function listInvitations(
  reader: Reader,
  person: Pick<FoundEntity, 'owner' | 'id'>,
  now: number,
): Promise<readonly Invitation[]> {
  const owners = await reader.linked(INVITED, person.owner, Number.MAX_SAFE_INTEGER);
  const found = await reader.findMany(INVITATIONS, owners, 'doc');
  const pending = found.flatMap((each) => readInvitation(each, now) ?? []);
  const seen = pending.filter(({ isIgnored, inviter }) => !isIgnored || inviter === person.id);
  const present = await Promise.all(
    seen.map(({ inviter, invitee }) =>
      reader.find('users', 'id', inviter === person.id ? invitee : inviter, 'nothing'),
    ),
  );
  return seen.filter((_, at) => present[at]);
}

/** The invitation as an `InvitationV2`. */
export function invitationValue({ found, inviter, invitee, members }: Invitation): Document {
  const { created, lastModified, message, trackingId } = members;
  return {
    id: found.id,
    created: created ?? 0,
    lastModified: lastModified ?? created ?? 0,
    inviter: memberUrn(inviter),
    invitee: memberUrn(invitee),
    message: message ?? null,
    trackingId: trackingId ?? null,
  };
}
