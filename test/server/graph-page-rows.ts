/** One request of Graph's pages: who asks, what, and what comes back. */
export interface Row {
  readonly ask: string;
  readonly body?: object;
  readonly isAdvanced?: true;
  readonly isApp?: true;
  readonly status?: number;
  /** The fragment of the context URL. */
  readonly context?: string;
  /** Members that the answer has, or the first of its members. */
  readonly has?: readonly string[];
  readonly code?: string;
  /** Remembers the id of what is made, or its name. */
  readonly keep?: string;
  readonly keepName?: string;
}

type More = Omit<Row, 'ask'>;
const row = (ask: string, more: More = {}): Row => ({ ask, ...more });
/** As an application. */
const app = (ask: string, more: More = {}): Row => ({ ask, isApp: true, ...more });
/** With the header that advanced queries need. */
const grown = (ask: string, more: More = {}): Row => app(ask, { isAdvanced: true, ...more });
const made = (ask: string, body: object, more: More = {}): Row => {
  return app(`POST ${ask}`, { body, status: 201, ...more });
};
const done = (ask: string, body?: object): Row => {
  return app(ask, { ...(body ? { body } : {}), status: 204 });
};

const TEXTS = '#Collection(Edm.String)';
const GROUP = '#groups/$entity';
const at = 'https://graph.microsoft.com/v1.0';
const absent = 'fee2c45b-915a-4a64-b130-f4eb9e75525e';
const sku = '06ebc4ee-1bb5-47dd-8120-11324bc54e06';
const password = { password: 'Lantern-and-17', forceChangePasswordNextSignIn: true };
const person = {
  ...{ accountEnabled: true, displayName: 'Quay {n}', mailNickname: 'quay{n}' },
  ...{ userPrincipalName: 'quay{n}@fernhollow.example', passwordProfile: password },
};
const shown = ['businessPhones', 'displayName', 'jobTitle', 'mail', 'userPrincipalName', 'id'];
const whole = [
  'id',
  'classification',
  'groupTypes',
  'proxyAddresses',
  'visibility',
  'renewedDateTime',
];
const unified = { groupTypes: ['Unified'], mailEnabled: true, securityEnabled: false };

const users: readonly Row[] = [
  app('GET /users', { has: shown, context: '#users' }),
  app(
    "GET /users?$select=displayName,id&$filter=identities/any(c:c/issuerAssignedId eq 'x' and c/issuer eq 'y')",
    {
      context: '#users(displayName,id)',
    },
  ),
  grown('GET /users/$count'),
  grown("GET /users?$filter=startswith(displayName,'a')&$orderby=displayName&$count=true&$top=1"),
  grown("GET /users?$filter=endswith(mail,'a@contoso.com')&$orderby=userPrincipalName&$count=true"),
  grown('GET /users?$search="displayName:wa" OR "displayName:ad"&$orderby=displayName&$count=true'),
  app(
    `GET /users?$select=id,mail,assignedLicenses&$filter=assignedLicenses/any(u:u/skuId eq ${sku})`,
    {
      context: '#users(id,mail,assignedLicenses)',
    },
  ),
  app('GET /users?$select=displayName,signInActivity', {
    context: '#users(displayName,signInActivity)',
  }),
  app('GET /users?$filter=signInActivity/lastSignInDateTime le 2019-06-01T00:00:00Z'),
  app('GET /users?$select=aboutMe', { status: 501 }),
  made('/users', person, { has: shown, context: '#users/$entity', keep: 'quay' }),
  made('/users', person, { status: 400, code: 'Request_BadRequest' }),
  done('PATCH /users/{quay}', { businessPhones: ['+1 555 0109'], officeLocation: '18/2111' }),
  done('PATCH /users/{quay}', { onPremisesExtensionAttributes: { extensionAttribute1: 'x' } }),
  done('PATCH /users/{quay}', { passwordProfile: password }),
  app('PATCH /users/{quay}', { body: { nosuch: 1 }, status: 400 }),
  done('PUT /users/{quay}/manager/$ref', { '@odata.id': `${at}/users/{me}` }),
  app('GET /users/{quay}?$expand=manager', { has: ['manager'] }),
  grown('GET /users/{quay}?$expand=manager($levels=max;$select=id)&$select=id&$count=true', {
    has: ['manager'],
  }),
  done('DELETE /users/{quay}/manager/$ref'),
  app('GET /users/{quay}/manager', { status: 404 }),
  grown('GET /users/{me}/directReports/$count'),
  grown('GET /users/{me}/directReports/microsoft.graph.user?$count=true&$search="displayName:a"'),
  grown(
    'GET /users/{me}/memberOf/microsoft.graph.group?$count=true&$orderby=displayName&$search="displayName:tier"&$select=displayName,id',
    {
      context: '#groups(displayName,id)',
    },
  ),
  grown('GET /users/{me}/transitiveMemberOf/$count'),
  row('POST /me/checkMemberGroups', { body: { groupIds: [absent] }, context: TEXTS }),
  row('POST /me/getMemberGroups', { body: { securityEnabledOnly: true }, context: TEXTS }),
  row('POST /me/getMemberObjects', { body: { securityEnabledOnly: true }, context: TEXTS }),
  app('POST /directoryObjects/getByIds', {
    body: { ids: ['{me}', '{group}'], types: ['user', 'group', 'device'] },
    ...{ context: '#directoryObjects', has: ['@odata.type'] },
  }),
  done('PATCH /users/{quay}', { usageLocation: 'US' }),
  app('POST /users/{quay}/assignLicense', {
    body: { addLicenses: [{ disabledPlans: [], skuId: sku }], removeLicenses: [] },
    context: '#users/$entity',
  }),
  app('POST /users/{quay}/reprocessLicenseAssignment', { context: '#users/$entity' }),
  done('POST /users/{quay}/retryServiceProvisioning'),
  app('POST /users/{quay}/revokeSignInSessions', { context: '#Edm.Boolean' }),
  app('GET /users/delta?$select=jobTitle,displayName', {
    ...{ has: ['id'], context: '#users(jobTitle,displayName)' },
  }),
  app("GET /users/delta?$filter=id eq '{me}' or id eq '{quay}'", { has: ['id'] }),
  app('GET /users/delta?$deltaToken=latest', { context: '#users' }),
  row('GET /me/people?$top=3&$skip=2&$select=displayName,scoredEmailAddresses'),
  row('GET /me/people?$search=ing'),
  made(
    '/users/{quay}/extensions',
    {
      '@odata.type': 'microsoft.graph.openTypeExtension',
      extensionName: 'com.quay',
      theme: 'dark',
    },
    {
      has: ['id', 'theme'],
    },
  ),
  app('GET /users/{quay}?$select=id&$expand=extensions', { has: ['extensions'] }),
  done('PATCH /users/{quay}/extensions/com.quay', { theme: 'light' }),
  done('DELETE /users/{quay}/extensions/com.quay'),
  made(
    '/invitations',
    {
      invitedUserEmailAddress: 'quay{n}@fabrikam.example',
      inviteRedirectUrl: 'https://quay.example',
    },
    {
      ...{ context: '#invitations/$entity', has: ['inviteRedeemUrl', 'invitedUser', 'status'] },
    },
  ),
  done('DELETE /users/{quay}'),
  app('GET /directory/deletedItems/microsoft.graph.user', { context: '#users', has: ['id'] }),
  grown(
    'GET /directory/deleteditems/microsoft.graph.user?$count=true&$orderby=deletedDateTime asc&$select=id,displayName,deletedDateTime',
    {
      context: '#users(id,displayName,deletedDateTime)',
    },
  ),
  done('DELETE /directory/deletedItems/{quay}'),
  app('GET /directory/deletedItems/{quay}', { status: 404 }),
];

const groups: readonly Row[] = [
  app('GET /groups', { has: whole, context: '#groups' }),
  app("GET /groups?$filter=groupTypes/any(c:c+eq+'Unified')", { context: '#groups' }),
  app('GET /groups?$filter=hasMembersWithLicenseErrors+eq+true&$select=id,displayName', {
    context: '#groups(id,displayName)',
  }),
  grown("GET /groups?$filter=NOT groupTypes/any(c:c eq 'Unified')&$count=true"),
  grown(
    'GET /groups?$search="displayName:Video" OR "displayName:a"&$orderby=displayName&$count=true',
  ),
  app("GET /groups?$filter=resourceProvisioningOptions/Any(x:x eq 'Team')"),
  made(
    '/groups',
    { displayName: 'Pier', mailNickname: 'pier{n}', ...unified },
    { has: whole, context: GROUP, keep: 'pier' },
  ),
  made(
    '/groups',
    {
      ...{ displayName: 'Jetty', mailNickname: 'jetty{n}', ...unified },
      ...{
        'owners@odata.bind': [`${at}/users/{me}`],
        'members@odata.bind': [`${at}/users/{other}`],
      },
    },
    { context: GROUP },
  ),
  made('/groups', {
    ...{ displayName: 'Rule', mailNickname: 'rule{n}', mailEnabled: false, securityEnabled: true },
    ...{ groupTypes: ['DynamicMembership'], membershipRule: 'user.city -eq "Bonn"' },
    membershipRuleProcessingState: 'On',
  }),
  app('GET /groups/{pier}?$select=allowExternalSenders,autoSubscribeNewMembers,unseenCount', {
    has: ['allowExternalSenders', 'unseenCount'],
  }),
  done('PATCH /groups/{pier}', { description: 'A pier', displayName: 'The pier' }),
  done('PATCH /groups/{pier}', { 'members@odata.bind': [`${at}/directoryObjects/{other}`] }),
  done('POST /groups/{pier}/members/$ref', { '@odata.id': `${at}/directoryObjects/{me}` }),
  app('POST /groups/{pier}/members/$ref', {
    body: { '@odata.id': `${at}/directoryObjects/{me}` },
    status: 400,
  }),
  app('GET /groups/{pier}/members', { has: ['@odata.type', 'id'], context: '#directoryObjects' }),
  grown(
    'GET /groups/{pier}/members/microsoft.graph.user?$count=true&$orderby=displayName&$search="displayName:a"&$select=displayName,id',
    {
      context: '#users(displayName,id)',
    },
  ),
  grown('GET /groups/{pier}/transitiveMembers/$count'),
  app('GET /groups/{pier}/transitiveMemberOf', { context: '#directoryObjects' }),
  done('POST /groups/{pier}/owners/$ref', { '@odata.id': `${at}/users/{me}` }),
  app('DELETE /groups/{pier}/owners/{me}/$ref', { status: 400 }),
  done('DELETE /groups/{pier}/members/{other}/$ref'),
  app('POST /groups/{pier}/checkMemberObjects', { body: { ids: [absent] }, context: TEXTS }),
  ...['renew', 'retryServiceProvisioning'].map((name) => done(`POST /groups/{pier}/${name}`)),
  ...[
    'addFavorite',
    'removeFavorite',
    'subscribeByMail',
    'unsubscribeByMail',
    'resetUnseenCount',
  ].map((name) => row(`POST /groups/{pier}/${name}`, { status: 204 })),
  done('POST /groups/{pier}/validateProperties', { displayName: 'Free', mailNickname: 'free' }),
  app('GET /groups/delta?$deltaToken=latest', { context: '#groups' }),
  app('GET /groups/{pier}/acceptedSenders', { status: 200 }),
  done('DELETE /groups/{pier}'),
  app('GET /directory/deletedItems/microsoft.graph.group', {
    context: '#groups',
    has: ['groupTypes'],
  }),
  app('POST /directory/deletedItems/{pier}/restore', { has: ['id'] }),
];

const applications: readonly Row[] = [
  made(
    '/applications',
    { displayName: 'Crane' },
    {
      ...{ context: '#applications/$entity', keep: 'crane' },
      has: ['appId', 'signInAudience', 'identifierUris', 'keyCredentials', 'passwordCredentials'],
    },
  ),
  made(
    '/applications/{crane}/extensionProperties',
    { name: 'dock{n}', dataType: 'String', targetObjects: ['User'] },
    {
      ...{ has: ['id', 'name', 'appDisplayName', 'targetObjects'], keepName: 'dock' },
    },
  ),
  done('PATCH /users/{other}', { '{dock}': 'north' }),
  app('GET /users/{other}?$select=id,{dock}', { has: ['id'] }),
  app("GET /users?$filter={dock} eq 'north'&$select=id", { has: ['id'] }),
  app('POST /directoryObjects/getAvailableExtensionProperties', { body: {}, has: ['name'] }),
  grown(
    "GET /applications?$filter=startswith(displayName, 'a')&$count=true&$top=1&$orderby=displayName",
  ),
  grown('GET /applications?$search="displayName:Crane"&$count=true', { has: ['appId'] }),
  done('PATCH /applications/{crane}', { displayName: 'Tall crane' }),
  app('POST /applications/{crane}/addPassword', {
    body: { passwordCredential: { displayName: 'Key' } },
    ...{
      context: '#microsoft.graph.passwordCredential',
      has: ['secretText', 'hint', 'keyId', 'customKeyIdentifier'],
    },
  }),
  app('GET /applications/delta?$select=displayName', { has: ['id'] }),
  app('GET /servicePrincipals', { context: '#servicePrincipals', has: ['appId'] }),
  app('GET /subscribedSkus', { context: '#subscribedSkus', has: ['skuId', 'prepaidUnits'] }),
  app('GET /organization', { context: '#organization', has: ['verifiedDomains'] }),
  done('DELETE /applications/{crane}'),
];

/** Requests of the pages about users, groups and applications, in an order in which they can be. */
export const directoryRows: readonly Row[] = [...users, ...groups, ...applications];
