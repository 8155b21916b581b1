import { complexType, entityType, one, type TypeDeclaration } from '../../schema.ts';
import { fastPi } from '../dialect.ts';

/** An account at a service of the web. */
export const webAccount: readonly TypeDeclaration[] = [
  entityType('webAccount', {
    ...fastPi,
    base: 'itemFacet',
    properties: {
      description: one('Edm.String'),
      userId: one('Edm.String', { nullable: false }),
      service: one('serviceInformation', { nullable: false }),
      statusMessage: one('Edm.String'),
      webUrl: one('Edm.String'),
      thumbnailUrl: one('Edm.String'),
    },
  }),
  complexType('serviceInformation', {
    ...fastPi,
    properties: {
      name: one('Edm.String', { nullable: false }),
      webUrl: one('Edm.String', { nullable: false }),
    },
  }),
];
