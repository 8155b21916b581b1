import { entityType, many, one, type TypeDeclaration } from '../schema.ts';

/** Accepted connections and pending invitations as the store keeps them; no root shows them. */
export const connection: readonly TypeDeclaration[] = [
  entityType('connection', {
    namespace: 'kith',
    roots: [],
    key: ['id'],
    properties: {
      id: one('Edm.String', { nullable: false }),
      members: many('Edm.String', { description: 'The ids of the two people.' }),
      since: one('Edm.Date'),
      relevanceScore: one('Edm.Double'),
      pair: one('Edm.String', {
        index: 'unique',
        description: 'The ids of both, the lesser one first.',
      }),
    },
  }),
  entityType('invitation', {
    namespace: 'kith',
    roots: [],
    key: ['id'],
    properties: {
      id: one('Edm.String', { nullable: false }),
      inviter: one('Edm.String', { nullable: false }),
      invitee: one('Edm.String', { nullable: false }),
      created: one('Edm.Int64', { description: 'Milliseconds since 1970.' }),
      lastModified: one('Edm.Int64', { description: 'Milliseconds since 1970.' }),
      message: one('microsoft.graph.InvitationV2Message'),
      trackingId: one('Edm.String'),
      validationToken: one('Edm.String'),
      isIgnored: one('Edm.Boolean', { description: 'Whether the invitee has put it aside.' }),
      pair: one('Edm.String', {
        index: 'unique',
        description: 'Inviter and invitee: ids and `>`.',
      }),
    },
  }),
];
