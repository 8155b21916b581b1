import { entityType, one, type TypeDeclaration } from '../../schema.ts';
import { fastPi } from '../dialect.ts';

/** An email address. */
export const itemEmail: readonly TypeDeclaration[] = [
  entityType('itemEmail', {
    ...fastPi,
    base: 'itemFacet',
    properties: {
      address: one('Edm.String', { nullable: false }),
      displayName: one('Edm.String'),
      type: one('emailType', { nullable: false }),
    },
  }),
];
