import { Refusal } from '#errors.ts';
import type { Document } from '#plan/document.ts';
import type { TypeRules } from '../type-rules.ts';

/** Everybody has their settings, whether somebody has changed them or not. */
const always: TypeRules = { initial: () => ({}) };

/** Names of properties, as directories have them. */
const NAME = /^[\p{L}_][\p{L}\p{N}_]{0,127}$/u;

/** A property is named by whoever adds it to the cards of everybody, in either dialect. */
export const cardProperty: TypeRules = {
  identify({ directoryPropertyName }: Document): string {
    const name = typeof directoryPropertyName === 'string' ? directoryPropertyName : '';
    if (NAME.test(name)) return name;
    const message = `'${name}' is no name of a property. It begins with a letter.`;
    throw new Refusal('badRequest', message, { target: 'directoryPropertyName' });
  },
};

/** The rules of settings in the Fast.PI dialect, by the types that have them. */
export const settingsRules: readonly (readonly [string, TypeRules])[] = [
  ['userSettings', always],
  ['contactMergeSuggestions', always],
  ['regionalAndLanguageSettings', always],
  ['organizationSettings', always],
  ['itemInsightsSettings', always],
  ['insightsSettings', always],
  ['profileCardProperty', cardProperty],
];
