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
import { extensionNames } from './extensions.ts';

/** What Graph's pages show of a group where nothing is selected. */
const defaultProperties =
  'id deletedDateTime classification createdDateTime description displayName expirationDateTime ' +
  'groupTypes isAssignableToRole mail mailEnabled mailNickname membershipRule ' +
  'membershipRuleProcessingState onPremisesDomainName onPremisesLastSyncDateTime ' +
  'onPremisesNetBiosName onPremisesProvisioningErrors onPremisesSamAccountName ' +
  'onPremisesSecurityIdentifier onPremisesSyncEnabled preferredDataLocation preferredLanguage ' +
  'proxyAddresses renewedDateTime resourceBehaviorOptions resourceProvisioningOptions ' +
  'securityEnabled securityIdentifier serviceProvisioningErrors theme uniqueName visibility';

/** A group of the directory. */
export const group: readonly TypeDeclaration[] = [
  entityType('group', {
    base: 'directoryObject',
    alternateKeys: ['uniqueName'],
    defaultSet: { 'v1.0': defaultProperties.split(' ') },
    open: true,
    opensTo: extensionNames,
    properties: {
      accessType: one('groupAccessType'),
      allowExternalSenders: one('Edm.Boolean'),
      assignedLabels: many('assignedLabel'),
      assignedLicenses: many('assignedLicense'),
      autoSubscribeNewMembers: one('Edm.Boolean'),
      classification: one('Edm.String', { index: 'ordered' }),
      createdByAppId: one('Edm.String', { index: 'ordered', ...beta }),
      createdDateTime: one('Edm.DateTimeOffset'),
      description: one('Edm.String'),
      displayName: one('Edm.String', { index: 'ordered' }),
      expirationDateTime: one('Edm.DateTimeOffset'),
      groupTypes: many('Edm.String', {
        description: '`Unified` marks a Microsoft 365 group, `DynamicMembership` a rule-based one.',
      }),
      hasMembersWithLicenseErrors: one('Edm.Boolean', { index: 'ordered' }),
      hideFromAddressLists: one('Edm.Boolean'),
      hideFromOutlookClients: one('Edm.Boolean'),
      infoCatalogs: many('Edm.String'),
      isArchived: one('Edm.Boolean'),
      isAssignableToRole: one('Edm.Boolean', { index: 'ordered' }),
      isFavorite: one('Edm.Boolean'),
      isManagementRestricted: one('Edm.Boolean'),
      isSubscribedByMail: one('Edm.Boolean'),
      licenseProcessingState: one('licenseProcessingState'),
      mail: one('Edm.String', { index: 'ordered' }),
      mailEnabled: one('Edm.Boolean', { index: 'ordered' }),
      mailNickname: one('Edm.String', { index: 'ordered' }),
      membershipRule: one('Edm.String', { index: 'ordered' }),
      membershipRuleProcessingState: one('Edm.String'),
      membershipRuleProcessingStatus: one('membershipRuleProcessingStatus', beta),
      onPremisesDomainName: one('Edm.String'),
      onPremisesExtensionAttributes: one('onPremisesExtensionAttributes'),
      onPremisesLastSyncDateTime: one('Edm.DateTimeOffset', { index: 'ordered' }),
      onPremisesNetBiosName: one('Edm.String'),
      onPremisesProvisioningErrors: many('onPremisesProvisioningError'),
      onPremisesSamAccountName: one('Edm.String'),
      onPremisesSecurityIdentifier: one('Edm.String', { index: 'ordered' }),
      onPremisesSyncEnabled: one('Edm.Boolean', { index: 'ordered' }),
      organizationId: one('Edm.String'),
      preferredDataLocation: one('Edm.String'),
      preferredLanguage: one('Edm.String'),
      proxyAddresses: many('Edm.String'),
      renewedDateTime: one('Edm.DateTimeOffset', { index: 'ordered' }),
      resourceBehaviorOptions: many('Edm.String'),
      resourceProvisioningOptions: many('Edm.String'),
      securityEnabled: one('Edm.Boolean', { index: 'ordered' }),
      securityIdentifier: one('Edm.String'),
      serviceProvisioningErrors: many('serviceProvisioningError'),
      theme: one('Edm.String'),
      uniqueName: one('Edm.String', { index: 'unique', immutable: true }),
      unseenConversationsCount: one('Edm.Int32'),
      unseenCount: one('Edm.Int32'),
      unseenMessagesCount: one('Edm.Int32'),
      visibility: one('Edm.String'),
      welcomeMessageEnabled: one('Edm.Boolean'),
      writebackConfiguration: one('groupWritebackConfiguration', beta),
    },
    navigation: {
      members: toMany('directoryObject', { relation: 'members' }),
      owners: toMany('directoryObject', { relation: 'owners' }),
      transitiveMembers: toMany('directoryObject', { relation: 'members', transitive: true }),
      memberOf: toMany('directoryObject', { relation: 'members', inverse: true }),
      transitiveMemberOf: toMany('directoryObject', {
        relation: 'members',
        inverse: true,
        transitive: true,
      }),
      acceptedSenders: toMany('directoryObject', { relation: 'acceptedSenders' }),
      rejectedSenders: toMany('directoryObject', { relation: 'rejectedSenders' }),
      createdOnBehalfOf: toOne('directoryObject', { relation: 'creator' }),
      appRoleAssignments: toMany('appRoleAssignment', { contains: true, derived: true }),
      extensions: toMany('extension', { contains: true }),
      photo: toOne('profilePhoto', { contains: true }),
      photos: toMany('profilePhoto', { contains: true, storedAs: 'photo' }),
      team: toOne('team', { contains: true }),
    },
  }),
  enumType('groupAccessType', ['none', 'private', 'secret', 'public', 'unknownFutureValue']),
  complexType('assignedLabel', {
    properties: {
      displayName: one('Edm.String'),
      labelId: one('Edm.String'),
    },
  }),
  complexType('membershipRuleProcessingStatus', {
    ...beta,
    properties: {
      errorMessage: one('Edm.String'),
      lastMembershipUpdated: one('Edm.DateTimeOffset'),
      status: one('MembershipRuleProcessingStatusDetails'),
    },
  }),
  enumType(
    'MembershipRuleProcessingStatusDetails',
    ['NotStarted', 'Running', 'Failed', 'Succeeded', 'UnsupportedFutureValue'],
    beta,
  ),
  complexType('writebackConfiguration', {
    ...beta,
    properties: {
      isEnabled: one('Edm.Boolean'),
    },
  }),
  complexType('groupWritebackConfiguration', {
    ...beta,
    base: 'writebackConfiguration',
    properties: {
      onPremisesGroupType: one('Edm.String'),
    },
  }),
];
