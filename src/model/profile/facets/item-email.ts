import { beta } from '../../beta.ts';
import { entityType, one, type TypeDeclaration } from '../../schema.ts';

/** An email address. */
export const itemEmail: readonly TypeDeclaration[] = [
  entityType('itemEmail', {
    ...beta,
    base: 'itemFacet',
    properties: {
      address: one('Edm.String'),
      displayName: one('Edm.String'),
      type: one('emailType', { nullable: false }),
    },
  }),
];
