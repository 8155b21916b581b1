import { entityType, one, type TypeDeclaration } from '../../schema.ts';
import { fastPi } from '../dialect.ts';

/** An award or honour. */
export const personAward: readonly TypeDeclaration[] = [
  entityType('personAward', {
    ...fastPi,
    base: 'itemFacet',
    properties: {
      description: one('Edm.String'),
      displayName: one('Edm.String', { nullable: false }),
      issuedDate: one('Edm.Date'),
      issuingAuthority: one('Edm.String'),
      thumbnailUrl: one('Edm.String'),
      webUrl: one('Edm.String'),
    },
  }),
];
