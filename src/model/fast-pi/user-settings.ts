import { entityType, many, one, type TypeDeclaration, toOne } from '../schema.ts';
import { fastPi } from './dialect.ts';

/** What the signed-in user has chosen for themselves. */
export const userSettings: readonly TypeDeclaration[] = [
  entityType('userSettings', {
    ...fastPi,
    navigation: {
      contactMergeSuggestions: toOne('contactMergeSuggestions', { contains: true }),
      regionalAndLanguageSettings: toOne('regionalAndLanguageSettings', { contains: true }),
    },
  }),
  entityType('contactMergeSuggestions', {
    ...fastPi,
    properties: { isEnabled: one('Edm.Boolean') },
  }),
  entityType('regionalAndLanguageSettings', {
    ...fastPi,
    properties: {
      defaultDisplayLanguage: one('localeInfo'),
      authoringLanguages: many('localeInfo'),
      defaultTranslationLanguage: one('localeInfo'),
      defaultSpeechInputLanguage: one('localeInfo'),
      defaultRegionalFormat: one('localeInfo'),
      regionalFormatOverrides: one('regionalFormatOverrides'),
      translationPreferences: one('translationPreferences'),
    },
  }),
];
