import { formatInstant } from '#clock.ts';
import { Refusal } from '#errors.ts';
import { newId } from '#ids.ts';
import type { Caller } from '#plan/caller.ts';
import type { Change } from '#plan/change.ts';
import { invitationPair } from '#plan/connection-graph.ts';
import type { Document } from '#plan/document.ts';
import type { FoundEntity, Writer } from '#plan/store.ts';
import { firstMembers, readOnly } from '../writing/apply-change.ts';
import { findConnection } from './connect-members.ts';
import {
  findInvitation,
  INVITATIONS,
  INVITED,
  removeInvitation,
  sweepInvitations,
} from './invitation.ts';
import { isBlocked } from './is-blocked.ts';
import {
  changeMember,
  findMember,
  holdMember,
  memberIdOf,
  noMember,
  readMember,
  requireCaller,
} from './member.ts';

/** Invitations that one person may send on a day, in UTC. */
const DAILY_MAX = 100;
const DAY_MILLISECONDS = 86_400_000;
/** What a custom message holds at most. */
const MESSAGE_MAX = 2000;

/** An invitation to connect, as an `InvitationV2` that a client sends. */
export interface NewInvitation {
  readonly caller: Caller;
  readonly change: Change;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Invites somebody to connect, and gives the id of the invitation. Refuses with 400 what names
 * nobody or the caller, with 403 another inviter and whoever is blocked, with 404 who is not in the
 * caller's tenant, with 409 whom the caller knows or has invited already or who has invited them,
 * and with 429 more than a day's number.
 */
export async function sendInvitation(
  tx: Writer,
  { caller, change, now }: NewInvitation,
): Promise<string> {
  if (change.members.has('id')) throw readOnly('id', change.type);
  const members = firstMembers(change);
  const inviter = await requireCaller(caller, tx);
  checkInviter(members, inviter.id);
  const invitee = await findInvitee(tx, members);
  if (invitee.id === inviter.id) {
    throw new Refusal('badRequest', 'Nobody invites themselves.', { target: 'invitee' });
  }
  await checkStrangers(tx, inviter, invitee, now);
  await countInvitation(tx, inviter, now);
  // Of what the two do at once with each other, one comes first and the other sees it.
  await holdMember(tx, invitee);
  // What is void, or was put aside by whoever invites now, makes way.
  const gone = [
    await removeInvitation(tx, inviter.id, invitee.id),
    await removeInvitation(tx, invitee.id, inviter.id),
  ];
  await sweepInvitations(tx, { owner: inviter.owner, now, gone });
  const { message = null, trackingId = null } = members;
  checkMessage(message);
  const id = newId();
  const owner = await tx.insert(INVITATIONS, {
    id,
    inviter: inviter.id,
    invitee: invitee.id,
    created: now,
    lastModified: now,
    message,
    trackingId,
    validationToken: newId(),
    pair: invitationPair(inviter.id, invitee.id),
  });
  tx.link(INVITED, inviter.owner, owner);
  tx.link(INVITED, invitee.owner, owner);
  return id;
}

/** Refuses a custom message without words, or with too many. */
export function checkMessage(message: Document[string]): void {
  const custom = ((message ?? {}) as Document).invitationMessage;
  if (custom === undefined || custom === null) return;
  const { body } = custom as Document;
  if (typeof body === 'string' && body.length > 0 && body.length <= MESSAGE_MAX) return;
  const text = `A message has 1 to ${MESSAGE_MAX} characters.`;
  throw new Refusal('badRequest', text, { target: 'message/invitationMessage/body' });
}

function checkInviter({ inviter }: Document, id: string): void {
  if (inviter === undefined || inviter === null || memberIdOf(inviter) === id) return;
  const message = 'The inviter is whoever sends the invitation.';
  throw new Refusal('accessDenied', message, { target: 'inviter' });
}

async function findInvitee(tx: Writer, { invitee }: Document): Promise<FoundEntity> {
  if (typeof invitee !== 'string' || invitee === '') {
    const message = "A value is required for property 'invitee' of resource 'InvitationV2'.";
    throw new Refusal('badRequest', message, { target: 'invitee' });
  }
  const found = await findMember(tx, invitee);
  if (!found) throw noMember(invitee);
  return found;
}

async function checkStrangers(
  tx: Writer,
  inviter: FoundEntity,
  invitee: FoundEntity,
  now: number,
): Promise<void> {
  if (await findConnection(tx, inviter.id, invitee.id)) {
    throw alreadyThere('The two are connected already.');
  }
  const sent = { inviter: inviter.id, invitee: invitee.id, now };
  if (await findInvitation(tx, sent)) throw alreadyThere('This invitation is pending already.');
  const received = { inviter: invitee.id, invitee: inviter.id, now };
  const waiting = await findInvitation(tx, received);
  if (waiting && !waiting.isIgnored) {
    throw alreadyThere('An invitation from this member waits for the answer of the caller.');
  }
  if (await isBlocked(tx, inviter, invitee)) {
    throw new Refusal('accessDenied', 'This member cannot be invited.', { target: 'invitee' });
  }
}

async function countInvitation(tx: Writer, inviter: FoundEntity, now: number): Promise<void> {
  const { invitedOn, invitedCount } = await readMember(tx, inviter.owner);
  const today = formatInstant(now).slice(0, 10);
  const count = invitedOn === today ? Number(invitedCount) : 0;
  if (count >= DAILY_MAX) {
    const rest = DAY_MILLISECONDS - (now % DAY_MILLISECONDS);
    const headers = { 'Retry-After': String(Math.ceil(rest / 1000)) };
    const message = `At most ${DAILY_MAX} invitations are sent on a day.`;
    throw new Refusal('tooManyRequests', message, { target: 'invitee', headers });
  }
  await changeMember(tx, inviter, { invitedOn: today, invitedCount: count + 1 });
}

function alreadyThere(message: string): Refusal {
  return new Refusal('alreadyExists', message, { target: 'invitee' });
}
