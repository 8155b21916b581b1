import { complexType, entityType, many, one, type TypeDeclaration, toOne } from '../schema.ts';

/** How somebody from elsewhere is invited to a directory; nothing of it but the guest is kept. */
export const invitation: readonly TypeDeclaration[] = [
  entityType('invitation', {
    base: 'entity',
    derived: true,
    properties: {
      invitedUserDisplayName: one('Edm.String', { maxLength: 256 }),
      invitedUserEmailAddress: one('Edm.String', { nullable: false }),
      invitedUserMessageInfo: one('invitedUserMessageInfo'),
      invitedUserType: one('Edm.String', { allowed: ['Guest', 'Member'] }),
      inviteRedeemUrl: one('Edm.String', { computed: true }),
      inviteRedirectUrl: one('Edm.String', { nullable: false }),
      resetRedemption: one('Edm.Boolean'),
      sendInvitationMessage: one('Edm.Boolean'),
      status: one('Edm.String', { computed: true }),
    },
    navigation: { invitedUser: toOne('user', { derived: true }) },
  }),
  complexType('invitedUserMessageInfo', {
    properties: {
      ccRecipients: many('recipient'),
      customizedMessageBody: one('Edm.String'),
      messageLanguage: one('Edm.String'),
    },
  }),
  complexType('recipient', { properties: { emailAddress: one('emailAddress') } }),
];
