import { complexType, entityType, enumType, many, one, type TypeDeclaration } from '../schema.ts';

/** Somebody who matters to a person: worked out from who works with whom. */
export const person: readonly TypeDeclaration[] = [
  entityType('person', {
    base: 'entity',
    properties: {
      birthday: one('Edm.String'),
      companyName: one('Edm.String'),
      department: one('Edm.String'),
      displayName: one('Edm.String'),
      givenName: one('Edm.String'),
      imAddress: one('Edm.String'),
      isFavorite: one('Edm.Boolean'),
      jobTitle: one('Edm.String'),
      officeLocation: one('Edm.String'),
      personNotes: one('Edm.String'),
      personType: one('personType'),
      phones: many('phone'),
      postalAddresses: many('physicalAddress'),
      profession: one('Edm.String'),
      scoredEmailAddresses: many('scoredEmailAddress'),
      surname: one('Edm.String'),
      userPrincipalName: one('Edm.String'),
      websites: many('website'),
      yomiCompany: one('Edm.String'),
    },
  }),
  complexType('personType', {
    properties: {
      class: one('Edm.String'),
      subclass: one('Edm.String'),
    },
  }),
  complexType('scoredEmailAddress', {
    properties: {
      address: one('Edm.String'),
      itemId: one('Edm.String'),
      relevanceScore: one('Edm.Double'),
      selectionLikelihood: one('selectionLikelihoodInfo'),
    },
  }),
  enumType('selectionLikelihoodInfo', ['notSpecified', 'high']),
  entityType('presence', {
    base: 'entity',
    properties: {
      activity: one('Edm.String'),
      availability: one('Edm.String'),
    },
  }),
];
