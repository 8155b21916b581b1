import { beta } from '../../beta.ts';
import { entityType, one, type TypeDeclaration } from '../../schema.ts';

/** A patent, granted or pending. */
export const itemPatent: readonly TypeDeclaration[] = [
  entityType('itemPatent', {
    ...beta,
    base: 'itemFacet',
    properties: {
      description: one('Edm.String'),
      displayName: one('Edm.String'),
      isPending: one('Edm.Boolean'),
      issuedDate: one('Edm.Date'),
      issuingAuthority: one('Edm.String'),
      number: one('Edm.String'),
      webUrl: one('Edm.String'),
    },
  }),
];
