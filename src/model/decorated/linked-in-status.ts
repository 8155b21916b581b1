import { complexType, entityType, enumType, one, type TypeDeclaration } from '../schema.ts';

/** Whether a user, or an organization, is bound to LinkedIn. */
export const linkedInStatus: readonly TypeDeclaration[] = [
  complexType('linkedInStatus', {
    properties: {
      value: one('userLinkedInStatus'),
      scopes: one('Edm.String'),
    },
  }),
  enumType('userLinkedInStatus', [
    'Unbound',
    'Bound',
    'OptOut',
    'DisableBound',
    'LinkedInBound',
    'MicrosoftBound',
  ]),
  complexType('appFamilyDetails', {
    properties: {
      status: one('appFamilyLinkedInStatus', { nullable: false }),
      groupDisplayName: one('Edm.String'),
      groupId: one('Edm.String'),
    },
  }),
  entityType('organizationLinkedIn', {
    namespace: 'kith',
    roots: [],
    key: ['id'],
    properties: {
      id: one('Edm.String'),
      status: one('microsoft.graph.appFamilyLinkedInStatus', { nullable: false }),
      groupId: one('Edm.String', { description: 'The group whose members may be bound.' }),
    },
  }),
  enumType('appFamilyLinkedInStatus', ['OptOut', 'OptIn', 'NotProvisioned', 'OptIn_Selected']),
];
