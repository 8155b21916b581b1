import { beta } from '../beta.ts';
import { complexType, enumType, one, type TypeDeclaration } from '../schema.ts';

/** Ways to reach somebody, shared by contacts and profiles. */
export const addresses: readonly TypeDeclaration[] = [
  complexType('emailAddress', {
    properties: {
      name: one('Edm.String'),
      address: one('Edm.String'),
    },
  }),
  complexType('typedEmailAddress', {
    ...beta,
    base: 'emailAddress',
    properties: {
      otherLabel: one('Edm.String'),
      type: one('emailType'),
    },
  }),
  enumType('emailType', ['unknown', 'work', 'personal', 'main', 'other'], beta),
  complexType('phone', {
    properties: {
      type: one('phoneType'),
      number: one('Edm.String'),
      language: one('Edm.String', { roots: ['v1.0', 'localtest'] }),
      region: one('Edm.String', { roots: ['v1.0', 'localtest'] }),
    },
  }),
  enumType('phoneType', [
    'home',
    'business',
    'mobile',
    'other',
    'assistant',
    'homeFax',
    'businessFax',
    'otherFax',
    'pager',
    'radio',
  ]),
  complexType('physicalAddress', {
    properties: {
      type: one('physicalAddressType', beta),
      postOfficeBox: one('Edm.String', beta),
      street: one('Edm.String'),
      city: one('Edm.String'),
      state: one('Edm.String'),
      countryOrRegion: one('Edm.String'),
      postalCode: one('Edm.String'),
    },
  }),
  enumType('physicalAddressType', ['unknown', 'home', 'business', 'other'], beta),
  complexType('website', {
    properties: {
      type: one('websiteType'),
      address: one('Edm.String'),
      displayName: one('Edm.String'),
    },
  }),
  enumType('websiteType', ['other', 'home', 'work', 'blog', 'profile']),
];
