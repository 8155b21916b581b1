import { beta } from '../../beta.ts';
import { complexType, entityType, one, type TypeDeclaration } from '../../schema.ts';

/** An account at a service of the web. */
export const webAccount: readonly TypeDeclaration[] = [
  entityType('webAccount', {
    ...beta,
    base: 'itemFacet',
    properties: {
      description: one('Edm.String'),
      userId: one('Edm.String'),
      service: one('serviceInformation'),
      statusMessage: one('Edm.String'),
      webUrl: one('Edm.String'),
      thumbnailUrl: one('Edm.String'),
    },
  }),
  complexType('serviceInformation', {
    ...beta,
    properties: {
      name: one('Edm.String'),
      webUrl: one('Edm.String'),
    },
  }),
];
