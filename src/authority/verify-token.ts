import { errors, type JWTPayload, jwtVerify } from 'jose';
import type { Clock } from '#clock.ts';
import { Refusal } from '#errors.ts';
import type { Caller, Tenant } from '#plan/caller.ts';
import { GRAPH_AUDIENCES, isOwnIssuer, type Origins } from './issuer.ts';
import type { SigningKeys } from './signing-keys.ts';

/** What a verifier needs to tell whether a token holds. */
export interface VerifierParts {
  readonly keys: SigningKeys;
  /** Known once the port is open. */
  origins(): Origins;
  readonly clock: Clock;
  findTenant(id: string): Promise<Tenant | undefined>;
}

interface Verified {
  readonly caller: Caller;
  readonly expiresAtSeconds: number;
}

/** Headers with verified tokens remembered; the oldest go first. */
const REMEMBERED_MAX = 10_000;
const TOKEN_MAX = 32 * 1024;
const SKEW_SECONDS = 60;

/**
 * Verifies bearer tokens: RS256 only, by this server's own key, for the Graph resource or this
 * server, inside their lifetime. A token seen before costs a look-up instead of a signature check.
 */
export class TokenVerifier {
  private readonly parts: VerifierParts;
  private readonly remembered = new Map<string, Verified>();

  constructor(parts: VerifierParts) {
    this.parts = parts;
  }

  /**
   * The caller whom an `Authorization` header names, at once where the header was seen before;
   * refuses with 401 when it does not hold.
   */
  verify(authorization: string | undefined): Caller | Promise<Caller> {
    if (authorization === undefined) throw unauthorized('Access token is empty.');
    const known = this.remembered.get(authorization);
    if (known && this.parts.clock.now() < known.expiresAtSeconds * 1000) return known.caller;
    return this.verifyAnew(authorization);
  }

  private async verifyAnew(authorization: string): Promise<Caller> {
    const token = /^bearer +(\S+)$/i.exec(authorization)?.[1];
    if (token === undefined || token.length > TOKEN_MAX) {
      throw unauthorized('Access token is missing or malformed.');
    }
    const verified = await this.check(token);
    this.remember(authorization, verified);
    return verified.caller;
  }

  private async check(token: string): Promise<Verified> {
    const { keys, clock } = this.parts;
    const origins = this.parts.origins();
    let payload: JWTPayload;
    try {
      const { payload: claims, protectedHeader } = await jwtVerify(token, keys.publicKey, {
        algorithms: ['RS256'],
        audience: [...GRAPH_AUDIENCES, ...origins.all],
        clockTolerance: SKEW_SECONDS,
        currentDate: new Date(clock.now()),
        requiredClaims: ['iss', 'aud', 'exp', 'nbf', 'tid'],
      });
      if (protectedHeader.kid !== keys.kid) throw unauthorized('The signing key is not known.');
      payload = claims;
    } catch (error) {
      throw error instanceof Refusal ? error : unauthorized(reasonOf(error as Error), error);
    }
    return this.readClaims(payload);
  }

  private async readClaims(claims: JWTPayload): Promise<Verified> {
    const { tid, iss, exp, scp, roles, oid, azp, appid } = claims;
    const isIssued = typeof tid === 'string' && isOwnIssuer(this.parts.origins(), iss ?? '', tid);
    if (!isIssued) throw unauthorized('The issuer of the token is not this service.');
    const tenant = await this.parts.findTenant(tid);
    if (!tenant) throw unauthorized('The tenant of the token is not known.');
    const isDelegated = typeof scp === 'string';
    if (isDelegated && typeof oid !== 'string') throw unauthorized('The token names no user.');
    const granted = isDelegated ? scp.split(' ') : Array.isArray(roles) ? roles : [];
    const app = typeof azp === 'string' ? azp : typeof appid === 'string' ? appid : undefined;
    const caller: Caller = Object.freeze({
      tenant,
      user: isDelegated ? (oid as string).toLowerCase() : undefined,
      app,
      permissions: new Set(granted.filter((each): each is string => typeof each === 'string')),
      isUnrestricted: false,
    });
    return { caller, expiresAtSeconds: exp! + SKEW_SECONDS };
  }

  private remember(authorization: string, verified: Verified): void {
    if (this.remembered.size >= REMEMBERED_MAX) {
      const [oldest] = this.remembered.keys();
      this.remembered.delete(oldest!);
    }
    this.remembered.set(authorization, verified);
  }
}

function unauthorized(reason: string, cause?: unknown): Refusal {
  const quoted = reason.replaceAll('"', "'");
  return new Refusal('invalidToken', reason, {
    headers: {
      'WWW-Authenticate': `Bearer realm="", error="invalid_token", error_description="${quoted}"`,
    },
    ...(cause === undefined ? {} : { cause }),
  });
}

function reasonOf(error: Error): string {
  if (error instanceof errors.JWTExpired) {
    return 'Lifetime validation failed, the token is expired.';
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'nbf') return 'Lifetime validation failed, the token is not yet valid.';
    if (error.claim === 'aud') return 'Access token validation failure. Invalid audience.';
    return `Access token validation failure. The claim ${error.claim} does not hold.`;
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return 'Access token validation failure. Invalid signature.';
  }
  if (error instanceof errors.JOSEAlgNotAllowed) {
    return 'Access token validation failure. Only RS256 signatures are accepted.';
  }
  return 'CompactToken parsing failed with error code: 80049217';
}
