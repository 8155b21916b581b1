import { delegatedPermissions } from '#model/permissions.ts';
import type { Tenant } from '#plan/caller.ts';
import type { AuthorityParts } from '../authority-parts.ts';
import type { Client } from '../clients/client.ts';
import { grantedScopes, grantScopes } from '../clients/granted-scopes.ts';
import { ROLE } from '../kept/grant-kinds.ts';
import { writeGrant } from '../kept/write-grant.ts';
import { ProtocolError } from '../protocol/protocol-error.ts';
import type { RequestedScopes } from '../protocol/scopes.ts';
import { wantsAdministrator } from '../tokens/effective-permissions.ts';
import { ADMINISTRATOR, subjectOf } from '../tokens/standing.ts';
import type { Account } from './account.ts';

/** Kinds of consent: one's own, and that of an administrator for everybody. */
const CONSENT = 'consent';
const FOREVER = Number.MAX_SAFE_INTEGER;

/** What an application gets of what it asks for. */
export interface Granted {
  /** Names of the resource's scopes that are granted. */
  readonly names: readonly string[];
  /** Names that somebody has to agree to first. */
  readonly missing: readonly string[];
  /** Those among the missing that only an administrator can agree to. */
  readonly forAdministrator: readonly string[];
}

/**
 * What has been granted to an application for a person: by its registration, by the person, or by
 * an administrator for all. On a test bench whoever signs in has agreed.
 */
export async function findGranted(
  client: Client,
  account: Account,
  scopes: RequestedScopes,
  parts: AuthorityParts,
): Promise<Granted> {
  const registered = client.registration?.scopes ?? [];
  if (parts.isBench) {
    const all = client.registration ? registered : delegatedPermissions;
    const names = scopes.isDefault && scopes.resource === undefined ? all : scopes.names;
    return { names, missing: [], forAdministrator: [] };
  }
  const [own, everybody, ofGraph] = await Promise.all([
    parts.kept.find(CONSENT, consentKey(client, account.id)),
    parts.kept.find(CONSENT, consentKey(client, '')),
    grantedScopes(client, account.id, parts),
  ]);
  const kept = [own, everybody].flatMap((each) => (each ? namesOf(each.value) : []));
  const agreed = [...kept, ...ofGraph];
  const before = prefixOf(scopes);
  const granted = new Set([...registered, ...agreed]);
  if (scopes.isDefault) {
    const mine = [...granted].filter((name) => name.startsWith(before));
    const names = mine.map((name) => name.slice(before.length)).filter((name) => !/\//.test(name));
    return { names, missing: [], forAdministrator: [] };
  }
  const missing = scopes.names.filter((name) => !granted.has(before + name) && !granted.has(name));
  return {
    names: scopes.names.filter((name) => !missing.includes(name)),
    missing,
    forAdministrator: missing.filter(wantsAdministrator),
  };
}

/** The names that are granted; refuses with a demand for consent where some are missing. */
export async function requireGranted(
  client: Client,
  account: Account,
  scopes: RequestedScopes,
  parts: AuthorityParts,
): Promise<readonly string[]> {
  const { names, missing } = await findGranted(client, account, scopes, parts);
  if (missing.length === 0) return names;
  const hint = 'Send an interactive authorization request for this user and resource.';
  throw new ProtocolError('consentNeededForGrant', `${notConsented(client)} ${hint}`);
}

/** The message that consent is missing. */
export function notConsented({ appId }: Client): string {
  return `The user or administrator has not consented to use the application with ID '${appId}'.`;
}

/** Whether a person administers the directory. */
export async function isAdministrator(
  { tenant, id }: Pick<Account, 'tenant' | 'id'>,
  { kept }: Pick<AuthorityParts, 'kept'>,
): Promise<boolean> {
  return (await kept.find(ROLE, subjectOf(tenant, id)))?.value === ADMINISTRATOR;
}

/**
 * Remembers that a person has agreed to what an application is missing, for themselves or as an
 * administrator for everybody. Gives the names to which only an administrator can agree, having
 * remembered nothing, where the person is none.
 */
export async function agree(
  client: Client,
  account: Account,
  { scopes, wantsAll }: { readonly scopes: RequestedScopes; readonly wantsAll: boolean },
  parts: AuthorityParts,
): Promise<readonly string[]> {
  const { missing, forAdministrator } = await findGranted(client, account, scopes, parts);
  if (missing.length === 0) return [];
  const isRuler = await isAdministrator(account, parts);
  if (forAdministrator.length > 0 && !isRuler) return forAdministrator;
  const user = isRuler && wantsAll ? undefined : account.id;
  // What is granted of Graph stands in the directory, where an administrator may take it back.
  const isOfGraph = scopes.resource === undefined;
  if (isOfGraph && (await grantScopes(client, user, missing, parts))) return [];
  const names = missing.map((name) => prefixOf(scopes) + name);
  await recordConsent(client, user ?? '', names, parts);
  return [];
}

/** The user is empty where everybody is meant. */
async function recordConsent(
  client: Client,
  user: string,
  names: readonly string[],
  { kept }: AuthorityParts,
): Promise<void> {
  const subject = subjectOf(client.tenant, user || client.appId);
  await writeGrant(kept, { kind: CONSENT, key: consentKey(client, user) }, (found) => {
    const all = new Set([...(found ? namesOf(found.value) : []), ...names]);
    return { subject, value: JSON.stringify([...all].sort()), expiresAt: FOREVER };
  });
}

/** What stands before the names of a resource's scopes where they are kept. */
function prefixOf({ resource }: RequestedScopes): string {
  return resource === undefined ? '' : `${resource}/`;
}

function consentKey({ tenant, appId }: { tenant: Tenant; appId: string }, user: string): string {
  return `${tenant.id}/${appId}/${user}`;
}

function namesOf(value: string): string[] {
  return JSON.parse(value) as string[];
}
