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
      inviter: one('Edm.String', { nullable: false, index: 'ordered' }),
      invitee: one('Edm.String', { nullable: false, index: 'ordered' }),
      created: one('Edm.Int64', { description: 'Milliseconds since 1970.' }),
      validationToken: one('Edm.String'),
      pair: one('Edm.String', {
        index: 'unique',
        description: 'Inviter and invitee: ids and `>`.',
      }),
    },
  }),
];
