import { formatInstant } from '#clock.ts';
import { newId } from '#ids.ts';
import type { Caller } from '#plan/caller.ts';
import { connectionPair } from '#plan/connection-graph.ts';
import type { FoundEntity, Reader, Writer } from '#plan/store.ts';
import { notFound } from '../place.ts';
import { removeInvitation } from './invitation.ts';

/** A person whom the transaction has found. */
type Member = Pick<FoundEntity, 'owner' | 'id'>;

/** The set of connections, each of two people. */
export const CONNECTIONS = 'connections';

/** The connection of two people, by their ids, if they have one. */
export function findConnection(reader: Reader, one: string, other: string) {
  return reader.find(CONNECTIONS, 'pair', connectionPair(one, other), 'nothing');
}

/** Connects two people who are not connected. */
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
    pair: connectionPair(inviter.id, invitee.id),
  });
  tx.connect(inviter.owner, invitee.owner);
}

/**
 * Ends a connection of the caller's; an application ends any. Refuses with 404 one that is not
 * theirs, and as `check` does its version.
 */
export async function endConnection(
  tx: Writer,
  { user }: Pick<Caller, 'user'>,
  id: string,
  check: (version: number) => void,
): Promise<void> {
  const found = await tx.find(CONNECTIONS, 'id', id.toLowerCase(), 'doc');
  const { members = [] } = JSON.parse(found?.text ?? '{}') as { members?: string[] };
  if (!found || (user !== undefined && !members.includes(user))) throw notFound(id);
  check(found.version);
  const people = await Promise.all(members.map((each) => tx.find('users', 'id', each, 'nothing')));
  const [one, other] = people;
  // Whoever is not in the directory, be it for a while, is connected with nobody.
  if (one && other) await separateMembers(tx, one, other);
  else tx.remove({ set: CONNECTIONS, owner: found.owner, path: '', key: '' }, found);
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
