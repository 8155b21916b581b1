import type { Model } from '#model/model.ts';
import type { Tenant } from '#plan/caller.ts';
import type { Store } from '#plan/store.ts';
import { ProtocolError } from '../protocol/protocol-error.ts';
import { GRAPH_APP } from '../tokens/issuer.ts';
import { assignedRoles } from './assigned-roles.ts';
import { grantedScopes } from './granted-scopes.ts';
import { listMembers } from './list-members.ts';

/** What kind of program an address leads back to. */
export type Platform = 'web' | 'spa' | 'publicClient';

/** An application that asks for tokens. */
export interface Client {
  readonly tenant: Tenant;
  readonly appId: string;
  /** Its object in the directory; undefined for one that is not registered. */
  readonly registration: Registration | undefined;
}

/** An application as the directory has it. */
export interface Registration {
  readonly id: string;
  readonly displayName: string;
  readonly redirects: readonly Redirect[];
  readonly secrets: readonly Secret[];
  readonly certificates: readonly Certificate[];
  readonly identifierUris: readonly string[];
  /** Application roles that it has been granted. */
  readonly roles: readonly string[];
  /** Scopes that everybody's use of it has been granted. */
  readonly scopes: readonly string[];
  /** Whether the authorize endpoint may answer with an id token. */
  readonly hasIdTokens: boolean;
}

/** An address to which answers are sent. */
export interface Redirect {
  readonly uri: string;
  readonly platform: Platform;
}

/** What shows which application somebody is, by its id. */
export interface Credential {
  readonly keyId: string;
  /** Milliseconds since 1970. */
  readonly startsAt: number;
  readonly endsAt: number;
}

/** A secret, and beside what its hash is kept: the application, or what stands for it. */
export interface Secret extends Credential {
  readonly owner: number;
}

/** A certificate of an application: DER. */
export interface Certificate extends Credential {
  readonly der: Buffer;
}

/** Where applications are found. */
export interface ClientParts {
  readonly store: Store;
  /** What the store keeps; perhaps no applications at all. */
  readonly model: Model;
  /**
   * Whether applications that nobody has registered are served: on a test bench, in tenants
   * without a single registration.
   */
  readonly isBench: boolean;
}

const CLIENT_ID = /^[\x21-\x7e]{1,128}$/;

/** The application of a client id. Refuses one that the tenant does not have. */
export async function findClient(
  tenant: Tenant,
  clientId: string | undefined,
  parts: ClientParts,
): Promise<Client> {
  if (clientId === undefined || clientId === '') {
    const message = "The request body must contain the following parameter: 'client_id'.";
    throw new ProtocolError('missingParameter', message);
  }
  if (!CLIENT_ID.test(clientId)) throw unknownClient(clientId, tenant);
  const appId = clientId.toLowerCase();
  const registration = await findRegistration(tenant, appId, parts);
  if (registration) return { tenant, appId, registration };
  const isOpen = parts.isBench && !(await hasRegistrations(tenant, parts));
  if (!isOpen) throw unknownClient(clientId, tenant);
  return { tenant, appId, registration: undefined };
}

/** The application that a resource's URI, or its client id, names; undefined where there is none. */
export async function findResource(
  tenant: Tenant,
  resource: string,
  parts: ClientParts,
): Promise<string | undefined> {
  const bare = resource.toLowerCase().replace(/^api:\/\//, '');
  const named = await findRegistration(tenant, bare, parts);
  if (named) return bare;
  if (hasApplications(parts)) {
    const all = await listMembers({ ...parts, tenant, set: 'applications', search: '' });
    const written = all.map(({ text }) => JSON.parse(text) as Written);
    const found = written.find(({ identifierUris }) => identifierUris?.includes(resource));
    if (found?.appId) return found.appId.toLowerCase();
  }
  const isOpen = parts.isBench && !(await hasRegistrations(tenant, parts));
  return isOpen ? bare : undefined;
}

async function hasRegistrations(tenant: Tenant, parts: ClientParts): Promise<boolean> {
  return hasApplications(parts) && (await parts.store.count(tenant, 'applications')) > 0;
}

function hasApplications({ model }: ClientParts): boolean {
  return model.resources.has('applications');
}

async function findRegistration(
  tenant: Tenant,
  appId: string,
  parts: ClientParts,
): Promise<Registration | undefined> {
  if (!hasApplications(parts)) return undefined;
  const reader = parts.store.reader(tenant);
  const found = await reader.find('applications', 'appId', appId, 'doc');
  if (!found) return undefined;
  const principal = await reader.find('servicePrincipals', 'appId', appId, 'doc');
  const isDisabled =
    principal &&
    reader.document('servicePrincipals', principal.text).read('accountEnabled') === false;
  if (isDisabled) {
    throw new ProtocolError('disabledClient', `Application '${appId}' is disabled.`);
  }
  const registration = registrationOf(readFound(found), principal && readFound(principal));
  if (!principal) return registration;
  const [roles, scopes] = await Promise.all([
    assignedRoles(tenant, { app: appId }, GRAPH_APP, parts),
    grantedScopes({ tenant, appId }, undefined, parts),
  ]);
  return {
    ...registration,
    roles: [...new Set([...registration.roles, ...roles])],
    scopes: [...new Set([...registration.scopes, ...scopes])],
  };
}

function readFound({ owner, text }: { owner: number; text: string }): Found {
  return { owner, written: JSON.parse(text) as Written };
}

/** The certificates among key credentials, as a document has them. */
export function certificatesOf(written: unknown): readonly Certificate[] {
  const all = (written ?? []) as NonNullable<Written['keyCredentials']>;
  return all.flatMap((each) =>
    each.key ? [{ ...credentialOf(each), der: Buffer.from(each.key, 'base64url') }] : [],
  );
}

/** The members of an application that matter here. */
interface Written {
  readonly id: string;
  /** Null where whoever has registered it has not given it one. */
  readonly appId: string | null;
  readonly displayName?: string | null;
  readonly identifierUris?: readonly string[];
  readonly passwordCredentials?: readonly WrittenCredential[];
  readonly keyCredentials?: readonly (WrittenCredential & { readonly key?: string | null })[];
  readonly web?: WrittenPlatform | null;
  readonly spa?: WrittenPlatform | null;
  readonly publicClient?: WrittenPlatform | null;
  readonly appRolesGranted?: readonly string[];
  readonly scopesGranted?: readonly string[];
}

interface WrittenCredential {
  readonly keyId?: string | null;
  readonly startDateTime?: string | null;
  readonly endDateTime?: string | null;
}

interface WrittenPlatform {
  readonly redirectUris?: readonly string[];
  readonly implicitGrantSettings?: { readonly enableIdTokenIssuance?: boolean | null } | null;
}

/** An object of the directory as it is found. */
interface Found {
  readonly owner: number;
  readonly written: Written;
}

function registrationOf({ owner, written }: Found, principal: Found | undefined): Registration {
  const platforms = ['web', 'spa', 'publicClient'] as const;
  return {
    id: written.id,
    displayName: written.displayName ?? written.appId ?? written.id,
    redirects: platforms.flatMap((platform) =>
      (written[platform]?.redirectUris ?? []).map((uri) => ({ uri, platform })),
    ),
    secrets: [{ owner, written }, ...(principal ? [principal] : [])].flatMap((each) =>
      (each.written.passwordCredentials ?? []).map((credential) => ({
        ...credentialOf(credential),
        owner: each.owner,
      })),
    ),
    certificates: certificatesOf(written.keyCredentials).concat(
      certificatesOf(principal?.written.keyCredentials),
    ),
    identifierUris: written.identifierUris ?? [],
    roles: written.appRolesGranted ?? [],
    scopes: written.scopesGranted ?? [],
    hasIdTokens: written.web?.implicitGrantSettings?.enableIdTokenIssuance !== false,
  };
}

function credentialOf({ keyId, startDateTime, endDateTime }: WrittenCredential): Credential {
  return {
    keyId: keyId ?? '',
    startsAt: startDateTime ? Date.parse(startDateTime) : 0,
    endsAt: endDateTime ? Date.parse(endDateTime) : Number.POSITIVE_INFINITY,
  };
}

function unknownClient(clientId: string, tenant: Tenant): ProtocolError {
  const shown = clientId.slice(0, 100);
  const where = `in the directory '${tenant.displayName}'`;
  const message = `Application with identifier '${shown}' was not found ${where}.`;
  const hint = 'An administrator of the tenant has to register it.';
  return new ProtocolError('unknownClient', `${message} ${hint}`);
}
