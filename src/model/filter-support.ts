/**
 * What the properties of directory objects do in a query: Graph's page "Advanced query capabilities
 * on Microsoft Entra ID objects" and the property tables of its pages user and group. A property
 * that is not listed cannot be filtered, ordered or searched by.
 */

/** `advanced` needs the header `ConsistencyLevel: eventual` and `$count=true`. */
export type SupportLevel = 'default' | 'advanced' | 'no';

/** The operators that differ from property to property. */
export interface FilterSupport {
  /** `eq` and `in`; `ne` follows it, and is always advanced. */
  readonly eq: SupportLevel;
  readonly startsWith: SupportLevel;
  /** `ge` and `le`; `gt` and `lt` are supported nowhere. */
  readonly range: SupportLevel;
  /** `eq null`. */
  readonly null: SupportLevel;
}

/** Everything that the properties of one type support, by their path without lambda variables. */
export interface DirectorySupport {
  readonly filter: ReadonlyMap<string, FilterSupport>;
  /** Those that `endsWith` takes, in advanced queries alone. */
  readonly endsWith: ReadonlySet<string>;
  /** Collections that `/$count eq 0` and `/$count ne 0` take, in advanced queries alone. */
  readonly countable: ReadonlySet<string>;
  readonly orderable: ReadonlyMap<string, SupportLevel>;
}

type Row = readonly [support: Partial<FilterSupport>, paths: string];

const eq = { eq: 'default' } as const;
const eqOrNull = { eq: 'default', null: 'advanced' } as const;
const text = { eq: 'default', startsWith: 'default' } as const;
const textOrNull = { ...text, null: 'advanced' } as const;
const instant = { eq: 'default', range: 'default' } as const;
const advancedEq = { eq: 'advanced' } as const;
const advancedEqOrNull = { eq: 'advanced', null: 'advanced' } as const;
const advancedText = { eq: 'advanced', startsWith: 'advanced' } as const;
const advancedTextOrNull = { ...advancedText, null: 'advanced' } as const;
const advancedInstant = { eq: 'advanced', range: 'advanced' } as const;

const extensionAttributes = Array.from(
  { length: 15 },
  (_, index) => `onPremisesExtensionAttributes/extensionAttribute${index + 1}`,
).join(' ');

const user: readonly Row[] = [
  [eq, 'accountEnabled ageGroup assignedLicenses/skuId consentProvidedForMinor creationType'],
  [eq, 'externalUserState isResourceAccount manager/id onPremisesImmutableId'],
  [eq, 'onPremisesProvisioningErrors/category onPremisesProvisioningErrors/propertyCausingError'],
  [eqOrNull, 'employeeId onPremisesSecurityIdentifier onPremisesSyncEnabled userType'],
  [{ eq: 'default', null: 'default' }, 'identities/issuer'],
  [text, 'imAddresses infoCatalogs otherMails proxyAddresses'],
  [text, 'onPremisesUserPrincipalName userPrincipalName'],
  [textOrNull, 'city country department displayName givenName jobTitle mail mailNickname'],
  [textOrNull, 'state surname usageLocation'],
  [{ ...instant, null: 'advanced' }, 'createdDateTime'],
  [instant, 'manager/deletedDateTime onPremisesLastSyncDateTime'],
  [advancedEq, 'assignedPlans/capabilityStatus assignedPlans/service assignedPlans/servicePlanId'],
  [advancedEq, 'createdObjects/id employeeOrgData/costCenter employeeOrgData/division'],
  [advancedEq, 'employeeType provisionedPlans/provisioningStatus provisionedPlans/service'],
  [advancedEq, 'showInAddressList'],
  [advancedEqOrNull, extensionAttributes],
  [advancedEqOrNull, 'passwordProfile/forceChangePasswordNextSignIn'],
  [advancedEqOrNull, 'passwordProfile/forceChangePasswordNextSignInWithMfa'],
  [advancedText, 'businessPhones onPremisesSamAccountName'],
  [advancedTextOrNull, 'companyName faxNumber mobilePhone officeLocation postalCode'],
  [advancedTextOrNull, 'preferredLanguage streetAddress'],
  [advancedInstant, 'employeeHireDate'],
  [{ null: 'advanced' }, 'passwordPolicies'],
];

const group: readonly Row[] = [
  [eq, 'assignedLicenses/skuId createdByAppId createdOnBehalfOf/id isAssignableToRole'],
  [eq, 'mailEnabled securityEnabled'],
  [eq, 'onPremisesProvisioningErrors/category onPremisesProvisioningErrors/propertyCausingError'],
  [eqOrNull, 'onPremisesSecurityIdentifier onPremisesSyncEnabled'],
  [{ eq: 'default', null: 'default' }, 'hasMembersWithLicenseErrors'],
  [text, 'classification infoCatalogs membershipRule proxyAddresses'],
  [text, 'resourceBehaviorOptions resourceProvisioningOptions'],
  [textOrNull, 'displayName mail mailNickname'],
  [instant, 'createdOnBehalfOf/deletedDateTime onPremisesLastSyncDateTime renewedDateTime'],
  [advancedText, 'description onPremisesSamAccountName'],
  [advancedTextOrNull, 'preferredLanguage'],
  [advancedInstant, 'expirationDateTime'],
];

/** What the page's table leaves out although other pages of Graph filter by it. */
const userBesideTheTable: readonly Row[] = [
  [eq, 'id identities/issuerAssignedId cloudRealtimeCommunicationInfo/isSipEnabled'],
  [eq, 'isLicenseReconciliationNeeded'],
  [instant, 'signInActivity/lastSignInDateTime signInActivity/lastNonInteractiveSignInDateTime'],
  [instant, 'signInActivity/lastSuccessfulSignInDateTime'],
  [advancedEq, 'authorizationInfo/certificateUserIds externalUserStateChangeDateTime'],
  [advancedEq, 'serviceProvisioningErrors/isResolved serviceProvisioningErrors/serviceInstance'],
  [advancedInstant, 'employeeLeaveDateTime'],
];

const groupBesideTheTable: readonly Row[] = [
  [eq, 'id groupTypes membershipRuleProcessingState'],
  [text, 'uniqueName'],
  [instant, 'createdDateTime'],
];

const userSupport: DirectorySupport = {
  filter: new Map([...user, ...userBesideTheTable].flatMap(expandRow)),
  endsWith: new Set(['mail', 'otherMails', 'proxyAddresses', 'userPrincipalName']),
  countable: new Set(['assignedLicenses', 'otherMails', 'proxyAddresses']),
  orderable: new Map([
    ['displayName', 'default'],
    ['userPrincipalName', 'default'],
    ['deletedDateTime', 'advanced'],
  ]),
};

const groupSupport: DirectorySupport = {
  filter: new Map([...group, ...groupBesideTheTable].flatMap(expandRow)),
  endsWith: new Set(['mail', 'proxyAddresses']),
  countable: new Set([
    'assignedLicenses',
    'members',
    'onPremisesProvisioningErrors',
    'owners',
    'proxyAddresses',
  ]),
  orderable: new Map([
    ['displayName', 'default'],
    ['deletedDateTime', 'advanced'],
  ]),
};

const supports: ReadonlyMap<string, DirectorySupport> = new Map([
  ['microsoft.graph.user', userSupport],
  ['microsoft.graph.group', groupSupport],
  ['microsoft.graph.directoryObject', unite(groupSupport, userSupport)],
]);

/**
 * What the properties of a directory object's type support, by the type's qualified name; undefined
 * for every other type. A directory object is queried by what users or groups support.
 */
export function directorySupport(typeName: string): DirectorySupport | undefined {
  return supports.get(typeName);
}

/** What registered extensions support: Graph filters by them like by other default properties. */
export const extensionSupport: FilterSupport = {
  ...textOrNull,
  range: 'default',
};

/** What custom security attributes support, whose names a tenant chooses. */
export const securityAttributeSupport: FilterSupport = {
  ...advancedTextOrNull,
  range: 'no',
};

/** Properties that Graph keeps outside the directory and reads for one person at a time alone. */
export const readOneByOne: ReadonlySet<string> = new Set(
  (
    'aboutMe birthday hireDate interests mailboxSettings mySite pastProjects preferredName ' +
    'responsibilities schools skills'
  ).split(' '),
);

function expandRow([support, paths]: Row): readonly (readonly [string, FilterSupport])[] {
  const whole: FilterSupport = {
    eq: 'no',
    startsWith: 'no',
    range: 'no',
    null: 'no',
    ...support,
  };
  return paths.split(' ').map((path) => [path, whole] as const);
}

function unite(one: DirectorySupport, other: DirectorySupport): DirectorySupport {
  return {
    filter: new Map([...one.filter, ...other.filter]),
    endsWith: new Set([...one.endsWith, ...other.endsWith]),
    countable: new Set([...one.countable, ...other.countable]),
    orderable: new Map([...one.orderable, ...other.orderable]),
  };
}
