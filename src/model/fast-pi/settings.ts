import { complexType, enumType, many, one, type TypeDeclaration } from '../schema.ts';
import { fastPi } from './dialect.ts';

/** Values of the settings of a user and of an organization. */
export const settings: readonly TypeDeclaration[] = [
  complexType('displayNameLocalization', {
    ...fastPi,
    properties: {
      languageTag: one('Edm.String'),
      displayName: one('Edm.String'),
    },
  }),
  complexType('profileCardAnnotation', {
    ...fastPi,
    properties: {
      displayName: one('Edm.String'),
      localizations: many('displayNameLocalization'),
    },
  }),
  complexType('regionalFormatOverrides', {
    ...fastPi,
    properties: {
      calendar: one('Edm.String'),
      firstDayOfWeek: one('Edm.String'),
      shortDateFormat: one('Edm.String'),
      longDateFormat: one('Edm.String'),
      shortTimeFormat: one('Edm.String'),
      longTimeFormat: one('Edm.String'),
      timeZone: one('Edm.String'),
    },
  }),
  enumType('translationBehavior', ['Ask', 'Yes', 'No'], fastPi),
  complexType('translationLanguageOverride', {
    ...fastPi,
    properties: {
      languageTag: one('Edm.String', { nullable: false }),
      translationBehavior: one('translationBehavior'),
    },
  }),
  complexType('translationPreferences', {
    ...fastPi,
    properties: {
      translationBehavior: one('translationBehavior'),
      languageOverrides: many('translationLanguageOverride'),
      untranslatedLanguages: many('Edm.String'),
    },
  }),
];
