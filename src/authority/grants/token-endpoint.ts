import type { Tenant } from '#plan/caller.ts';
import type { AuthorityParts } from '../authority-parts.ts';
import {
  authenticateClient,
  type ClientCredentials,
  readClientCredentials,
} from '../clients/authenticate-client.ts';
import { type Client, findClient } from '../clients/client.ts';
import { assertedClient } from '../clients/client-assertion.ts';
import { CODE, DEVICE, REFRESH } from '../kept/grant-kinds.ts';
import { nameOfSecret } from '../kept/opaque.ts';
import { tenantOfUser } from '../people/account.ts';
import { ProtocolError } from '../protocol/protocol-error.ts';
import { requireParameter } from '../protocol/scopes.ts';
import type { TenantPath } from '../protocol/tenant-path.ts';
import { issuerOf } from '../tokens/issuer.ts';
import { exchanges } from './exchange-grant.ts';

/** A request to the token endpoint. */
export interface TokenRequest {
  readonly path: TenantPath;
  readonly params: ReadonlyMap<string, string>;
  readonly authorization: string | undefined;
  /** The origin under which the client has come. */
  readonly origin: string;
}

/** Answers the token endpoint (RFC 6749, section 3.2). Throws a ProtocolError for every refusal. */
export async function exchangeToken(request: TokenRequest, parts: AuthorityParts): Promise<object> {
  const { params, origin } = request;
  const grantType = requireParameter(params, 'grant_type');
  const exchange = exchanges.get(grantType);
  if (!exchange) {
    const message = `The grant type '${grantType.slice(0, 100)}' is not supported.`;
    throw new ProtocolError('unknownGrantType', message);
  }
  const credentials = readClientCredentials(params, request.authorization);
  const client = await findAskingClient(request, grantType, credentials, parts);
  const place = { audiences: audiencesOf(request, client, parts), now: parts.clock.now() };
  const authentication = await authenticateClient(client, credentials, parts.secrets, place);
  return exchange({ params, origin, client, authentication, parts });
}

async function findAskingClient(
  { path, params }: TokenRequest,
  grantType: string,
  credentials: ClientCredentials,
  parts: AuthorityParts,
): Promise<Client> {
  if (path.kind === 'any' && grantType === 'client_credentials') {
    const message = 'No tenant-identifying information found in the request';
    throw new ProtocolError('tenantNeeded', `${message}: '${path.written}' names no tenant.`);
  }
  const tenant =
    path.kind === 'one'
      ? path.tenant
      : ((await tenantOfGrant(params, parts)) ??
        (await tenantOfUser(params.get('username'), parts)));
  const { clientId, assertion } = credentials;
  return findClient(tenant, clientId ?? (assertion && assertedClient(assertion)), parts);
}

/** A request to `common` names no tenant, but the grant that it brings belongs to one. */
async function tenantOfGrant(
  params: ReadonlyMap<string, string>,
  { kept, store }: AuthorityParts,
): Promise<Tenant | undefined> {
  const kinds = [
    [CODE, params.get('code')],
    [REFRESH, params.get('refresh_token')],
    [DEVICE, params.get('device_code')],
  ] as const;
  for (const [kind, secret] of kinds) {
    const found = secret && (await kept.find(kind, nameOfSecret(secret)));
    if (found) return store.findTenant((JSON.parse(found.value) as { tenant: string }).tenant);
  }
  return undefined;
}

/** What an assertion may be meant for: the endpoint, or the issuer, under each name of this server. */
function audiencesOf(
  { path, origin }: TokenRequest,
  { tenant }: Client,
  parts: AuthorityParts,
): ReadonlySet<string> {
  const segments = new Set([tenant.id, path.written, ...tenant.domains]);
  const origins = new Set([...parts.origins().all, origin]);
  const audiences = new Set<string>();
  for (const each of origins) {
    for (const segment of segments) {
      audiences.add(`${each}/${segment}/oauth2/v2.0/token`);
      audiences.add(`${each}/${segment}/oauth2/token`);
      audiences.add(`${each}/${segment}/`);
      audiences.add(issuerOf(each, segment));
    }
  }
  return audiences;
}
