import { entityType, many, one, type TypeDeclaration, toMany, toOne } from '../schema.ts';
import { fastPi } from './dialect.ts';

const insights = {
  isEnabledInOrganization: one('Edm.Boolean'),
  disabledForGroup: one('Edm.String'),
};

/** What an organization has chosen for everybody. */
export const organizationSettings: readonly TypeDeclaration[] = [
  entityType('organizationSettings', {
    ...fastPi,
    navigation: {
      itemInsights: toOne('itemInsightsSettings', { contains: true }),
      peopleInsights: toOne('insightsSettings', { contains: true }),
      profileCardProperties: toMany('profileCardProperty', { contains: true }),
    },
  }),
  entityType('itemInsightsSettings', { ...fastPi, properties: insights }),
  entityType('insightsSettings', { ...fastPi, properties: insights }),
  entityType('profileCardProperty', {
    ...fastPi,
    key: ['directoryPropertyName'],
    properties: {
      directoryPropertyName: one('Edm.String', { nullable: false, immutable: true }),
      annotations: many('profileCardAnnotation'),
    },
  }),
];
