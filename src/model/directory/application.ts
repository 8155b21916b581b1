import { beta } from '../beta.ts';
import { complexType, entityType, many, one, type TypeDeclaration, toMany } from '../schema.ts';

/** Applications that ask for tokens, and what stands for them in a directory. */
export const application: readonly TypeDeclaration[] = [
  entityType('application', {
    base: 'entity',
    alternateKeys: ['appId'],
    properties: {
      api: one('apiApplication'),
      appId: one('Edm.String', { index: 'unique' }),
      appRoles: many('appRole'),
      createdDateTime: one('Edm.DateTimeOffset', { computed: true }),
      description: one('Edm.String'),
      displayName: one('Edm.String', { index: 'ordered' }),
      identifierUris: many('Edm.String'),
      isFallbackPublicClient: one('Edm.Boolean'),
      keyCredentials: many('keyCredential', {
        computed: true,
        description: 'The certificates by which the application shows who it is.',
      }),
      passwordCredentials: many('passwordCredential', {
        computed: true,
        description: 'The secrets by which the application shows who it is, without their texts.',
      }),
      publicClient: one('publicClientApplication'),
      requiredResourceAccess: many('requiredResourceAccess'),
      signInAudience: one('Edm.String'),
      spa: one('spaApplication'),
      tags: many('Edm.String'),
      web: one('webApplication'),
      appRolesGranted: many('Edm.String', {
        roots: ['localtest'],
        description: 'The application permissions that an administrator has granted.',
      }),
      scopesGranted: many('Edm.String', {
        roots: ['localtest'],
        description: 'The delegated permissions that nobody is asked for any more.',
      }),
    },
    navigation: {
      extensionProperties: toMany('extensionProperty', { contains: true }),
    },
  }),
  entityType('servicePrincipal', {
    base: 'entity',
    alternateKeys: ['appId'],
    properties: {
      accountEnabled: one('Edm.Boolean', { index: 'ordered' }),
      appDisplayName: one('Edm.String'),
      appId: one('Edm.String', { index: 'unique' }),
      appOwnerOrganizationId: one('Edm.Guid'),
      appRoleAssignmentRequired: one('Edm.Boolean'),
      appRoles: many('appRole'),
      description: one('Edm.String'),
      displayName: one('Edm.String', { index: 'ordered' }),
      keyCredentials: many('keyCredential', { computed: true }),
      oauth2PermissionScopes: many('permissionScope', { roots: ['v1.0', 'localtest'] }),
      passwordCredentials: many('passwordCredential', { computed: true }),
      publishedPermissionScopes: many('permissionScope', beta),
      servicePrincipalNames: many('Edm.String'),
      servicePrincipalType: one('Edm.String', { index: 'ordered' }),
      tags: many('Edm.String'),
    },
    navigation: {
      appRoleAssignedTo: toMany('appRoleAssignment', { contains: true, derived: true }),
      appRoleAssignments: toMany('appRoleAssignment', { contains: true, derived: true }),
      oauth2PermissionGrants: toMany('oAuth2PermissionGrant', { contains: true, derived: true }),
    },
  }),
  complexType('keyCredential', {
    properties: {
      customKeyIdentifier: one('Edm.Binary'),
      displayName: one('Edm.String'),
      endDateTime: one('Edm.DateTimeOffset'),
      key: one('Edm.Binary'),
      keyId: one('Edm.Guid'),
      startDateTime: one('Edm.DateTimeOffset'),
      type: one('Edm.String'),
      usage: one('Edm.String'),
    },
  }),
  complexType('passwordCredential', {
    properties: {
      customKeyIdentifier: one('Edm.Binary'),
      displayName: one('Edm.String'),
      endDateTime: one('Edm.DateTimeOffset'),
      hint: one('Edm.String'),
      keyId: one('Edm.Guid'),
      secretText: one('Edm.String', { secret: true }),
      startDateTime: one('Edm.DateTimeOffset'),
    },
  }),
  complexType('publicClientApplication', {
    properties: { redirectUris: many('Edm.String') },
  }),
  complexType('spaApplication', {
    properties: { redirectUris: many('Edm.String') },
  }),
  complexType('webApplication', {
    properties: {
      homePageUrl: one('Edm.String'),
      implicitGrantSettings: one('implicitGrantSettings'),
      logoutUrl: one('Edm.String'),
      redirectUris: many('Edm.String'),
    },
  }),
  complexType('implicitGrantSettings', {
    properties: {
      enableAccessTokenIssuance: one('Edm.Boolean'),
      enableIdTokenIssuance: one('Edm.Boolean'),
    },
  }),
];
