import { complexType, entityType, enumType, many, one, type TypeDeclaration } from '../schema.ts';
import { fastPi } from './dialect.ts';

/** What all facets have in common. */
export const itemFacet: readonly TypeDeclaration[] = [
  entityType('itemFacet', {
    ...fastPi,
    abstract: true,
    key: ['id'],
    properties: {
      id: one('Edm.String', { nullable: false }),
      allowedAudiences: one('allowedAudiences'),
      inference: one('inferenceData'),
      createdDateTime: one('Edm.DateTimeOffset', { nullable: false, computed: true, kept: true }),
      createdBy: one('identitySet', { nullable: false }),
      lastModifiedDateTime: one('Edm.DateTimeOffset', {
        nullable: false,
        computed: true,
        kept: true,
      }),
      lastModifiedBy: one('identitySet', { nullable: false, computed: true, kept: true }),
      source: one('personDataSources'),
      isSearchable: one('Edm.Boolean'),
    },
  }),
  enumType(
    'allowedAudiences',
    {
      me: 0,
      family: 1,
      contacts: 2,
      groupMembers: 4,
      organization: 8,
      federatedOrganizations: 16,
      everyone: 32,
      unknownFutureValue: 64,
    },
    { ...fastPi, flags: true },
  ),
  complexType('identity', {
    ...fastPi,
    properties: {
      displayName: one('Edm.String'),
      id: one('Edm.String'),
    },
  }),
  complexType('identitySet', {
    ...fastPi,
    properties: {
      application: one('identity'),
      device: one('identity'),
      user: one('identity'),
    },
  }),
  complexType('inferenceData', {
    ...fastPi,
    properties: {
      confidenceScore: one('Edm.Double'),
      userHasVerifiedAccuracy: one('Edm.Boolean'),
    },
  }),
  complexType('personDataSources', {
    ...fastPi,
    properties: {
      type: many('Edm.String'),
    },
  }),
];
