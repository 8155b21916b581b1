import { complexType, entityType, enumType, many, one, type TypeDeclaration } from '../schema.ts';
import { isUrl } from '../schema-annotations.ts';

/** What a viewer with a Sales Navigator seat sees of a member. */
export const salesNavigator: readonly TypeDeclaration[] = [
  complexType('SalesNavigatorInfo', {
    properties: {
      profileUrl: one('Edm.String', { nullable: false }),
      teamlinkInfo: one('SalesNavigatorTeamlinkInfo'),
      insights: many('SalesNavigatorInsight'),
      savedLead: one('Edm.Boolean', { nullable: false }),
      savedAccount: one('LinkedInOrganization'),
      contractName: one('Edm.String'),
      contractChooserUrl: one('Edm.String'),
    },
  }),
  complexType('SalesNavigatorTeamlinkInfo', {
    properties: {
      countOfTotalTeamlinkConnections: one('Edm.Int32', { nullable: false }),
      teamlinkSearchUrl: one('Edm.String', { nullable: false }),
      topTeamlinks: many('SalesNavigatorPersonInfo'),
    },
  }),
  complexType('SalesNavigatorPersonInfo', {
    properties: {
      firstName: one('Edm.String', { nullable: false }),
      lastName: one('Edm.String'),
      url: one('Edm.String'),
      photoUrl: one('Edm.String', { annotations: isUrl }),
    },
  }),
  complexType('SalesNavigatorInsight', {
    properties: {
      createdAt: one('Edm.Int64', { nullable: false, description: 'Milliseconds since 1970.' }),
      insightType: one('SalesNavigatorInsightType', { nullable: false }),
      title: one('Edm.String'),
      detail: one('Edm.String'),
      insightUrl: one('Edm.String'),
      photoUrl: one('Edm.String'),
      person: one('SalesNavigatorPersonInfo'),
    },
  }),
  enumType('SalesNavigatorInsightType', [
    'IN_NETWORK',
    'NEWS_MENTION',
    'POST',
    'PUBLISH_ARTICLE',
    'SHARE_ARTICLE',
    'SHARE_CONTENT',
  ]),
  entityType('salesNavigatorSaveLeadResource', { base: 'entity' }),
  entityType('savedLead', {
    namespace: 'kith',
    roots: [],
    key: ['id'],
    properties: {
      id: one('Edm.String', { nullable: false, description: 'The id of the lead.' }),
      accountName: one('Edm.String'),
      savedAt: one('Edm.Int64', { description: 'Milliseconds since 1970.' }),
    },
  }),
];
