import { complexType, one, type TypeDeclaration } from '../schema.ts';

/** Dates whose parts may be unknown, spans of time, languages. */
export const datesAndLocales: readonly TypeDeclaration[] = [
  complexType('Date', {
    properties: {
      day: one('Edm.Int32'),
      month: one('Edm.Int32'),
      year: one('Edm.Int32'),
    },
  }),
  complexType('DateRange', {
    properties: {
      start: one('Date', { description: 'Inclusive; absent means open.' }),
      end: one('Date', { description: 'Exclusive; absent means open.' }),
    },
  }),
  complexType('Duration', {
    properties: {
      numDays: one('Edm.Int32'),
      numMonths: one('Edm.Int32'),
      numYears: one('Edm.Int32'),
    },
  }),
  complexType('Locale', {
    properties: {
      language: one('Edm.String', { nullable: false }),
      country: one('Edm.String'),
      variant: one('Edm.String'),
    },
  }),
];
