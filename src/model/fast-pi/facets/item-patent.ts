import { entityType, one, type TypeDeclaration } from '../../schema.ts';
import { fastPi } from '../dialect.ts';

/** A patent, granted or pending. */
export const itemPatent: readonly TypeDeclaration[] = [
  entityType('itemPatent', {
    ...fastPi,
    base: 'itemFacet',
    properties: {
      description: one('Edm.String'),
      displayName: one('Edm.String', { nullable: false }),
      isPending: one('Edm.Boolean'),
      issuedDate: one('Edm.Date'),
      issuingAuthority: one('Edm.String'),
      number: one('Edm.String'),
      webUrl: one('Edm.String'),
    },
  }),
];
