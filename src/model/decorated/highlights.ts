import { complexType, enumType, one, type TypeDeclaration } from '../schema.ts';
import { organization } from './positions-and-educations.ts';

/** What is worth a word between viewer and member, as sentences and as data. */
export const highlights: readonly TypeDeclaration[] = [
  complexType('SimpleProfileHighlight', {
    properties: {
      title: one('Edm.String', { nullable: false }),
      detail: one('Edm.String', { nullable: false }),
      type: one('SimpleProfileHighlightType', { nullable: false }),
      picture: one('Edm.String'),
      link: one('Edm.String'),
    },
  }),
  enumType('SimpleProfileHighlightType', [
    'SharedConnections',
    'SharedExperiences',
    'SharedEducations',
    'SharedGroups',
  ]),
  complexType('DecoratedProfileProfileHighlights', {
    properties: {
      birthday: one('Birthday'),
      meetNewHire: one('MeetNewHire'),
      positionChange: one('PositionChange'),
      sharedConnections: one('SharedConnections'),
      sharedEducations: one('SharedEducations'),
      sharedExperiences: one('SharedExperiences'),
      workAnniversary: one('WorkAnniversary'),
    },
  }),
  complexType('Birthday', {
    properties: {
      celebratedOn: one('Date', { nullable: false }),
    },
  }),
  complexType('MeetNewHire', {
    properties: {
      ...organization,
      hiredOn: one('Date', { nullable: false }),
    },
  }),
  complexType('WorkAnniversary', {
    properties: {
      ...organization,
      startedOn: one('Date', { nullable: false }),
      numberOfYears: one('Edm.Int32', { nullable: false }),
    },
  }),
  complexType('PositionChange', {
    properties: {
      newPosition: one('Position', { nullable: false }),
      oldPosition: one('Position'),
      positionChangeType: one('PositionChangeType', { nullable: false }),
    },
  }),
  enumType('PositionChangeType', [
    'PROMOTION',
    'COMPANY_CHANGE',
    'POSITION_CHANGE',
    'ADDITIONAL_POSITION',
  ]),
];
