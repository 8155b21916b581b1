import { timingSafeEqual } from 'node:crypto';
import type { Clock } from '#clock.ts';
import { Refusal } from '#errors.ts';
import { newId } from '#ids.ts';
import type { OwnBehaviour } from '#plan/behaviour.ts';
import type { Document } from '#plan/document.ts';
import type { FoundEntity, Writer } from '#plan/store.ts';
import { notFound } from '../place.ts';
import { blockMember } from './blocks.ts';
import { connectMembers, findConnection } from './connect-members.ts';
import {
  findInvitation,
  INVITATIONS,
  type Invitation,
  invitationAddress,
  readInvitation,
  spendInvitation,
} from './invitation.ts';
import { noMember, requireCaller } from './member.ts';

/** Invitations that are closed at once. */
const CLOSED_MAX = 100;

/** One invitation that is about to be closed, by whom, and when. */
interface Closing {
  readonly tx: Writer;
  readonly invitation: Invitation;
  readonly invitee: FoundEntity;
  readonly now: number;
}

const actions: Readonly<Record<string, (closing: Closing) => void | Promise<void>>> = {
  ACCEPT: accept,
  IGNORE: ignore,
  REJECT: ({ tx, invitation }) => remove(tx, invitation),
  REPORT_SPAM: report,
};

/**
 * Closes invitations that the caller has received, each on its own: `status` and `message` of a
 * result tell why one was not (the CSDL's `InviteActionStatus`). A validation token is good once.
 */
export function closeInvitations(clock: Clock): OwnBehaviour {
  return async ({ parameters }, { store, caller }) => {
    const data = parameters.inviteActionData as readonly Document[];
    const act = actions[String(parameters.inviteeActionType)]!;
    if (data.length === 0 || data.length > CLOSED_MAX) {
      const message = `From 1 to ${CLOSED_MAX} invitations are closed at once.`;
      throw new Refusal('badRequest', message, { target: 'inviteActionData' });
    }
    const now = clock.now();
    return store.transact(caller.tenant, async (tx) => {
      const invitee = await requireCaller(caller, tx);
      const closed = new Set<string>();
      const inviteActionResults: Document[] = [];
      for (const each of data) {
        const id = String(each.invitationId);
        const close = async () => {
          const invitation = await findOpen(tx, each, { invitee, closed, now });
          await act({ tx, invitation, invitee, now });
          closed.add(invitation.found.id);
        };
        inviteActionResults.push({ id, ...(await failureOf(close)) });
      }
      return { inviteActionResults };
    });
  };
}

async function failureOf(work: () => Promise<void>): Promise<Document> {
  try {
    await work();
    return {};
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { status: error.status, message: error.message };
  }
}

/** The invitation that the caller may close with this token. */
async function findOpen(
  tx: Writer,
  { invitationId, validationToken }: Document,
  { invitee, closed, now }: { invitee: FoundEntity; closed: ReadonlySet<string>; now: number },
): Promise<Invitation> {
  const id = String(invitationId).toLowerCase();
  const found = closed.has(id) ? undefined : await tx.find(INVITATIONS, 'id', id, 'doc');
  const invitation = found && readInvitation(found, now);
  if (invitation?.inviter === invitee.id) {
    throw new Refusal('accessDenied', 'An invitation is closed by whoever received it.');
  }
  // What is another's, void or put aside is not there for the caller.
  if (invitation?.invitee !== invitee.id || invitation.isIgnored) {
    throw notFound(String(invitationId));
  }
  if (typeof validationToken !== 'string' || validationToken === '') {
    const message = 'The validation token of the invitation is needed.';
    throw new Refusal('badRequest', message, { target: 'validationToken' });
  }
  if (!isSame(validationToken, invitation.validationToken)) {
    const message = 'The validation token is not that of the invitation.';
    throw new Refusal('accessDenied', message, { target: 'validationToken' });
  }
  return invitation;
}

function isSame(one: string, other: string): boolean {
  const [given, kept] = [Buffer.from(one), Buffer.from(other)];
  return given.length === kept.length && timingSafeEqual(given, kept);
}

async function accept({ tx, invitation, invitee, now }: Closing): Promise<void> {
  const inviter = await tx.find('users', 'id', invitation.inviter, 'nothing');
  if (!inviter) throw noMember(invitation.inviter);
  if (await findConnection(tx, inviter.id, invitee.id)) {
    throw new Refusal('alreadyExists', 'The two are connected already.');
  }
  await connectMembers(tx, inviter, invitee, now);
  spendInvitation(tx, invitation);
  // A seed may have invited both.
  const crossing = { inviter: invitee.id, invitee: inviter.id, now };
  const other = await findInvitation(tx, crossing);
  if (other) spendInvitation(tx, other);
}

/** The inviter is not told: for them it waits unchanged until it is void. */
function ignore({ tx, invitation }: Closing): void {
  const { found, members } = invitation;
  const changed = { isIgnored: true, validationToken: newId() };
  tx.write(invitationAddress(found), { ...members, ...changed }, found, Object.keys(changed));
}

function remove(tx: Writer, { found }: Invitation): void {
  tx.remove(invitationAddress(found), found);
}

/** Whoever sends spam is blocked by whom it was sent to. */
async function report({ tx, invitation, invitee, now }: Closing): Promise<void> {
  const inviter = await tx.find('users', 'id', invitation.inviter, 'nothing');
  if (inviter) await blockMember(tx, invitee, inviter, now);
  else remove(tx, invitation);
}
