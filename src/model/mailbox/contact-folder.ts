import { beta } from '../beta.ts';
import { entityType, one, type TypeDeclaration, toMany } from '../schema.ts';

/** A folder of contacts. */
export const contactFolder: readonly TypeDeclaration[] = [
  entityType('contactFolder', {
    base: 'entity',
    properties: {
      displayName: one('Edm.String'),
      parentFolderId: one('Edm.String'),
      wellKnownName: one('Edm.String', beta),
    },
    navigation: {
      childFolders: toMany('contactFolder', { contains: true }),
      contacts: toMany('contact', { contains: true }),
    },
  }),
];
