import { complexType, enumType, one, type TypeDeclaration } from '../schema.ts';
import { fastPi } from './dialect.ts';

/** Ways to reach somebody, and the language to do it in. */
export const addresses: readonly TypeDeclaration[] = [
  complexType('physicalAddress', {
    ...fastPi,
    properties: {
      type: one('physicalAddressType'),
      postOfficeBox: one('Edm.String'),
      street: one('Edm.String'),
      city: one('Edm.String'),
      state: one('Edm.String'),
      countryOrRegion: one('Edm.String'),
      postalCode: one('Edm.String'),
    },
  }),
  enumType('physicalAddressType', ['unknown', 'home', 'business', 'other'], fastPi),
  enumType('emailType', ['unknown', 'work', 'personal', 'main', 'other'], fastPi),
  enumType(
    'phoneType',
    [
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
    ],
    fastPi,
  ),
  complexType('localeInfo', {
    ...fastPi,
    properties: {
      locale: one('Edm.String'),
      displayName: one('Edm.String'),
    },
  }),
];
