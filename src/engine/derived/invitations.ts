import { invitationValue, listInvitations } from '../linked-in/invitation.ts';
import type { Derivation } from './derivation.ts';

/** The invitations that somebody has sent and received and that wait for an answer. */
export const deriveInvitations: Derivation = async ({ reader, owner, now }) => {
  const invitations = await listInvitations(reader, owner!, now);
  return invitations.map(invitationValue);
};
