import { SignJWT } from 'jose';
import type { Clock } from '#clock.ts';
import { newId } from '#ids.ts';
import { GRAPH_AUDIENCES, issuerOf, type Origins } from './issuer.ts';
import type { SigningKeys } from './signing-keys.ts';

/** What a token says of its bearer. */
export interface TokenClaims {
  readonly tenantId: string;
  /** Object id of the signed-in user, or undefined for an application that acts as itself. */
  readonly user: string | undefined;
  readonly app: string;
  /** Scopes with a user, application roles without. */
  readonly permissions: readonly string[];
  readonly lifetimeSeconds: number;
}

/** Signs an access token for the Graph resource, shaped like Entra ID's version 2.0 tokens. */
export async function mintToken(
  claims: TokenClaims,
  keys: SigningKeys,
  origins: Origins,
  clock: Clock,
): Promise<string> {
  const { tenantId, user, app, permissions, lifetimeSeconds } = claims;
  const now = Math.floor(clock.now() / 1000);
  const granted = user ? { scp: permissions.join(' ') } : { roles: [...permissions], idtyp: 'app' };
  return new SignJWT({
    tid: tenantId,
    oid: user ?? app,
    appid: app,
    azp: app,
    ver: '2.0',
    ...granted,
  })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: keys.kid })
    .setIssuer(issuerOf(origins.main, tenantId))
    .setAudience(GRAPH_AUDIENCES[0])
    .setSubject(user ?? app)
    .setJti(newId())
    .setIssuedAt(now)
    .setNotBefore(now)
    .setExpirationTime(now + lifetimeSeconds)
    .sign(keys.privateKey);
}
