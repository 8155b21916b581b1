import { entityType, one, type TypeDeclaration } from '../../schema.ts';
import { fastPi } from '../dialect.ts';

/** A certificate. */
export const personCertification: readonly TypeDeclaration[] = [
  entityType('personCertification', {
    ...fastPi,
    base: 'itemFacet',
    properties: {
      certificationId: one('Edm.String'),
      description: one('Edm.String'),
      displayName: one('Edm.String', { nullable: false }),
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
