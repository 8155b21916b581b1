import { complexType, one, type TypeDeclaration } from '../schema.ts';

/** Who did something: a user, with which application, on which device. */
export const identities: readonly TypeDeclaration[] = [
  complexType('identity', {
    open: true,
    properties: {
      displayName: one('Edm.String'),
      id: one('Edm.String'),
    },
  }),
  complexType('identitySet', {
    open: true,
    properties: {
      application: one('identity'),
      device: one('identity'),
      user: one('identity'),
    },
  }),
];
