import { complexType, entityType, many, one, type TypeDeclaration } from '../../schema.ts';
import { fastPi } from '../dialect.ts';

/** Studies at a school or university. */
export const educationalActivity: readonly TypeDeclaration[] = [
  entityType('educationalActivity', {
    ...fastPi,
    base: 'itemFacet',
    properties: {
      completionMonthYear: one('Edm.Date'),
      endMonthYear: one('Edm.Date'),
      institution: one('institutionData', { nullable: false }),
      program: one('educationalActivityDetail', { nullable: false }),
      startMonthYear: one('Edm.Date'),
    },
  }),
  complexType('educationalActivityDetail', {
    ...fastPi,
    properties: {
      abbreviation: one('Edm.String'),
      activities: many('Edm.String'),
      awards: many('Edm.String'),
      description: one('Edm.String'),
      displayName: one('Edm.String', { nullable: false }),
      fieldsOfStudy: many('Edm.String'),
      grade: one('Edm.String'),
      notes: one('Edm.String'),
      webUrl: one('Edm.String'),
    },
  }),
  complexType('institutionData', {
    ...fastPi,
    properties: {
      description: one('Edm.String'),
      displayName: one('Edm.String', { nullable: false }),
      location: one('physicalAddress'),
      webUrl: one('Edm.String'),
    },
  }),
];
