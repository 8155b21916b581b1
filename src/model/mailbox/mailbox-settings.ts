import { beta } from '../beta.ts';
import { complexType, enumType, many, one, type TypeDeclaration } from '../schema.ts';

/** How a mailbox answers, speaks and works. */
export const mailboxSettings: readonly TypeDeclaration[] = [
  complexType('mailboxSettings', {
    properties: {
      automaticRepliesSetting: one('automaticRepliesSetting'),
      archiveFolder: one('Edm.String'),
      language: one('localeInfo'),
      workingHours: one('workingHours'),
      dateFormat: one('Edm.String'),
      timeFormat: one('Edm.String'),
      delegateMeetingMessageDeliveryOptions: one('delegateMeetingMessageDeliveryOptions'),
      timeZone: one('Edm.String'),
      userPurpose: one('userPurpose'),
      userPurposeV2: one('mailboxRecipientType', beta),
    },
  }),
  complexType('automaticRepliesSetting', {
    properties: {
      status: one('automaticRepliesStatus'),
      externalAudience: one('externalAudienceScope'),
      scheduledStartDateTime: one('dateTimeTimeZone'),
      scheduledEndDateTime: one('dateTimeTimeZone'),
      internalReplyMessage: one('Edm.String'),
      externalReplyMessage: one('Edm.String'),
    },
  }),
  enumType('automaticRepliesStatus', ['disabled', 'alwaysEnabled', 'scheduled'], {
    anyStringAt: ['localtest'],
  }),
  enumType('externalAudienceScope', ['none', 'contactsOnly', 'all'], {
    anyStringAt: ['localtest'],
  }),
  enumType(
    'delegateMeetingMessageDeliveryOptions',
    ['sendToDelegateAndInformationToPrincipal', 'sendToDelegateAndPrincipal', 'sendToDelegateOnly'],
    { anyStringAt: ['localtest'] },
  ),
  enumType(
    'userPurpose',
    { user: 1, linked: 2, shared: 3, room: 4, equipment: 5, others: 6, unknownFutureValue: 7 },
    { anyStringAt: ['localtest'] },
  ),
  enumType(
    'mailboxRecipientType',
    ['unknown', 'user', 'linked', 'shared', 'room', 'equipment', 'others'],
    { ...beta, anyStringAt: ['localtest'] },
  ),
  complexType('workingHours', {
    properties: {
      daysOfWeek: many('dayOfWeek'),
      startTime: one('Edm.TimeOfDay'),
      endTime: one('Edm.TimeOfDay'),
      timeZone: one('timeZoneBase'),
    },
  }),
];
