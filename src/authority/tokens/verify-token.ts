import { verify } from 'node:crypto';
import type { Clock } from '#clock.ts';
import { Refusal } from '#errors.ts';
import type { Caller, Tenant } from '#plan/caller.ts';
import { narrowToOwn } from './effective-permissions.ts';
import { GRAPH_AUDIENCES, isOwnIssuer, type Origins } from './issuer.ts';
import { readJwt, type WrittenJwt } from './read-jwt.ts';
import type { KeyRing } from './signing-keys.ts';
import type { Standing } from './standing.ts';
import { issuedAt } from './token-id.ts';

/** What a verifier needs to tell whether a token holds. */
export interface VerifierParts {
  readonly keys: KeyRing;
  /** Known once the port is open. */
  origins(): Origins;
  readonly clock: Clock;
  findTenant(id: string): Promise<Tenant | undefined>;
  /** Whether what was issued to the bearer still holds. */
  standing(tenant: Tenant, bearer: Bearer): Promise<Standing>;
  /** Whether other processes change the store too. */
  readonly isShared: boolean;
  /** Changes when this process has changed the store. */
  writes(): number;
  /** Whether the rights of people end where they would reach others, but for administrators. */
  readonly hasRoles: boolean;
  /** The caller whom a token of another issuer names, where there are such issuers. */
  readonly external?: ((jwt: WrittenJwt, token: string) => Promise<External>) | undefined;
}

/** Whom a token of another issuer names, and how long it is good. */
export interface External {
  readonly tenant: Tenant;
  readonly bearer: Bearer;
  readonly permissions: readonly string[];
  readonly issuedAt: number;
  readonly expiresAtSeconds: number;
}

/** Who holds a token. */
export interface Bearer {
  readonly user: string | undefined;
  readonly app: string | undefined;
}

interface Verified {
  readonly authorization: string;
  readonly caller: Caller;
  readonly expiresAtSeconds: number;
  /** Checks once more that the bearer's standing has not changed; refuses with 401. */
  readonly recheck: () => Promise<Caller>;
  /** What the last check has seen, and until when it is enough. */
  writes: number;
  checkedUntil: number;
}

/** Headers with verified tokens remembered; the oldest go first. */
const REMEMBERED_MAX = 10_000;
const TOKEN_MAX = 32 * 1024;
/** Characters at the end of a header, of the signature, by which it is looked up. */
const TAIL = 32;
const SKEW_SECONDS = 60;
/**
 * How soon a process sees what another has done to the standing of a bearer; and, of its own
 * writes told at once, a time from which sessions are good that has come meanwhile.
 */
const STANDING_MS = { shared: 1_000, alone: 20_000 } as const;
/** A token that brings its own key, or names where to find one, is not one of ours. */
const HEADER_NAMES = new Set(['alg', 'typ', 'kid']);

/**
 * Verifies bearer tokens: RS256 only, by this server's own keys, for the Graph resource or this
 * server, inside their lifetime, of bearers who have not been disabled since. A token seen before
 * costs a look-up instead of a signature check.
 */
export class TokenVerifier {
  private readonly parts: VerifierParts;
  private readonly standingMs: number;
  private readonly remembered = new Map<string, Verified>();

  constructor(parts: VerifierParts) {
    this.parts = parts;
    this.standingMs = STANDING_MS[parts.isShared ? 'shared' : 'alone'];
  }

  /**
   * The caller whom an `Authorization` header names, at once where the header was seen before;
   * refuses with 401 when it does not hold.
   */
  verify(authorization: string | undefined): Caller | Promise<Caller> {
    if (authorization === undefined) throw unauthorized('Access token is empty.');
    // A long text costs more to look up than a short one and a comparison.
    const known = this.remembered.get(authorization.slice(-TAIL));
    const now = this.parts.clock.now();
    const holds = known?.authorization === authorization && now < known.expiresAtSeconds * 1000;
    if (!holds) return this.verifyAnew(authorization);
    const isFresh = known.writes === this.parts.writes() && now < known.checkedUntil;
    return isFresh ? known.caller : this.recheck(known);
  }

  private async recheck(known: Verified): Promise<Caller> {
    const writes = this.parts.writes();
    const caller = await known.recheck();
    if (caller === known.caller) {
      known.writes = writes;
      known.checkedUntil = this.parts.clock.now() + this.standingMs;
      return caller;
    }
    this.remember({ ...known, caller, writes });
    return caller;
  }

  private async verifyAnew(authorization: string): Promise<Caller> {
    const token = /^bearer +(\S+)$/i.exec(authorization)?.[1];
    if (token === undefined || token.length > TOKEN_MAX) {
      throw unauthorized('Access token is missing or malformed.');
    }
    const jwt = readJwt(token);
    if (!jwt) throw unauthorized('CompactToken parsing failed with error code: 80049217');
    const writes = this.parts.writes();
    const isOwn = this.isOwn(jwt.claims.iss);
    const { external } = this.parts;
    const holder = isOwn || !external ? await this.checkOwn(jwt) : await external(jwt, token);
    const caller = await this.admit(holder);
    this.remember({
      authorization,
      caller,
      expiresAtSeconds: holder.expiresAtSeconds,
      recheck: () => this.admit(holder, caller),
      writes,
      checkedUntil: this.parts.clock.now() + this.standingMs,
    });
    return caller;
  }

  private isOwn(issuer: unknown): boolean {
    if (typeof issuer !== 'string') return true;
    for (const origin of this.parts.origins().all) if (issuer.startsWith(`${origin}/`)) return true;
    return false;
  }

  private async checkOwn(jwt: WrittenJwt): Promise<External> {
    const { header, claims } = jwt;
    const { clock, keys } = this.parts;
    if (header.alg !== 'RS256') {
      throw unauthorized('Access token validation failure. Only RS256 signatures are accepted.');
    }
    const isPlain = Object.keys(header).every((name) => HEADER_NAMES.has(name));
    if (!isPlain) throw unauthorized('Access token validation failure. The header is not known.');
    const { kid } = header;
    const key = typeof kid === 'string' ? await keys.find(kid) : undefined;
    if (!key) throw unauthorized('Access token validation failure. The signing key is not known.');
    if (!verify('sha256', Buffer.from(jwt.signed), key.publicKey, jwt.signature)) {
      throw unauthorized('Access token validation failure. Invalid signature.');
    }
    checkTimes(claims, clock.now());
    this.checkAudience(claims);
    return this.readClaims(claims);
  }

  private checkAudience({ aud }: WrittenJwt['claims']): void {
    const all: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
    const origins = this.parts.origins().all;
    const isOurs = (each: unknown) =>
      typeof each === 'string' &&
      ((GRAPH_AUDIENCES as readonly string[]).includes(each.replace(/\/$/, '')) ||
        origins.has(each.replace(/\/$/, '')));
    if (all.some(isOurs)) return;
    throw unauthorized('Access token validation failure. Invalid audience.');
  }

  private async readClaims(claims: WrittenJwt['claims']): Promise<External> {
    const { tid, iss, exp, scp, roles, oid, azp, appid } = claims;
    const isIssued =
      typeof tid === 'string' &&
      typeof iss === 'string' &&
      isOwnIssuer(this.parts.origins(), iss, tid);
    if (!isIssued) throw unauthorized('The issuer of the token is not this service.');
    const tenant = await this.parts.findTenant(tid);
    if (!tenant) throw unauthorized('The tenant of the token is not known.');
    const isDelegated = typeof scp === 'string';
    if (isDelegated && typeof oid !== 'string') throw unauthorized('The token names no user.');
    const granted: unknown[] = isDelegated ? scp.split(' ') : Array.isArray(roles) ? roles : [];
    return {
      tenant,
      bearer: {
        user: isDelegated ? (oid as string).toLowerCase() : undefined,
        app: typeof azp === 'string' ? azp : typeof appid === 'string' ? appid : undefined,
      },
      permissions: granted.filter((each): each is string => typeof each === 'string'),
      issuedAt: issuedAt(claims),
      expiresAtSeconds: (exp as number) + SKEW_SECONDS,
    };
  }

  /** The caller, if what was issued to the bearer still holds; the one before if nothing differs. */
  private async admit(holder: External, before?: Caller): Promise<Caller> {
    const { tenant, bearer, permissions } = holder;
    const { validFrom, isAdministrator } = await this.parts.standing(tenant, bearer);
    if (holder.issuedAt < validFrom) throw revoked(validFrom);
    const isNarrow = this.parts.hasRoles && bearer.user !== undefined && !isAdministrator;
    const effective = isNarrow ? narrowToOwn(permissions) : permissions;
    if (before && isSame(before.permissions, effective)) return before;
    return Object.freeze({
      tenant,
      user: bearer.user,
      app: bearer.app,
      permissions: new Set(effective),
      isUnrestricted: false,
    });
  }

  private remember(verified: Verified): void {
    if (this.remembered.size >= REMEMBERED_MAX) {
      const [oldest] = this.remembered.keys();
      this.remembered.delete(oldest!);
    }
    this.remembered.set(verified.authorization.slice(-TAIL), verified);
  }
}

function isSame(before: ReadonlySet<string>, names: readonly string[]): boolean {
  return before.size === new Set(names).size && names.every((name) => before.has(name));
}

function checkTimes({ exp, nbf }: WrittenJwt['claims'], now: number): void {
  const seconds = now / 1000;
  if (typeof exp !== 'number' || typeof nbf !== 'number') {
    throw unauthorized('Lifetime validation failed, the token has no lifetime.');
  }
  if (exp + SKEW_SECONDS <= seconds) {
    throw unauthorized('Lifetime validation failed, the token is expired.');
  }
  if (nbf - SKEW_SECONDS > seconds) {
    throw unauthorized('Lifetime validation failed, the token is not yet valid.');
  }
}

/** The refusal of a token that does not hold; clients read its reason in the header. */
export function unauthorized(reason: string, cause?: unknown): Refusal {
  return refuse(reason, `error="invalid_token", error_description="${quote(reason)}"`, cause);
}

/**
 * The refusal of a token whose bearer has lost what it stands for since: a claims challenge, by
 * which clients that know continuous access evaluation ask for another one.
 */
function revoked(validFrom: number): Refusal {
  const reason = 'Continuous access evaluation resulted in challenge: the token was revoked.';
  const seconds = Number.isFinite(validFrom) ? Math.ceil(validFrom / 1000) : undefined;
  const nbf = { essential: true, ...(seconds === undefined ? {} : { value: String(seconds) }) };
  const claims = Buffer.from(JSON.stringify({ access_token: { nbf } })).toString('base64');
  return refuse(reason, `error="insufficient_claims", claims="${claims}"`);
}

function refuse(reason: string, challenge: string, cause?: unknown): Refusal {
  return new Refusal('invalidToken', reason, {
    headers: { 'WWW-Authenticate': `Bearer realm="", ${challenge}` },
    ...(cause === undefined ? {} : { cause }),
  });
}

function quote(reason: string): string {
  return reason.replaceAll('"', "'").replaceAll('\n', ' ');
}
