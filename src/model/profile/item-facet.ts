import { beta } from '../beta.ts';
import { complexType, entityType, enumType, many, one, type TypeDeclaration } from '../schema.ts';

/** What all facets have in common. */
export const itemFacet: readonly TypeDeclaration[] = [
  entityType('itemFacet', {
    ...beta,
    base: 'entity',
    abstract: true,
    properties: {
      allowedAudiences: one('allowedAudiences'),
      inference: one('inferenceData'),
      createdDateTime: one('Edm.DateTimeOffset', { computed: true, kept: true }),
      createdBy: one('identitySet'),
      lastModifiedDateTime: one('Edm.DateTimeOffset', { computed: true, kept: true }),
      lastModifiedBy: one('identitySet', { computed: true, kept: true }),
      source: one('personDataSources'),
      isSearchable: one('Edm.Boolean'),
      sources: many('profileSourceAnnotation'),
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
    { ...beta, flags: true },
  ),
  complexType('inferenceData', {
    ...beta,
    properties: {
      confidenceScore: one('Edm.Double'),
      userHasVerifiedAccuracy: one('Edm.Boolean'),
    },
  }),
  complexType('personDataSources', {
    ...beta,
    properties: {
      type: many('Edm.String'),
    },
  }),
  complexType('profileSourceAnnotation', {
    ...beta,
    properties: {
      isDefaultSource: one('Edm.Boolean'),
      properties: many('Edm.String', {
        description: 'The members of the facet that this source gave.',
      }),
      sourceId: one('Edm.String'),
    },
  }),
];
