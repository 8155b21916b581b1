import { complexType, one, type TypeDeclaration } from '../schema.ts';

/** A time zone by name, or by its own rules. */
export const timeZones: readonly TypeDeclaration[] = [
  complexType('timeZoneBase', {
    properties: {
      name: one('Edm.String'),
    },
  }),
  complexType('customTimeZone', {
    base: 'timeZoneBase',
    properties: {
      bias: one('Edm.Int32', { description: 'Minutes between UTC and local standard time.' }),
      standardOffset: one('standardTimeZoneOffset'),
      daylightOffset: one('daylightTimeZoneOffset'),
    },
  }),
  complexType('standardTimeZoneOffset', {
    properties: {
      time: one('Edm.TimeOfDay'),
      dayOccurrence: one('Edm.Int32', {
        description: 'Which of the month: 1 to 4, or 5 for the last one.',
      }),
      dayOfWeek: one('dayOfWeek'),
      month: one('Edm.Int32'),
      year: one('Edm.Int32', { description: '0 stands for every year.' }),
    },
  }),
  complexType('daylightTimeZoneOffset', {
    base: 'standardTimeZoneOffset',
    properties: {
      daylightBias: one('Edm.Int32', { description: 'Minutes added to the bias while it lasts.' }),
    },
  }),
];
