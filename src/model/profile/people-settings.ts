import { beta } from '../beta.ts';
import {
  complexType,
  entityType,
  enumType,
  many,
  one,
  type TypeDeclaration,
  toMany,
  toOne,
} from '../schema.ts';

/** What administrators say of the profiles of everybody. */
export const peopleSettings: readonly TypeDeclaration[] = [
  entityType('admin', {
    base: 'entity',
    navigation: { people: toOne('peopleAdminSettings', { contains: true }) },
  }),
  entityType('peopleAdminSettings', {
    base: 'entity',
    navigation: {
      itemInsights: toOne('insightsSettings', { contains: true }),
      namePronunciation: toOne('namePronunciationSettings', { contains: true, ...beta }),
      photoUpdateSettings: toOne('photoUpdateSettings', { contains: true, ...beta }),
      profileCardProperties: toMany('profileCardProperty', { contains: true }),
      profilePropertySettings: toMany('profilePropertySetting', { contains: true, ...beta }),
      profileSources: toMany('profileSource', { contains: true, ...beta }),
      pronouns: toOne('pronounsSettings', { contains: true }),
    },
  }),
  entityType('namePronunciationSettings', {
    ...beta,
    base: 'entity',
    properties: {
      isEnabledInOrganization: one('Edm.Boolean', { nullable: false, initial: false }),
    },
  }),
  entityType('photoUpdateSettings', {
    ...beta,
    base: 'entity',
    properties: { allowedRoles: many('Edm.String') },
  }),
  entityType('profilePropertySetting', {
    ...beta,
    base: 'entity',
    properties: {
      allowedAudiences: one('organizationAllowedAudiences'),
      isUserOverrideForAudienceEnabled: one('Edm.Boolean'),
      name: one('Edm.String', { description: 'The navigation of the profile that is meant.' }),
      prioritizedSourceUrls: many('Edm.String'),
    },
  }),
  enumType(
    'organizationAllowedAudiences',
    ['me', 'organization', 'federatedOrganizations', 'everyone', 'unknownFutureValue'],
    beta,
  ),
  entityType('profileSource', {
    ...beta,
    base: 'entity',
    alternateKeys: ['sourceId'],
    properties: {
      displayName: one('Edm.String', { maxLength: 256 }),
      kind: one('Edm.String', { maxLength: 256 }),
      localizations: many('profileSourceLocalization'),
      sourceId: one('Edm.String', { maxLength: 256 }),
      webUrl: one('Edm.String', { maxLength: 2048 }),
    },
  }),
  complexType('profileSourceLocalization', {
    ...beta,
    properties: {
      displayName: one('Edm.String'),
      languageTag: one('Edm.String'),
      webUrl: one('Edm.String'),
    },
  }),
  entityType('insightsSettings', {
    base: 'entity',
    properties: {
      disabledForGroup: one('Edm.String'),
      isEnabledInOrganization: one('Edm.Boolean'),
    },
  }),
  entityType('profileCardProperty', {
    base: 'entity',
    properties: {
      annotations: many('profileCardAnnotation'),
      directoryPropertyName: one('Edm.String', { immutable: true }),
    },
  }),
  complexType('profileCardAnnotation', {
    properties: {
      displayName: one('Edm.String'),
      localizations: many('displayNameLocalization'),
    },
  }),
  complexType('displayNameLocalization', {
    properties: { displayName: one('Edm.String'), languageTag: one('Edm.String') },
  }),
  entityType('pronounsSettings', {
    base: 'entity',
    properties: {
      isEnabledInOrganization: one('Edm.Boolean', { nullable: false, initial: false }),
    },
  }),
];
