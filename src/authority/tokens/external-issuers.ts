import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import type { Clock } from '#clock.ts';
import { Refusal } from '#errors.ts';
import type { Tenant } from '#plan/caller.ts';
import type { Store } from '#plan/store.ts';
import type { IssuerRule } from './issuer-rules.ts';
import type { WrittenJwt } from './read-jwt.ts';
import { type External, unauthorized } from './verify-token.ts';

/** What accepting others' tokens needs. */
export interface ExternalParts {
  readonly store: Store;
  readonly clock: Clock;
}

type KeySet = ReturnType<typeof createRemoteJWKSet>;

/** How long an issuer's keys are used without asking again, and how soon an unknown key asks. */
const KEYS_MS = 10 * 60_000;
const COOLDOWN_MS = 5_000;
const TIMEOUT_MS = 5_000;
const METADATA_MAX = 256 * 1024;
const METADATA_MS = 24 * 3_600_000;
const SKEW_SECONDS = 60;
/** A header that says where to find a key is never followed, and never needed. */
const REFUSED = ['jku', 'jwk', 'x5u', 'crit'];

interface Discovered {
  readonly keys: Promise<KeySet>;
  readonly at: number;
}

/**
 * Accepts tokens of other issuers: their keys are found by discovery (OpenID Connect Discovery 1.0,
 * section 4) and kept, an unknown key makes them be asked for again, and the rules say whom of this
 * directory a token names and what it may do.
 */
export class ExternalIssuers {
  private readonly rules: ReadonlyMap<string, IssuerRule>;
  private readonly parts: ExternalParts;
  private readonly discovered = new Map<string, Discovered>();

  constructor(rules: readonly IssuerRule[], parts: ExternalParts) {
    this.rules = new Map(rules.map((rule) => [rule.issuer, rule]));
    this.parts = parts;
  }

  /** Whom a token names; refuses with 401 what does not hold, 503 where its issuer is silent. */
  async verify({ header, claims }: WrittenJwt, token: string): Promise<External> {
    const rule = typeof claims.iss === 'string' ? this.rules.get(claims.iss) : undefined;
    if (!rule) throw unauthorized('The issuer of the token is not this service.');
    if (REFUSED.some((name) => name in header)) {
      throw unauthorized('Access token validation failure. The header is not known.');
    }
    const keys = await this.keysOf(rule);
    const payload = await this.check(token, keys, rule);
    return this.readClaims(payload, rule);
  }

  private async check(token: string, keys: KeySet, rule: IssuerRule): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: rule.issuer,
        audience: [...rule.audiences],
        algorithms: [...rule.algorithms],
        clockTolerance: SKEW_SECONDS,
        currentDate: new Date(this.parts.clock.now()),
        requiredClaims: ['exp', 'iat'],
      });
      return payload;
    } catch (error) {
      if (error instanceof errors.JWKSTimeout) throw silent(rule, error);
      const isTheirs = error instanceof errors.JOSEError && error.code !== 'ERR_JOSE_GENERIC';
      if (!isTheirs) throw silent(rule, error);
      throw unauthorized(`Access token validation failure. ${error.message}`, error);
    }
  }

  private keysOf(rule: IssuerRule): Promise<KeySet> {
    const now = this.parts.clock.now();
    const known = this.discovered.get(rule.issuer);
    if (known && now - known.at < METADATA_MS) return known.keys;
    const keys = discover(rule);
    this.discovered.set(rule.issuer, { keys, at: now });
    // After a failure it is asked again, but not by every request.
    keys.catch(() => {
      this.discovered.set(rule.issuer, { keys, at: now - METADATA_MS + COOLDOWN_MS });
    });
    return keys;
  }

  private async readClaims(claims: JWTPayload, rule: IssuerRule): Promise<External> {
    const { store } = this.parts;
    const tenant = await store.findTenant(rule.tenant);
    if (!tenant) throw unauthorized('The tenant of the token is not known.');
    const app = textOf(claims.azp) ?? textOf(claims.appid) ?? textOf(claims.client_id);
    const common = {
      tenant,
      issuedAt: (claims.iat ?? 0) * 1000,
      expiresAtSeconds: claims.exp! + SKEW_SECONDS,
    };
    if (isApplication(claims, app)) {
      const permissions = [
        ...(app === undefined ? [] : (rule.applications[app] ?? [])),
        ...translate(claims[rule.roleClaim], rule),
      ];
      return { ...common, bearer: { user: undefined, app }, permissions };
    }
    const user = await this.findUser(tenant, textOf(claims[rule.userClaim]), rule);
    if (user === undefined) throw unauthorized('The user of the token is not in the directory.');
    const permissions = translate(claims[rule.scopeClaim] ?? claims.scope, rule);
    return { ...common, bearer: { user, app }, permissions };
  }

  private async findUser(
    tenant: Tenant,
    name: string | undefined,
    { userProperty }: IssuerRule,
  ): Promise<string | undefined> {
    if (name === undefined || name.includes('\0')) return undefined;
    const reader = this.parts.store.reader(tenant);
    return (await reader.find('users', userProperty, name.toLowerCase(), 'nothing'))?.id;
  }
}

/** Tokens that applications get for themselves, as Entra ID, Keycloak and Auth0 mark them. */
function isApplication(claims: JWTPayload, app: string | undefined): boolean {
  const { idtyp, gty, sub, preferred_username: name } = claims;
  if (idtyp === 'app' || gty === 'client-credentials') return true;
  if (typeof name === 'string' && name.startsWith('service-account-')) return true;
  return app !== undefined && sub === app;
}

function translate(written: unknown, { permissions }: IssuerRule): readonly string[] {
  const names = typeof written === 'string' ? written.split(' ') : written;
  if (!Array.isArray(names)) return [];
  const texts = names.filter((each): each is string => typeof each === 'string' && each !== '');
  return permissions ? texts.flatMap((name) => permissions[name] ?? []) : texts;
}

async function discover(rule: IssuerRule): Promise<KeySet> {
  const url = `${rule.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  let text: string;
  try {
    const reply = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' });
    if (!reply.ok) throw new Error(`${url} answers ${reply.status}.`);
    text = await reply.text();
    if (text.length > METADATA_MAX) throw new Error(`${url} answers too much.`);
    const { issuer, jwks_uri: uri } = JSON.parse(text) as Record<string, unknown>;
    if (issuer !== rule.issuer) throw new Error(`${url} is of the issuer ${issuer}.`);
    if (typeof uri !== 'string') throw new Error(`${url} names no keys.`);
    const isSafe = new URL(uri).protocol === 'https:' || rule.issuer.startsWith('http:');
    if (!isSafe) throw new Error(`${url} has its keys without TLS.`);
    const options = { cacheMaxAge: KEYS_MS, cooldownDuration: COOLDOWN_MS };
    return createRemoteJWKSet(new URL(uri), { ...options, timeoutDuration: TIMEOUT_MS });
  } catch (error) {
    throw silent(rule, error);
  }
}

function silent(rule: IssuerRule, cause: unknown): Refusal {
  const message = `The keys of the issuer ${rule.issuer} cannot be read.`;
  return new Refusal('unavailable', message, { cause, headers: { 'Retry-After': '5' } });
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
