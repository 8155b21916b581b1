import { complexType, enumType, one, type TypeDeclaration } from '../schema.ts';
import { fastPi } from './dialect.ts';

/** Where, as what and with whom somebody works. */
export const companiesAndPositions: readonly TypeDeclaration[] = [
  complexType('companyDetail', {
    ...fastPi,
    properties: {
      displayName: one('Edm.String', { nullable: false }),
      pronunciation: one('Edm.String'),
      department: one('Edm.String'),
      officeLocation: one('Edm.String'),
      address: one('physicalAddress'),
      webUrl: one('Edm.String'),
    },
  }),
  complexType('positionDetail', {
    ...fastPi,
    properties: {
      company: one('companyDetail'),
      description: one('Edm.String'),
      endMonthYear: one('Edm.Date'),
      jobTitle: one('Edm.String'),
      role: one('Edm.String'),
      startMonthYear: one('Edm.Date'),
      summary: one('Edm.String'),
    },
  }),
  complexType('relatedPerson', {
    ...fastPi,
    properties: {
      displayName: one('Edm.String'),
      relationship: one('personRelationship'),
      userPrincipalName: one('Edm.String'),
    },
  }),
  enumType(
    'personRelationship',
    [
      'manager',
      'colleague',
      'directReport',
      'dotLineReport',
      'assistant',
      'dotLineManager',
      'alternateContact',
      'friend',
      'spouse',
      'sibling',
      'child',
      'parent',
      'sponsor',
      'emergencyContact',
      'other',
      'unknownFutureValue',
    ],
    fastPi,
  ),
];
