import type { Clock } from '#clock.ts';
import { GRAPH_AUDIENCES, issuerOf } from './issuer.ts';
import { signJwt } from './sign-jwt.ts';
import type { KeyRing } from './signing-keys.ts';
import { newTokenId } from './token-id.ts';

/** What an access token says of its bearer. */
export interface TokenClaims {
  readonly tenantId: string;
  /** Object id of the signed-in user, or undefined for an application that acts as itself. */
  readonly user: string | undefined;
  readonly app: string;
  /** Object id of the application in the directory; its client id where it has none. */
  readonly appObject?: string | undefined;
  /** Scopes with a user, application roles without. */
  readonly permissions: readonly string[];
  readonly lifetimeSeconds: number;
  /** The Graph resource if nothing is said. */
  readonly audience?: string | undefined;
  /** What else the token says, such as `name` or `xms_cc`. */
  readonly more?: object | undefined;
}

/** With what tokens are signed, and under which origin. */
export interface Minter {
  readonly keys: KeyRing;
  readonly origin: string;
  readonly clock: Clock;
}

/** Signs an access token shaped like Entra ID's version 2.0 tokens. */
export function mintToken(claims: TokenClaims, { keys, origin, clock }: Minter): string {
  const { tenantId, user, app, permissions, lifetimeSeconds } = claims;
  const now = clock.now();
  const seconds = Math.floor(now / 1000);
  const granted = user ? { scp: permissions.join(' ') } : { roles: [...permissions], idtyp: 'app' };
  const bearer = user ?? claims.appObject ?? app;
  const members = {
    aud: claims.audience ?? GRAPH_AUDIENCES[0],
    iss: issuerOf(origin, tenantId),
    iat: seconds,
    nbf: seconds,
    exp: seconds + lifetimeSeconds,
    appid: app,
    azp: app,
    oid: bearer,
    sub: bearer,
    tid: tenantId,
    uti: newTokenId(now),
    ver: '2.0',
    ...granted,
    ...claims.more,
  };
  return signJwt(members, keys.current);
}
