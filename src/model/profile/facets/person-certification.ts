import { beta } from '../../beta.ts';
import { entityType, one, type TypeDeclaration } from '../../schema.ts';

/** A certificate. */
export const personCertification: readonly TypeDeclaration[] = [
  entityType('personCertification', {
    ...beta,
    base: 'itemFacet',
    properties: {
      certificationId: one('Edm.String'),
      description: one('Edm.String'),
      displayName: one('Edm.String'),
      endDate: one('Edm.Date'),
      issuedDate: one('Edm.Date'),
      issuingAuthority: one('Edm.String'),
      issuingCompany: one('Edm.String'),
      startDate: one('Edm.Date'),
      thumbnailUrl: one('Edm.String'),
      webUrl: one('Edm.String'),
    },
  }),
];
