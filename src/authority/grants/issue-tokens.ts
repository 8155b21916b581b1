import { createHash } from 'node:crypto';
import type { AuthorityParts } from '../authority-parts.ts';
import { assignedRoles } from '../clients/assigned-roles.ts';
import type { Authentication } from '../clients/authenticate-client.ts';
import { type Client, findResource } from '../clients/client.ts';
import type { Account } from '../people/account.ts';
import type { SignIn } from '../people/sign-in.ts';
import { ProtocolError } from '../protocol/protocol-error.ts';
import type { RequestedClaims } from '../protocol/requested-claims.ts';
import type { RequestedScopes } from '../protocol/scopes.ts';
import { issuerOf } from '../tokens/issuer.ts';
import { mintToken } from '../tokens/mint-token.ts';
import { signJwt } from '../tokens/sign-jwt.ts';
import { newTokenId } from '../tokens/token-id.ts';

/** What a person's tokens are made of. */
export interface Issue {
  readonly client: Client;
  readonly authentication: Authentication;
  readonly signIn: SignIn;
  readonly scopes: RequestedScopes;
  /** Names of the resource's scopes that are granted. */
  readonly granted: readonly string[];
  readonly claims: RequestedClaims;
  readonly nonce: string | undefined;
  /** The client asks for `client_info`. */
  readonly wantsClientInfo: boolean;
  readonly refreshToken: string | undefined;
  /** The origin under which the client has come. */
  readonly origin: string;
}

export const LIFETIME_SECONDS = 3599;
const AUTHENTICATIONS: Readonly<Record<Authentication, string>> = {
  none: '0',
  secret: '1',
  certificate: '2',
};

/** The answer of the token endpoint to whoever acts for a person (RFC 6749, section 5.1). */
export async function issueTokens(issue: Issue, parts: AuthorityParts): Promise<object> {
  const { scopes, refreshToken, wantsClientInfo, signIn } = issue;
  const { keys, clock } = parts;
  const { client } = issue;
  const audience = await audienceOf(client, scopes, parts);
  const { account } = signIn;
  const rolesAt = (appId: string) => assignedRoles(account.tenant, { user: account }, appId, parts);
  const claims = accessClaims(issue, audience === undefined ? [] : await rolesAt(audience));
  const accessToken = mintToken({ ...claims, audience }, { keys, origin: issue.origin, clock });
  return {
    token_type: 'Bearer',
    scope: shownScopes(issue),
    expires_in: LIFETIME_SECONDS,
    ext_expires_in: LIFETIME_SECONDS,
    access_token: accessToken,
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    ...(scopes.openid.has('openid')
      ? { id_token: mintIdToken(issue, { roles: await rolesAt(client.appId) }, parts) }
      : {}),
    ...(wantsClientInfo ? { client_info: clientInfo(signIn.account) } : {}),
  };
}

/** The answer to an application that acts as itself. */
export async function issueAppToken(
  { client, authentication, scopes, claims, origin }: Omit<Issue, 'signIn' | 'granted'>,
  roles: readonly string[],
  parts: AuthorityParts,
): Promise<object> {
  const { tenant, appId, registration } = client;
  const audience = await audienceOf(client, scopes, parts);
  const token = mintToken(
    {
      tenantId: tenant.id,
      user: undefined,
      app: appId,
      appObject: registration?.id,
      permissions: roles,
      lifetimeSeconds: LIFETIME_SECONDS,
      audience,
      more: {
        azpacr: AUTHENTICATIONS[authentication],
        ...(registration ? { app_displayname: registration.displayName } : {}),
        ...(claims.knowsChallenges ? { xms_cc: ['cp1'] } : {}),
      },
    },
    { keys: parts.keys, origin, clock: parts.clock },
  );
  return {
    token_type: 'Bearer',
    expires_in: LIFETIME_SECONDS,
    ext_expires_in: LIFETIME_SECONDS,
    access_token: token,
  };
}

/** Where a client may send what the authorize endpoint hands out, to bind it to the id token. */
export interface Bound {
  readonly code?: string;
  /** The roles that the client gives to the person. */
  readonly roles?: readonly string[];
}

/**
 * An id token (OpenID Connect Core 1.0, section 2). A nonce is in it only if one was asked for, and
 * the subject is another for each application.
 */
export function mintIdToken(
  { client, signIn, scopes, nonce, origin }: Omit<Issue, 'granted' | 'authentication'>,
  { code, roles = [] }: Bound,
  { keys, clock }: AuthorityParts,
): string {
  const { account } = signIn;
  const now = clock.now();
  const seconds = Math.floor(now / 1000);
  const { mail } = account;
  const claims = {
    aud: client.appId,
    iss: issuerOf(origin, account.tenant.id),
    iat: seconds,
    nbf: seconds,
    exp: seconds + LIFETIME_SECONDS,
    auth_time: Math.floor(signIn.at / 1000),
    name: account.displayName,
    preferred_username: account.userPrincipalName,
    oid: account.id,
    sub: pairwiseSubject(client.appId, account),
    tid: account.tenant.id,
    uti: newTokenId(now),
    ver: '2.0',
    ...(nonce === undefined || nonce === '' ? {} : { nonce }),
    ...(scopes.openid.has('email') && mail ? { email: mail } : {}),
    ...(signIn.sessionId === undefined ? {} : { sid: signIn.sessionId }),
    ...(code === undefined ? {} : { c_hash: halfHash(code) }),
    ...(roles.length === 0 ? {} : { roles }),
    login_hint: account.userPrincipalName,
  };
  return signJwt(claims, keys.current);
}

/** Who somebody is to one application alone: the same in its id tokens and from userinfo. */
export function pairwiseSubject(
  appId: string,
  { tenant, id }: Pick<Account, 'tenant' | 'id'>,
): string {
  return createHash('sha256').update(`${tenant.id}/${id}/${appId}`).digest('base64url');
}

/** What MSAL makes the id of an account of. */
export function clientInfo({ id, tenant }: Account): string {
  return Buffer.from(JSON.stringify({ uid: id, utid: tenant.id })).toString('base64url');
}

function accessClaims(
  { client, authentication, signIn, scopes, granted, claims }: Issue,
  roles: readonly string[],
) {
  const { account } = signIn;
  const openid = [...scopes.openid].filter((name) => name !== 'offline_access');
  return {
    tenantId: account.tenant.id,
    user: account.id,
    app: client.appId,
    permissions: [...granted, ...openid],
    lifetimeSeconds: LIFETIME_SECONDS,
    more: {
      azpacr: AUTHENTICATIONS[authentication],
      amr: signIn.methods,
      name: account.displayName,
      upn: account.userPrincipalName,
      preferred_username: account.userPrincipalName,
      idtyp: 'user',
      ...(signIn.sessionId === undefined ? {} : { sid: signIn.sessionId }),
      ...(claims.knowsChallenges ? { xms_cc: ['cp1'] } : {}),
      ...(roles.length === 0 ? {} : { roles }),
    },
  };
}

/** Whom the access token is for: Graph, or the client id of another application. */
async function audienceOf(
  { tenant }: Client,
  { resource }: RequestedScopes,
  parts: AuthorityParts,
): Promise<string | undefined> {
  if (resource === undefined) return undefined;
  const found = await findResource(tenant, resource, parts);
  if (found !== undefined) return found;
  const message = `The resource principal named '${resource.slice(0, 200)}' was not found`;
  const where = `in the tenant named '${tenant.displayName}'.`;
  throw new ProtocolError('unknownResource', `${message} ${where}`);
}

/** Clients look for what they have asked for, in their own spelling. */
function shownScopes({ scopes, granted }: Issue): string {
  const { written, isDefault, prefix } = scopes;
  const asked = written.filter((name) => name.toLowerCase() !== 'offline_access');
  return [...asked, ...(isDefault ? granted.map((name) => prefix + name) : [])].join(' ');
}

/** The left half of the hash (OpenID Connect Core 1.0, section 3.3.2.11). */
function halfHash(text: string): string {
  return createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url');
}
