/**
 * Members of a decorated profile that LinkedIn gives to nobody who has not bound an account: null,
 * or empty, until then ("Postbind only" in the schema's descriptions).
 */
export const postBindMembers: ReadonlySet<string> = new Set([
  'bornOn',
  'connected',
  'connectionDegree',
  'emails',
  'ims',
  'invitationSentFromViewer',
  'pendingInvitationSentFromViewee',
  'phoneNumbers',
  'skills',
  'summary',
  'websites',
]);
