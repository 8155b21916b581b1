import { applicationPermissions } from '#model/permissions.ts';
import type { AuthorityParts } from '../authority-parts.ts';
import { assignedRoles } from '../clients/assigned-roles.ts';
import type { Authentication } from '../clients/authenticate-client.ts';
import { type Client, findResource } from '../clients/client.ts';
import { newSecret } from '../kept/opaque.ts';
import { checkPassword } from '../people/account.ts';
import { requireGranted } from '../people/consent.ts';
import type { SignIn } from '../people/sign-in.ts';
import { checkVerifier } from '../protocol/pkce.ts';
import { ProtocolError } from '../protocol/protocol-error.ts';
import { readClaims } from '../protocol/requested-claims.ts';
import { missing, type RequestedScopes, readScopes, requireParameter } from '../protocol/scopes.ts';
import {
  findCode,
  signInOf,
  useCode,
  type WrittenGrant,
  writtenGrant,
} from './authorization-code.ts';
import { takeDevice } from './device-code.ts';
import { issueAppToken, issueTokens } from './issue-tokens.ts';
import { findRefreshToken, newRefreshToken, rotateRefreshToken } from './refresh-token.ts';
import { readUserAssertion } from './user-assertion.ts';

/** A request of a client that is known, and has shown what it has. */
export interface Asked {
  readonly params: ReadonlyMap<string, string>;
  /** The origin under which the client has come. */
  readonly origin: string;
  readonly client: Client;
  readonly authentication: Authentication;
  readonly parts: AuthorityParts;
}

type Exchange = (asked: Asked) => Promise<object>;

/** What each grant type is exchanged by (RFC 6749, section 4; RFC 8628; RFC 7523). */
export const exchanges: ReadonlyMap<string, Exchange> = new Map([
  ['client_credentials', exchangeCredentials],
  ['authorization_code', exchangeCode],
  ['refresh_token', exchangeRefreshToken],
  ['urn:ietf:params:oauth:grant-type:jwt-bearer', exchangeAssertion],
  ['urn:ietf:params:oauth:grant-type:device_code', exchangeDeviceCode],
  ['device_code', exchangeDeviceCode],
  ['password', exchangePassword],
]);

async function exchangeCredentials(asked: Asked): Promise<object> {
  const { params, origin, client, authentication, parts } = asked;
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
  const roles = await rolesOf(client, scopes.resource, parts);
  const issue = {
    client,
    authentication,
    scopes,
    claims: readClaims(params.get('claims')),
    nonce: undefined,
    wantsClientInfo: false,
    refreshToken: undefined,
    origin,
  };
  return issueAppToken(issue, roles, parts);
}

/** The roles of a resource that an application has; Graph's where none is named. */
async function rolesOf(
  { tenant, appId, registration }: Client,
  resource: string | undefined,
  parts: AuthorityParts,
): Promise<readonly string[]> {
  if (resource === undefined) return registration ? registration.roles : applicationPermissions;
  const app = await findResource(tenant, resource, parts);
  return app === undefined ? [] : assignedRoles(tenant, { app: appId }, app, parts);
}

async function exchangeCode(asked: Asked): Promise<object> {
  const { params, client, parts } = asked;
  const found = await findCode(requireParameter(params, 'code'), client, parts);
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
  const found = await findRefreshToken(requireParameter(params, 'refresh_token'), client, parts);
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
  const signIn = await readUserAssertion(requireParameter(params, 'assertion'), client, parts);
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
  const [user, password] = [
    requireParameter(params, 'username'),
    requireParameter(params, 'password'),
  ];
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
  { params, origin, client, authentication }: Asked,
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
    origin,
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

function secretNeeded({ appId }: Client): ProtocolError {
  const message = missing("client_assertion' or 'client_secret");
  const reason = `The application '${appId}' has to show who it is.`;
  return new ProtocolError('secretNeeded', `${message} ${reason}`);
}
