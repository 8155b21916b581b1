import { entityType, one, type TypeDeclaration, toMany, toOne } from '../schema.ts';
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
      photo: toOne('profilePhoto', { contains: true, storedAs: 'photo' }),
      photos: toMany('profilePhoto', { contains: true, storedAs: 'photo' }),
    },
  }),
  entityType('profilePhoto', {
    ...fastPi,
    key: ['id'],
    hasStream: true,
    properties: {
      id: one('Edm.String', { nullable: false }),
    },
  }),
];
