import { Refusal } from '#errors.ts';
import { applicationPermissions, delegatedPermissions } from '#model/permissions.ts';

/** What `POST /_kith/token` is asked for. */
export interface TokenRequest {
  /** Object id or userPrincipalName; undefined for an application that acts as itself. */
  readonly user: string | undefined;
  readonly app: string | undefined;
  readonly permissions: readonly string[];
  readonly tenant: string | undefined;
  readonly lifetimeSeconds: number;
}

const LIFETIME_SECONDS = 3600;
const LIFETIME_MAX_SECONDS = 10 * 365 * 86_400;
const NAMES = ['user', 'app', 'scopes', 'roles', 'tenant', 'lifetimeSeconds'];

/**
 * Reads the body of a token request: `{user | app, scopes | roles, tenant?, lifetimeSeconds?}`.
 * Without scopes or roles the token carries every permission that Kith knows for that kind.
 */
export function parseTokenRequest(body: Buffer | undefined): TokenRequest {
  const written = readObject(body);
  for (const name of Object.keys(written)) {
    if (!NAMES.includes(name)) throw refuse(name, `'${name}' is not one of ${NAMES.join(', ')}.`);
  }
  const user = readText(written, 'user');
  const app = readText(written, 'app');
  if (user === undefined && app === undefined) throw refuse('user', "Name a 'user' or an 'app'.");
  const list = user === undefined ? 'roles' : 'scopes';
  const known = user === undefined ? applicationPermissions : delegatedPermissions;
  const permissions = readList(written, list) ?? known;
  const lifetimeSeconds = written.lifetimeSeconds ?? LIFETIME_SECONDS;
  const isLifetime =
    Number.isInteger(lifetimeSeconds) &&
    Math.abs(lifetimeSeconds as number) <= LIFETIME_MAX_SECONDS;
  if (!isLifetime) throw refuse('lifetimeSeconds', "'lifetimeSeconds' is a whole number.");
  return {
    user,
    app,
    permissions,
    tenant: readText(written, 'tenant'),
    lifetimeSeconds: lifetimeSeconds as number,
  };
}

function readObject(body: Buffer | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body?.toString('utf8') ?? '');
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch {
    // The same sentence serves both: what is not JSON is no JSON object either.
  }
  throw new Refusal('malformedRequest', 'Send a JSON object such as {"user": "someone@example"}.');
}

function readText(written: Record<string, unknown>, name: string): string | undefined {
  const value = written[name];
  if (value === undefined || (typeof value === 'string' && value !== '')) return value;
  throw refuse(name, `'${name}' is a text.`);
}

function readList(written: Record<string, unknown>, name: string): string[] | undefined {
  const value = written[name];
  if (value === undefined) return undefined;
  if (typeof value === 'string') return value.split(/[ ,]+/).filter((each) => each !== '');
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value;
  throw refuse(name, `'${name}' is a list of permission names.`);
}

function refuse(target: string, message: string): Refusal {
  return new Refusal('badRequest', message, { target });
}
