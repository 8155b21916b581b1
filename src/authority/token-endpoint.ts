import type { Tenant } from '#plan/caller.ts';
import { checkPassword, tenantOfUser } from './account.ts';
import {
  type Authentication,
  authenticateClient,
  type ClientCredentials,
  readClientCredentials,
} from './authenticate-client.ts';
import type { AuthorityParts } from './authority-parts.ts';
import {
  CODE,
  findCode,
  signInOf,
  useCode,
  type WrittenGrant,
  writtenGrant,
} from './authorization-code.ts';
import { type Client, findClient } from './client.ts';
import { assertedClient } from './client-assertion.ts';
import { requireGranted } from './consent.ts';
import { DEVICE, takeDevice } from './device-code.ts';
import { issueAppToken, issueTokens, type SignIn } from './issue-tokens.ts';
import { issuerOf } from './issuer.ts';
import { nameOfSecret, newSecret } from './opaque.ts';
import { checkVerifier } from './pkce.ts';
import { ProtocolError } from './protocol-error.ts';
import { findRefreshToken, newRefreshToken, REFRESH, rotateRefreshToken } from './refresh-token.ts';
import { readClaims } from './requested-claims.ts';
import { applicationPermissions, missing, type RequestedScopes, readScopes } from './scopes.ts';
import type { TenantPath } from './tenant-path.ts';
import { readUserAssertion } from './user-assertion.ts';

/** A request to the token endpoint. */
export interface TokenRequest {
  readonly path: TenantPath;
  readonly params: ReadonlyMap<string, string>;
  readonly authorization: string | undefined;
  /** The origin under which the client has come. */
  readonly origin: string;
}

/** A request of a client that is known, and has shown what it has. */
interface Asked {
  readonly request: TokenRequest;
  readonly params: ReadonlyMap<string, string>;
  readonly client: Client;
  readonly authentication: Authentication;
  readonly parts: AuthorityParts;
}

type Exchange = (asked: Asked) => Promise<object>;

const exchanges: ReadonlyMap<string, Exchange> = new Map([
  ['client_credentials', exchangeCredentials],
  ['authorization_code', exchangeCode],
  ['refresh_token', exchangeRefreshToken],
  ['urn:ietf:params:oauth:grant-type:jwt-bearer', exchangeAssertion],
  ['urn:ietf:params:oauth:grant-type:device_code', exchangeDeviceCode],
  ['device_code', exchangeDeviceCode],
  ['password', exchangePassword],
]);

/** Answers the token endpoint (RFC 6749, section 3.2). Throws a ProtocolError for every refusal. */
export async function exchangeToken(request: TokenRequest, parts: AuthorityParts): Promise<object> {
  const { params } = request;
  const grantType = require(params, 'grant_type');
  const exchange = exchanges.get(grantType);
  if (!exchange) {
    const message = `The grant type '${grantType.slice(0, 100)}' is not supported.`;
    throw new ProtocolError('unknownGrantType', message);
  }
  const credentials = readClientCredentials(params, request.authorization);
  const client = await findAskingClient(request, grantType, credentials, parts);
  const place = { audiences: audiencesOf(request, client, parts), now: parts.clock.now() };
  const authentication = await authenticateClient(client, credentials, parts.secrets, place);
  return exchange({ request, params, client, authentication, parts });
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

async function exchangeCredentials(asked: Asked): Promise<object> {
  const { request, params, client, authentication, parts } = asked;
  if (authentication === 'none') {
    const message = missing("client_assertion' or 'client_secret");
    throw new ProtocolError('credentialNeeded', message);
  }
  const scopes = readScopeParams(asked);
  if (!scopes.isDefault) {
    const shown = params.get('scope')?.slice(0, 200);
    const message = `The provided value for scope ${shown} is not valid.`;
    const hint =
      'Client credential flows must have a scope value with /.default suffixed to the resource identifier.';
    throw new ProtocolError('defaultNeeded', `${message} ${hint}`);
  }
  const roles = client.registration ? client.registration.roles : applicationPermissions;
  const issue = {
    client,
    authentication,
    scopes,
    claims: readClaims(params.get('claims')),
    nonce: undefined,
    wantsClientInfo: false,
    refreshToken: undefined,
    origin: request.origin,
  };
  return issueAppToken(issue, scopes.resource === undefined ? roles : [], parts);
}

async function exchangeCode(asked: Asked): Promise<object> {
  const { params, client, parts } = asked;
  const found = await findCode(require(params, 'code'), client, parts);
  const { written } = found;
  const redirectUri = params.get('redirect_uri');
  if (redirectUri === undefined ? written.hasRedirect : redirectUri !== written.redirectUri) {
    const message = "The 'redirect_uri' differs from that of the authorization request.";
    throw new ProtocolError('redirectDiffers', message);
  }
  requireProof(asked, written.platform, written.challenge);
  checkVerifier(written.challenge, params.get('code_verifier'));
  const scopes = readScopes(params.get('scope') || written.scope, parts.origins().all);
  const signIn = await signInOf(written, client, parts);
  const granted = await requireGranted(client, signIn.account, scopes, parts);
  const { redirectUri: _, hasRedirect, challenge, nonce, knowsChallenges, ...grant } = written;
  const refresh = offline(written.scope)
    ? newRefreshToken(grant, found.grant.family, parts)
    : undefined;
  await useCode(found, refresh ? [refresh.grant] : [], parts);
  const claims = readClaims(params.get('claims'));
  return issueTokens(
    {
      ...personalIssue(asked, signIn, scopes, granted),
      claims: { knowsChallenges: knowsChallenges || claims.knowsChallenges },
      scopes: { ...scopes, openid: readScopes(written.scope, parts.origins().all).openid },
      nonce,
      refreshToken: refresh?.token,
    },
    parts,
  );
}

/** Programs that keep a secret show it; the others show that the code is theirs (RFC 7636). */
function requireProof(
  { client, authentication }: Asked,
  platform: WrittenGrant['platform'],
  challenge: string | undefined,
): void {
  if (platform === 'web' && authentication === 'none') throw secretNeeded(client);
  if (authentication === 'none' && challenge === undefined) {
    const message = 'Proof Key for Code Exchange is required for public clients.';
    throw new ProtocolError('pkceNeeded', message);
  }
}

async function exchangeRefreshToken(asked: Asked): Promise<object> {
  const { params, client, authentication, parts } = asked;
  const found = await findRefreshToken(require(params, 'refresh_token'), client, parts);
  const { written } = found;
  if (written.platform === 'web' && authentication === 'none') throw secretNeeded(client);
  const scopes = readScopes(params.get('scope') || written.scope, parts.origins().all);
  const claims = readClaims(params.get('claims'));
  const signIn = await signInOf(written, client, parts);
  const granted = await requireGranted(client, signIn.account, scopes, parts);
  const refreshToken = await rotateRefreshToken(found, parts);
  const issue = personalIssue(asked, signIn, scopes, granted);
  return issueTokens({ ...issue, claims, refreshToken }, parts);
}

async function exchangeAssertion(asked: Asked): Promise<object> {
  const { params, client, authentication, parts } = asked;
  if (authentication === 'none') throw secretNeeded(client);
  if (params.get('requested_token_use') !== 'on_behalf_of') {
    const message = "The value of 'requested_token_use' must be 'on_behalf_of'.";
    throw new ProtocolError('invalidParameter', message);
  }
  const signIn = await readUserAssertion(require(params, 'assertion'), client, parts);
  return exchangeSignIn(asked, signIn);
}

async function exchangeDeviceCode(asked: Asked): Promise<object> {
  const { params, client, parts } = asked;
  const code = params.get('device_code') ?? params.get('code');
  if (!code) throw new ProtocolError('missingParameter', missing('device_code'));
  const { granted: written, family } = await takeDevice(code, client, parts);
  const scopes = readScopes(written.scope, parts.origins().all);
  const signIn = await signInOf(written, client, parts);
  const granted = await requireGranted(client, signIn.account, scopes, parts);
  const refreshToken = await keepRefreshToken(written, family, parts);
  const claims = readClaims(params.get('claims'));
  const issue = personalIssue(asked, signIn, scopes, granted);
  return issueTokens({ ...issue, claims, refreshToken }, parts);
}

async function exchangePassword(asked: Asked): Promise<object> {
  const { params, client, authentication, parts } = asked;
  const isPublic = client.registration?.redirects.some(({ platform }) => platform !== 'web');
  const { registration } = client;
  const hasCredentials =
    registration && registration.secrets.length + registration.certificates.length > 0;
  if (authentication === 'none' && hasCredentials && !isPublic) throw secretNeeded(client);
  const [user, password] = [require(params, 'username'), require(params, 'password')];
  const account = await checkPassword(client.tenant, user, password, parts);
  const at = parts.clock.now();
  return exchangeSignIn(asked, { account, at, methods: ['pwd'], sessionId: undefined });
}

/** Tokens for a sign-in that the request itself has brought. */
async function exchangeSignIn(asked: Asked, signIn: SignIn): Promise<object> {
  const { params, client, parts } = asked;
  const scopes = readScopeParams(asked);
  const claims = readClaims(params.get('claims'));
  const granted = await requireGranted(client, signIn.account, scopes, parts);
  const written = writtenGrant(client, signIn, scopes.written.join(' '));
  const isConfidential = asked.authentication !== 'none';
  const grant: WrittenGrant = isConfidential ? { ...written, platform: 'web' } : written;
  const refreshToken = await keepRefreshToken(grant, newSecret(), parts);
  const issue = personalIssue(asked, signIn, scopes, granted);
  return issueTokens({ ...issue, claims, refreshToken }, parts);
}

async function keepRefreshToken(
  written: WrittenGrant,
  family: string,
  parts: AuthorityParts,
): Promise<string | undefined> {
  if (!offline(written.scope)) return undefined;
  const { token, grant } = newRefreshToken(written, family, parts);
  await parts.kept.add(grant);
  return token;
}

function personalIssue(
  { request, params, client, authentication }: Asked,
  signIn: SignIn,
  scopes: RequestedScopes,
  granted: readonly string[],
) {
  return {
    client,
    authentication,
    signIn,
    scopes,
    granted,
    nonce: undefined,
    wantsClientInfo: params.get('client_info') === '1',
    origin: request.origin,
  };
}

/** The scopes of a request; older clients name a resource instead. */
function readScopeParams({ params, parts }: Asked): RequestedScopes {
  const resource = params.get('resource');
  const written = params.get('scope');
  const text =
    resource && !written?.includes('/') ? `${resource}/.default ${written ?? ''}` : written;
  return readScopes(text ?? '', parts.origins().all);
}

function offline(scope: string): boolean {
  return scope.toLowerCase().split(' ').includes('offline_access');
}

function require(params: ReadonlyMap<string, string>, name: string): string {
  const value = params.get(name);
  if (value) return value;
  throw new ProtocolError('missingParameter', missing(name));
}

function secretNeeded({ appId }: Client): ProtocolError {
  const message = missing("client_assertion' or 'client_secret");
  const reason = `The application '${appId}' has to show who it is.`;
  return new ProtocolError('secretNeeded', `${message} ${reason}`);
}
