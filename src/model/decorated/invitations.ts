import {
  complexType,
  entityType,
  enumType,
  many,
  one,
  type TypeDeclaration,
  toMany,
} from '../schema.ts';

/** Invitations between members, and the ways to close them. */
export const invitations: readonly TypeDeclaration[] = [
  entityType('linkedIn', {
    base: 'entity',
    properties: {
      status: one('userLinkedInStatus', { roots: [] }),
      scopes: one('Edm.String', { roots: [] }),
      invitedOn: one('Edm.Date', { roots: [], description: 'The last day of invitations.' }),
      invitedCount: one('Edm.Int32', { roots: [], description: 'How many were sent that day.' }),
    },
    navigation: {
      invitations: toMany('InvitationV2', { contains: true, derived: true }),
      blockedMembers: toMany('blockedMember', { contains: true }),
      savedLeads: toMany('kith.savedLead', { contains: true, roots: [] }),
      flaggedContents: toMany('kith.flaggedContent', { contains: true, roots: [] }),
    },
  }),
  entityType('blockedMember', {
    base: 'entity',
    description: 'A member who may not invite the caller; no schema of 2022 has it.',
    properties: {
      member: one('Edm.String', { nullable: false, description: 'A member URN.' }),
      created: one('Edm.Int64', {
        computed: true,
        kept: true,
        description: 'Milliseconds since 1970.',
      }),
    },
  }),
  entityType('InvitationV2', {
    base: 'entity',
    properties: {
      created: one('Edm.Int64', {
        nullable: false,
        computed: true,
        kept: true,
        description: 'Milliseconds since 1970.',
      }),
      lastModified: one('Edm.Int64', {
        nullable: false,
        computed: true,
        kept: true,
        description: 'Milliseconds since 1970.',
      }),
      inviter: one('Edm.String', { nullable: false, description: 'A member URN.' }),
      invitee: one('Edm.String', {
        nullable: false,
        description: 'A URN of a member, an email address or a phone.',
      }),
      message: one('InvitationV2Message'),
      trackingId: one('Edm.String'),
    },
  }),
  complexType('InvitationV2Message', {
    properties: {
      invitationTemplateID: one('Edm.String'),
      invitationMessage: one('InvitationMessage'),
    },
  }),
  complexType('InvitationMessage', {
    properties: {
      body: one('Edm.String', { nullable: false }),
    },
  }),
  complexType('liInvitation', {
    properties: {
      invitationId: one('Edm.String', { nullable: false }),
      validationToken: one('Edm.String', { nullable: false }),
    },
  }),
  complexType('InviteActionData', {
    properties: {
      invitationId: one('Edm.String', { nullable: false }),
      validationToken: one('Edm.String'),
      trackingId: one('Edm.String'),
    },
  }),
  enumType('InviteeActionType', ['ACCEPT', 'IGNORE', 'REJECT', 'REPORT_SPAM']),
  complexType('InviteActionResults', {
    properties: {
      inviteActionResults: many('InviteActionStatus'),
    },
  }),
  complexType('InviteActionStatus', {
    properties: {
      id: one('Edm.String', { nullable: false }),
      status: one('Edm.Int32'),
      message: one('Edm.String'),
    },
  }),
];
