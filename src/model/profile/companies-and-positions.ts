import { beta } from '../beta.ts';
import { complexType, enumType, one, type TypeDeclaration } from '../schema.ts';

/** Where, as what and with whom somebody works. */
export const companiesAndPositions: readonly TypeDeclaration[] = [
  complexType('companyDetail', {
    ...beta,
    properties: {
      displayName: one('Edm.String'),
      pronunciation: one('Edm.String'),
      department: one('Edm.String'),
      officeLocation: one('Edm.String'),
      address: one('physicalAddress'),
      webUrl: one('Edm.String'),
      companyCode: one('Edm.String'),
      costCenter: one('Edm.String'),
      division: one('Edm.String'),
      secondaryDepartment: one('Edm.String'),
    },
  }),
  complexType('positionDetail', {
    ...beta,
    properties: {
      company: one('companyDetail'),
      description: one('Edm.String'),
      endMonthYear: one('Edm.Date'),
      jobTitle: one('Edm.String'),
      role: one('Edm.String'),
      startMonthYear: one('Edm.Date'),
      summary: one('Edm.String'),
      employeeId: one('Edm.String'),
      employeeType: one('Edm.String'),
      layer: one('Edm.Int32'),
      level: one('Edm.String'),
      secondaryJobTitle: one('Edm.String'),
      secondaryRole: one('Edm.String'),
    },
  }),
  complexType('relatedPerson', {
    ...beta,
    properties: {
      displayName: one('Edm.String'),
      relationship: one('personRelationship'),
      userPrincipalName: one('Edm.String'),
      userId: one('Edm.String'),
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
    beta,
  ),
];
