import type { Value } from '#plan/document.ts';

/** Properties that only the server sets. */
export const neverSet: ReadonlySet<string> = new Set(
  (
    'assignedPlans createdDateTime creationType deletedDateTime ' +
    'externalUserState externalUserStateChangeDateTime identityParentId imAddresses ' +
    'isLicenseReconciliationNeeded isManagementRestricted lastPasswordChangeDateTime ' +
    'legalAgeGroupClassification licenseAssignmentStates onPremisesDistinguishedName ' +
    'onPremisesDomainName onPremisesLastSyncDateTime onPremisesProvisioningErrors ' +
    'onPremisesSamAccountName onPremisesSecurityIdentifier onPremisesSipInfo ' +
    'onPremisesSyncEnabled onPremisesUserPrincipalName provisionedPlans proxyAddresses ' +
    'refreshTokensValidFromDateTime securityIdentifier serviceProvisioningErrors ' +
    'signInActivity signInSessionsValidFromDateTime'
  ).split(' '),
);

/** Those of them that the contract's page changes all the same. */
export const onceOnPage: ReadonlySet<string> = new Set(
  (
    'assignedPlans deletedDateTime imAddresses lastPasswordChangeDateTime ' +
    'legalAgeGroupClassification licenseAssignmentStates onPremisesDistinguishedName ' +
    'onPremisesDomainName onPremisesLastSyncDateTime onPremisesProvisioningErrors ' +
    'onPremisesSamAccountName onPremisesSecurityIdentifier onPremisesSyncEnabled ' +
    'onPremisesUserPrincipalName provisionedPlans proxyAddresses signInSessionsValidFromDateTime'
  ).split(' '),
);

/** Properties that Graph keeps elsewhere: a PATCH of them has no others. */
export const ownPatch: ReadonlySet<string> = new Set([
  'aboutMe',
  'birthday',
  'interests',
  'mySite',
  'pastProjects',
  'preferredName',
  'responsibilities',
  'schools',
  'skills',
]);

/** Properties that have a value for good once they have one. */
export const neverCleared: ReadonlySet<string> = new Set(
  'accountEnabled displayName mailNickname passwordProfile usageLocation userPrincipalName'.split(
    ' ',
  ),
);

/** Properties that are changed where a person comes from, if that is another directory. */
export const synchronized: ReadonlySet<string> = new Set(
  (
    'businessPhones city companyName country department displayName employeeId faxNumber ' +
    'givenName jobTitle mail mailNickname mobilePhone officeLocation ' +
    'onPremisesExtensionAttributes postalCode state streetAddress surname'
  ).split(' '),
);

/** What a property may hold beside what its type says. */
export interface Choice {
  readonly why: string;
  accepts(value: Value): boolean;
}

const oneOf = (...values: readonly string[]): Choice => ({
  why: `The values are ${values.join(', ')}.`,
  accepts: (value) => values.includes(value as string),
});

const like = (pattern: RegExp, why: string): Choice => ({
  why,
  accepts: (value) => pattern.test(String(value)),
});

/** The properties of users that hold only some values of their type. */
export const userChoices: ReadonlyMap<string, Choice> = new Map([
  ['ageGroup', oneOf('Minor', 'NotAdult', 'Adult')],
  ['consentProvidedForMinor', oneOf('Granted', 'Denied', 'NotRequired')],
  ['userType', oneOf('Member', 'Guest')],
  ['usageLocation', like(/^[A-Za-z]{2}$/, 'A country has the two letters of ISO 3166.')],
  [
    'preferredLanguage',
    like(/^[A-Za-z]{2,3}(-[A-Za-z\d]{1,8})*$/, 'A language is written like en or en-US.'),
  ],
  [
    'businessPhones',
    { why: 'There is one number at most.', accepts: (value) => (value as Value[]).length <= 1 },
  ],
]);
