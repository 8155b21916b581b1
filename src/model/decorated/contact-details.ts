import { complexType, enumType, one, type TypeDeclaration } from '../schema.ts';

/** Ways to reach a member. */
export const contactDetails: readonly TypeDeclaration[] = [
  complexType('PhoneNumber', {
    properties: {
      number: one('Edm.String', { nullable: false }),
      extension: one('Edm.String'),
      type: one('PhoneNumberType'),
    },
  }),
  enumType('PhoneNumberType', ['WORK', 'HOME', 'MOBILE']),
  complexType('IM', {
    properties: {
      id: one('Edm.String', { nullable: false }),
      provider: one('Edm.String', { nullable: false, description: 'Free text: `Skype`.' }),
    },
  }),
  complexType('liWebsite', {
    properties: {
      category: one('WebsiteCategory', { nullable: false }),
      url: one('Edm.String', { nullable: false }),
    },
  }),
  enumType('WebsiteCategory', ['PERSONAL', 'COMPANY', 'BLOG', 'RSS', 'PORTFOLIO', 'OTHER']),
];
