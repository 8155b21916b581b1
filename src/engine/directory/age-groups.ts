import type { Value } from '#plan/document.ts';

/** What a minor is to the law, by the consent that has been given. */
const minors: ReadonlyMap<Value | undefined, string> = new Map<Value | undefined, string>([
  ['Granted', 'MinorWithParentalConsent'],
  ['NotRequired', 'MinorNoParentalConsentRequired'],
]);

/**
 * What somebody is to the law, which Graph works out from the age group and the consent ("Legal age
 * group property definitions"); null where no age group is known.
 */
export function legalAgeGroupOf(ageGroup: Value | undefined, consent: Value | undefined): Value {
  if (ageGroup !== 'Minor') return ageGroup ?? null;
  return minors.get(consent) ?? 'MinorWithoutParentalConsent';
}
