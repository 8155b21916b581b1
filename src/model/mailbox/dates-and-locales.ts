import { complexType, enumType, one, type TypeDeclaration } from '../schema.ts';

/** Times, days and languages as Outlook writes them. */
export const datesAndLocales: readonly TypeDeclaration[] = [
  complexType('dateTimeTimeZone', {
    properties: {
      dateTime: one('Edm.String', { nullable: false }),
      timeZone: one('Edm.String'),
    },
  }),
  enumType(
    'dayOfWeek',
    ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'],
    { anyStringAt: ['localtest'] },
  ),
  complexType('localeInfo', {
    properties: {
      locale: one('Edm.String'),
      displayName: one('Edm.String'),
    },
  }),
];
