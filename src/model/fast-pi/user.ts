import { entityType, one, type TypeDeclaration, toOne } from '../schema.ts';
import { fastPi } from './dialect.ts';

/** The door to a person's profile in the Fast.PI dialect. */
export const user: readonly TypeDeclaration[] = [
  entityType('user', {
    ...fastPi,
    key: ['id'],
    properties: {
      id: one('Edm.String', { nullable: false }),
    },
    navigation: {
      profile: toOne('profile', { contains: true, storedAs: 'profile' }),
    },
  }),
];
