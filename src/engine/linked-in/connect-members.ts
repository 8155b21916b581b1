import { formatInstant } from '#clock.ts';
import { newId } from '#ids.ts';
import { connectionPair } from '#plan/connection-graph.ts';
import type { FoundEntity, Reader, Writer } from '#plan/store.ts';
import { removeInvitation } from './invitation.ts';

/** A person whom the transaction has found. */
type Member = Pick<FoundEntity, 'owner' | 'id'>;

const CONNECTIONS = 'connections';
/** How strong a connection is said to be between two people who share nobody. */
const WEAKEST = 0.1;

/** The connection of two people, by their ids, if they have one. */
export function findConnection(reader: Reader, one: string, other: string) {
  return reader.find(CONNECTIONS, 'pair', connectionPair(one, other), 'nothing');
}

/** Connects two people who are not connected; the invitations between them are gone by that. */
export async function connectMembers(
  tx: Writer,
  inviter: Member,
  invitee: Member,
  now: number,
): Promise<void> {
  await tx.insert(CONNECTIONS, {
    id: newId(),
    members: [inviter.id, invitee.id],
    since: formatInstant(now).slice(0, 10),
    relevanceScore: await scoreOf(tx, inviter, invitee),
    pair: connectionPair(inviter.id, invitee.id),
  });
  tx.connect(inviter.owner, invitee.owner);
  await removeInvitation(tx, inviter.id, invitee.id);
  await removeInvitation(tx, invitee.id, inviter.id);
}

/** Ends whatever lies between two people: their connection, and invitations either way. */
export async function separateMembers(tx: Writer, one: Member, other: Member): Promise<void> {
  const found = await tx.find(CONNECTIONS, 'pair', connectionPair(one.id, other.id), 'doc');
  if (found) {
    tx.remove({ set: CONNECTIONS, owner: found.owner, path: '', key: '' }, found);
    tx.disconnect(one.owner, other.owner);
  }
  await removeInvitation(tx, one.id, other.id);
  await removeInvitation(tx, other.id, one.id);
}

/** The share of the acquaintances of whoever has fewer that both know, and never nothing. */
async function scoreOf({ connections }: Reader, one: Member, other: Member): Promise<number> {
  const [{ count }, ...all] = await Promise.all([
    connections.shared(one.owner, other.owner, 0),
    connections.count(one.owner),
    connections.count(other.owner),
  ]);
  const fewer = Math.min(...all);
  const share = fewer === 0 ? 0 : count / fewer;
  return Math.round(Math.max(WEAKEST, share) * 100) / 100;
}
