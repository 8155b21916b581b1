import { beta } from '../../beta.ts';
import { entityType, one, type TypeDeclaration } from '../../schema.ts';

/** A phone number. */
export const itemPhone: readonly TypeDeclaration[] = [
  entityType('itemPhone', {
    ...beta,
    base: 'itemFacet',
    properties: {
      displayName: one('Edm.String'),
      type: one('phoneType', { nullable: false }),
      number: one('Edm.String'),
    },
  }),
];
