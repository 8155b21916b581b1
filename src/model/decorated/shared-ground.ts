import { complexType, enumType, many, one, type TypeDeclaration } from '../schema.ts';
import { isUrl } from '../schema-annotations.ts';
import { organization } from './positions-and-educations.ts';

/** What viewer and member have in common. */
export const sharedGround: readonly TypeDeclaration[] = [
  complexType('SharedConnections', {
    properties: {
      topSharedConnections: many('SharedConnection'),
      totalCount: one('Edm.Int32', { nullable: false }),
      sharedConnectionPage: one('Edm.String', { nullable: false }),
    },
  }),
  complexType('SharedConnection', {
    properties: {
      firstName: one('Edm.String', { nullable: false }),
      lastName: one('Edm.String'),
      picture: one('Edm.String', { annotations: isUrl }),
    },
  }),
  complexType('SharedEducations', {
    properties: {
      sharedEducations: many('SharedEducation'),
    },
  }),
  complexType('SharedEducation', {
    properties: {
      ...organization,
      overlapInfo: one('OverlapInfo'),
    },
  }),
  complexType('SharedExperiences', {
    properties: {
      sharedExperiences: many('SharedExperience'),
    },
  }),
  complexType('SharedExperience', {
    properties: {
      ...organization,
      overlapInfo: one('OverlapInfo'),
    },
  }),
  complexType('OverlapInfo', {
    properties: {
      detail: one('OverlapInfoDetail', { nullable: false }),
      overlapType: one('OverlapType', { nullable: false }),
    },
  }),
  complexType('OverlapInfoDetail', {
    properties: {
      dateRange: one('DateRange'),
      duration: one('Duration'),
    },
  }),
  enumType('OverlapType', [
    'BOTH_CURRENT_VIEWER_STARTED_FIRST',
    'BOTH_CURRENT_VIEWEE_STARTED_FIRST',
    'BOTH_CURRENT_STARTED_IN_SAME_MONTH',
    'NOT_BOTH_CURRENT_NO_OVERLAP_VIEWER_STARTED_FIRST',
    'NOT_BOTH_CURRENT_NO_OVERLAP_VIEWEE_STARTED_FIRST',
    'NOT_BOTH_CURRENT_OVERLAP',
  ]),
];
