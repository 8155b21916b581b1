import { X509Certificate } from 'node:crypto';
import { describeCertificate } from '#authority/clients/certificate-credential.ts';
import { secretName } from '#authority/clients/client-secrets.ts';
import { GRAPH_APP } from '#authority/tokens/issuer.ts';
import { applicationPermissions, delegatedPermissions } from '#model/permissions.ts';
import { makeId } from './make-id.ts';
import { SeedError } from './read-seed.ts';

/** A line of a seed, and where it stands, for messages. */
interface Line {
  readonly value: unknown;
  readonly where: string;
}

/** A secret to be hashed and kept beside the entity of its line. */
export interface SeedSecret {
  readonly name: string;
  readonly value: string;
}

/** The member of a line that carries secrets past the decoding of its entity. */
export const SEED_SECRETS = '@secrets';
const HINT_LENGTH = 3;
const HINTED_LENGTH = 16;

type Members = Readonly<Record<string, unknown>>;

/**
 * Writes the line of an application as the directory keeps it: its secrets stand beside it, its
 * certificates are taken from their PEM, and what stands for it in the tenant follows as a line of
 * its own. Any other line stays as it is. Throws a SeedError for a certificate that cannot be read.
 */
export function unfoldApplication<Each extends Line>(line: Each): readonly Each[] {
  const value = line.value as Members | null;
  if (value?.['@set'] !== 'applications' || typeof value.appId !== 'string') return [line];
  const { appId } = value;
  const secrets: SeedSecret[] = [];
  const passwordCredentials = listOf(value.passwordCredentials).map((each, index) => {
    const { secretText, ...rest } = each;
    const keyId = typeof each.keyId === 'string' ? each.keyId : makeId(`${appId} ${index}`);
    if (typeof secretText !== 'string') return { ...rest, keyId };
    secrets.push({ name: secretName(keyId), value: secretText });
    // Of a short secret the hint would tell too much.
    const isLong = secretText.length >= HINTED_LENGTH;
    return { ...rest, keyId, ...(isLong ? { hint: secretText.slice(0, HINT_LENGTH) } : {}) };
  });
  const keyCredentials = listOf(value.keyCredentials).map((each) =>
    unfoldCertificate(each, line.where),
  );
  const displayName = typeof value.displayName === 'string' ? value.displayName : appId;
  const application = {
    id: makeId(`application ${appId}`),
    ...value,
    displayName,
    passwordCredentials,
    keyCredentials,
    [SEED_SECRETS]: secrets,
  };
  const principal = {
    '@set': 'servicePrincipals',
    id: makeId(`servicePrincipal ${appId}`),
    accountEnabled: true,
    appId,
    appDisplayName: displayName,
    displayName,
    servicePrincipalNames: [appId, ...listOfTexts(value.identifierUris)],
    servicePrincipalType: 'Application',
  };
  const { left, granted } = unfoldGranted(application, principal.id);
  return [left, principal, ...granted].map((each) => ({ ...line, value: each }));
}

/** What has been granted of Graph stands in the directory as grants of its own. */
function unfoldGranted(
  application: Members,
  principalId: string,
): { readonly left: Members; readonly granted: readonly Members[] } {
  const { appId, displayName, appRolesGranted, scopesGranted, ...rest } = application;
  const resourceId = makeId(`servicePrincipal ${GRAPH_APP}`);
  const roles = listOfTexts(appRolesGranted);
  const scopes = listOfTexts(scopesGranted);
  const isRole = (name: string) => applicationPermissions.includes(name);
  const isScope = (name: string) => delegatedPermissions.includes(name);
  const assignments = roles.filter(isRole).map((name) => ({
    '@set': 'appRoleAssignments',
    id: makeId(`assignment ${String(appId)} ${name}`),
    appRoleId: makeId(`appRole ${name}`),
    ...{ principalId, principalType: 'ServicePrincipal', principalDisplayName: displayName },
    ...{ resourceId, resourceDisplayName: 'Microsoft Graph' },
  }));
  const scope = scopes.filter(isScope).join(' ');
  const grant = {
    '@set': 'oauth2PermissionGrants',
    id: makeId(`grant ${String(appId)}`),
    ...{ clientId: principalId, consentType: 'AllPrincipals', resourceId, scope },
  };
  const left = {
    ...{ appId, displayName, ...rest },
    appRolesGranted: roles.filter((name) => !isRole(name)),
    scopesGranted: scopes.filter((name) => !isScope(name)),
  };
  return { left, granted: scope === '' ? assignments : [...assignments, grant] };
}

function unfoldCertificate(written: Members, where: string): Members {
  const { pem, ...rest } = written;
  if (typeof pem !== 'string') return written;
  const described = describeCertificate(readCertificate(pem, where));
  return { ...described, keyId: makeId(String(described.customKeyIdentifier)), ...rest };
}

function readCertificate(pem: string, where: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw new SeedError(`${where} has a key credential whose 'pem' is no certificate.`);
  }
}

function listOf(value: unknown): readonly Members[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  return list.filter((each): each is Members => typeof each === 'object' && each !== null);
}

function listOfTexts(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  return list.filter((each): each is string => typeof each === 'string');
}
