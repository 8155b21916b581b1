import { beta } from '../beta.ts';
import { complexType, entityType, enumType, one, type TypeDeclaration, toOne } from '../schema.ts';

/** The Teams side of a Microsoft 365 group. */
export const team: readonly TypeDeclaration[] = [
  entityType('team', {
    base: 'entity',
    properties: {
      classification: one('Edm.String'),
      createdDateTime: one('Edm.DateTimeOffset'),
      description: one('Edm.String'),
      discoverySettings: one('teamDiscoverySettings', beta),
      displayName: one('Edm.String'),
      firstChannelName: one('Edm.String'),
      funSettings: one('teamFunSettings'),
      guestSettings: one('teamGuestSettings'),
      internalId: one('Edm.String'),
      isArchived: one('Edm.Boolean'),
      isMembershipLimitedToOwners: one('Edm.Boolean', beta),
      memberSettings: one('teamMemberSettings'),
      messagingSettings: one('teamMessagingSettings'),
      specialization: one('teamSpecialization'),
      summary: one('teamSummary'),
      tenantId: one('Edm.String'),
      visibility: one('teamVisibilityType'),
      webUrl: one('Edm.String'),
    },
    navigation: {
      // A team and its group are one: its photo is the group's.
      photo: toOne('profilePhoto', { contains: true, storedAs: '../photo' }),
    },
  }),
  complexType('teamDiscoverySettings', {
    ...beta,
    properties: {
      showInTeamsSearchAndSuggestions: one('Edm.Boolean'),
    },
  }),
  complexType('teamFunSettings', {
    properties: {
      allowCustomMemes: one('Edm.Boolean'),
      allowGiphy: one('Edm.Boolean'),
      allowStickersAndMemes: one('Edm.Boolean'),
      giphyContentRating: one('giphyRatingType'),
    },
  }),
  enumType('giphyRatingType', ['strict', 'moderate', 'unknownFutureValue']),
  complexType('teamGuestSettings', {
    properties: {
      allowCreateUpdateChannels: one('Edm.Boolean'),
      allowDeleteChannels: one('Edm.Boolean'),
    },
  }),
  complexType('teamMemberSettings', {
    properties: {
      allowAddRemoveApps: one('Edm.Boolean'),
      allowCreatePrivateChannels: one('Edm.Boolean'),
      allowCreateUpdateChannels: one('Edm.Boolean'),
      allowCreateUpdateRemoveConnectors: one('Edm.Boolean'),
      allowCreateUpdateRemoveTabs: one('Edm.Boolean'),
      allowDeleteChannels: one('Edm.Boolean'),
    },
  }),
  complexType('teamMessagingSettings', {
    properties: {
      allowChannelMentions: one('Edm.Boolean'),
      allowOwnerDeleteMessages: one('Edm.Boolean'),
      allowTeamMentions: one('Edm.Boolean'),
      allowUserDeleteMessages: one('Edm.Boolean'),
      allowUserEditMessages: one('Edm.Boolean'),
    },
  }),
  complexType('teamSummary', {
    properties: {
      guestsCount: one('Edm.Int32'),
      membersCount: one('Edm.Int32'),
      ownersCount: one('Edm.Int32'),
    },
  }),
  enumType('teamSpecialization', [
    'none',
    'educationStandard',
    'educationClass',
    'educationProfessionalLearningCommunity',
    'educationStaff',
    'healthcareStandard',
    'healthcareCareCoordination',
    'unknownFutureValue',
  ]),
  enumType('teamVisibilityType', ['private', 'public', 'hiddenMembership', 'unknownFutureValue']),
];
