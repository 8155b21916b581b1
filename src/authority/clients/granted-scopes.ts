import { newId } from '#ids.ts';
import type { Model } from '#model/model.ts';
import type { Tenant } from '#plan/caller.ts';
import type { Document } from '#plan/document.ts';
import type { FoundEntity, Reader, Store, Writer } from '#plan/store.ts';
import { GRAPH_APP } from '../tokens/issuer.ts';
import { membersNaming } from './members-naming.ts';

const GRANTS = 'oauth2PermissionGrants';
const PRINCIPALS = 'servicePrincipals';

/** An application of a tenant, and where grants to it are kept. */
export interface GrantedClient {
  readonly tenant: Tenant;
  readonly appId: string;
}

/** What reading grants needs: the store, and what it keeps. */
export interface GrantParts {
  readonly store: Store;
  readonly model: Model;
}

/**
 * The scopes of Graph that have been granted to an application for everybody, and for one person
 * where one is named (Graph's page "oAuth2PermissionGrant resource type").
 */
export async function grantedScopes(
  { tenant, appId }: GrantedClient,
  user: string | undefined,
  { store, model }: GrantParts,
): Promise<readonly string[]> {
  if (!model.resources.has(GRANTS) || (await store.count(tenant, GRANTS)) === 0) return [];
  const reader = store.reader(tenant);
  const found = await findGrants(reader, model, appId);
  const names = found.grants.flatMap(({ grant }) => {
    const isForUser = grant.consentType !== 'Principal' || grant.principalId === user;
    return isForUser ? scopesOf(grant) : [];
  });
  return [...new Set(names)];
}

/**
 * Adds scopes of Graph to what has been granted to an application, for a person or, without one,
 * for everybody. False, having granted nothing, where the store keeps no grants.
 */
export async function grantScopes(
  { tenant, appId }: GrantedClient,
  user: string | undefined,
  names: readonly string[],
  { store, model }: GrantParts,
): Promise<boolean> {
  if (!model.resources.has(GRANTS)) return false;
  return store.transact(tenant, async (tx) => {
    const { graph, grants, principal } = await findGrants(tx, model, appId);
    if (!graph) return false;
    const clientId = principal?.id ?? (await standFor(tx, appId));
    const principalId = user ?? null;
    const known = grants.find(({ grant }) => (grant.principalId ?? null) === principalId);
    if (!known) {
      await tx.insert(GRANTS, {
        '@odata.type': 'microsoft.graph.oAuth2PermissionGrant',
        id: newId(),
        clientId,
        consentType: user === undefined ? 'AllPrincipals' : 'Principal',
        principalId,
        resourceId: graph.id,
        scope: names.join(' '),
      });
      return true;
    }
    const address = { set: GRANTS, owner: known.owner, path: '', key: '' };
    const record = await tx.read(address);
    if (!record) return false;
    const scope = [...new Set([...scopesOf(known.grant), ...names])].join(' ');
    tx.write(address, { ...(JSON.parse(record.text) as Document), scope }, record, ['scope']);
    return true;
  });
}

interface FoundGrants {
  readonly graph: FoundEntity | undefined;
  readonly principal: FoundEntity | undefined;
  readonly grants: readonly { readonly owner: number; readonly grant: Document }[];
}

/** The grants of Graph's scopes to an application. */
async function findGrants(reader: Reader, model: Model, appId: string): Promise<FoundGrants> {
  const graph = await reader.find(PRINCIPALS, 'appId', GRAPH_APP, 'nothing');
  const principal = await reader.find(PRINCIPALS, 'appId', appId, 'nothing');
  if (!graph || !principal) return { graph, principal, grants: [] };
  const place = { set: GRANTS, property: 'clientId' };
  const all = await membersNaming(reader, model, place, principal.id);
  const grants = all.map(({ owner, text }) => ({ owner, grant: JSON.parse(text) as Document }));
  return { graph, principal, grants: grants.filter(({ grant }) => grant.resourceId === graph.id) };
}

/** Makes what stands for an application in its tenant. */
async function standFor(tx: Writer, appId: string): Promise<string> {
  const application = await tx.find('applications', 'appId', appId, 'doc');
  const members = JSON.parse(application?.text ?? '{}') as Document;
  const displayName = members.displayName ?? appId;
  const id = newId();
  await tx.insert(PRINCIPALS, {
    '@odata.type': 'microsoft.graph.servicePrincipal',
    ...{ id, appId, displayName, appDisplayName: displayName, accountEnabled: true },
    ...{ servicePrincipalNames: [appId], servicePrincipalType: 'Application' },
  });
  return id;
}

function scopesOf({ scope }: Document): readonly string[] {
  return typeof scope === 'string' ? scope.split(' ').filter((name) => name !== '') : [];
}
