import { beta } from '../../beta.ts';
import { complexType, entityType, many, one, type TypeDeclaration } from '../../schema.ts';

/** Studies at a school or university. */
export const educationalActivity: readonly TypeDeclaration[] = [
  entityType('educationalActivity', {
    ...beta,
    base: 'itemFacet',
    properties: {
      completionMonthYear: one('Edm.Date'),
      endMonthYear: one('Edm.Date'),
      institution: one('institutionData'),
      program: one('educationalActivityDetail'),
      startMonthYear: one('Edm.Date'),
    },
  }),
  complexType('educationalActivityDetail', {
    ...beta,
    properties: {
      abbreviation: one('Edm.String'),
      activities: many('Edm.String'),
      awards: many('Edm.String'),
      description: one('Edm.String'),
      displayName: one('Edm.String'),
      fieldsOfStudy: many('Edm.String'),
      grade: one('Edm.String'),
      notes: one('Edm.String'),
      webUrl: one('Edm.String'),
    },
  }),
  complexType('institutionData', {
    ...beta,
    properties: {
      description: one('Edm.String'),
      displayName: one('Edm.String'),
      location: one('physicalAddress'),
      webUrl: one('Edm.String'),
    },
  }),
];
