import { beta } from '../../beta.ts';
import { complexType, entityType, enumType, one, type TypeDeclaration } from '../../schema.ts';

/** The account behind a profile. */
export const userAccountInformation: readonly TypeDeclaration[] = [
  entityType('userAccountInformation', {
    ...beta,
    base: 'itemFacet',
    properties: {
      ageGroup: one('Edm.String'),
      countryCode: one('Edm.String'),
      preferredLanguageTag: one('localeInfo'),
      userPrincipalName: one('Edm.String'),
      originTenantInfo: one('originTenantInfo'),
      userPersona: one('userPersona'),
    },
  }),
  complexType('originTenantInfo', {
    ...beta,
    properties: {
      originTenantId: one('Edm.String'),
      originUserId: one('Edm.String'),
    },
  }),
  enumType(
    'userPersona',
    [
      'unknown',
      'externalMember',
      'externalGuest',
      'internalMember',
      'internalGuest',
      'unknownFutureValue',
    ],
    beta,
  ),
];
