import { entityType, one, type TypeDeclaration } from '../../schema.ts';
import { fastPi } from '../dialect.ts';

/** The account behind a profile. */
export const userAccountInformation: readonly TypeDeclaration[] = [
  entityType('userAccountInformation', {
    ...fastPi,
    base: 'itemFacet',
    properties: {
      ageGroup: one('Edm.String', { nullable: false }),
      countryCode: one('Edm.String', { nullable: false }),
      preferredLanguageTag: one('localeInfo', { nullable: false }),
      userPrincipalName: one('Edm.String', { nullable: false }),
    },
  }),
];
