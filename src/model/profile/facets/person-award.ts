import { beta } from '../../beta.ts';
import { entityType, one, type TypeDeclaration } from '../../schema.ts';

/** An award or honour. */
export const personAward: readonly TypeDeclaration[] = [
  entityType('personAward', {
    ...beta,
    base: 'itemFacet',
    properties: {
      description: one('Edm.String'),
      displayName: one('Edm.String'),
      issuedDate: one('Edm.Date'),
      issuingAuthority: one('Edm.String'),
      thumbnailUrl: one('Edm.String'),
      webUrl: one('Edm.String'),
    },
  }),
];
