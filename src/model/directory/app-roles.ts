import { beta } from '../beta.ts';
import { complexType, entityType, many, one, type TypeDeclaration } from '../schema.ts';

const needed = { nullable: false } as const;
const text = one('Edm.String');
/** What has another name at beta. */
const stable = { roots: ['v1.0', 'localtest'] } as const;

/** The roles and scopes of applications, what they ask for, and what has been granted. */
export const appRoles: readonly TypeDeclaration[] = [
  complexType('appRole', {
    properties: {
      allowedMemberTypes: many('Edm.String'),
      description: text,
      displayName: text,
      id: one('Edm.Guid', needed),
      isEnabled: one('Edm.Boolean', needed),
      origin: text,
      value: text,
    },
  }),
  complexType('permissionScope', {
    properties: {
      adminConsentDescription: text,
      adminConsentDisplayName: text,
      id: one('Edm.Guid', needed),
      isEnabled: one('Edm.Boolean', needed),
      origin: text,
      type: text,
      userConsentDescription: text,
      userConsentDisplayName: text,
      value: text,
    },
  }),
  complexType('apiApplication', {
    properties: {
      acceptMappedClaims: one('Edm.Boolean'),
      knownClientApplications: many('Edm.Guid'),
      oauth2PermissionScopes: many('permissionScope'),
      preAuthorizedApplications: many('preAuthorizedApplication'),
      requestedAccessTokenVersion: one('Edm.Int32'),
    },
  }),
  complexType('preAuthorizedApplication', {
    properties: {
      appId: text,
      delegatedPermissionIds: many('Edm.String', stable),
      permissionIds: many('Edm.String', beta),
    },
  }),
  complexType('requiredResourceAccess', {
    properties: {
      resourceAccess: many('resourceAccess'),
      resourceAppId: one('Edm.String', needed),
    },
  }),
  complexType('resourceAccess', {
    properties: { id: one('Edm.Guid', needed), type: text },
  }),
  entityType('appRoleAssignment', {
    base: 'entity',
    properties: {
      appRoleId: one('Edm.Guid', { nullable: false, immutable: true }),
      createdDateTime: one('Edm.DateTimeOffset', { computed: true, ...stable }),
      creationTimestamp: one('Edm.DateTimeOffset', { computed: true, ...beta }),
      principalDisplayName: one('Edm.String', { computed: true }),
      principalId: one('Edm.Guid', { index: 'ordered', immutable: true }),
      principalType: one('Edm.String', { computed: true }),
      resourceDisplayName: one('Edm.String', { computed: true }),
      resourceId: one('Edm.Guid', { index: 'ordered', immutable: true }),
    },
  }),
  entityType('oAuth2PermissionGrant', {
    base: 'entity',
    properties: {
      clientId: one('Edm.String', { index: 'ordered', immutable: true }),
      consentType: one('Edm.String', { immutable: true }),
      principalId: one('Edm.String', { index: 'ordered', immutable: true }),
      resourceId: one('Edm.String', { index: 'ordered', immutable: true }),
      scope: text,
    },
  }),
];
