import type { FastifyInstance } from 'fastify';
import type { AuthorityParts } from '#authority/authority-parts.ts';
import { mintToken } from '#authority/tokens/mint-token.ts';
import { subjectOf } from '#authority/tokens/standing.ts';
import type { Clock } from '#clock.ts';
import { Refusal } from '#errors.ts';
import { isGuid } from '#ids.ts';
import { propertyRows } from '#model/permissions/property-rows.ts';
import { readingRules } from '#model/permissions/reading-rules.ts';
import { permissionRows } from '#model/permissions.ts';
import type { Tenant } from '#plan/caller.ts';
import type { Store } from '#plan/store.ts';
import { serveRoute } from './http/serve-route.ts';
import type { Metrics } from './metrics.ts';
import { parseTokenRequest } from './token-request.ts';

/** What the server's own routes need. */
export interface ControlParts {
  readonly store: Store;
  /** Whether the store keeps the people whom tokens name. */
  readonly hasUsers: boolean;
  readonly clock: Clock;
  readonly metrics: Metrics;
  /** The certificate of the local authority; undefined where the operator brought their own. */
  readonly caPem: string | undefined;
  readonly authority: AuthorityParts;
}

/** The application that tokens of the bench name when the request names none. */
const BENCH_APP = '00000000-0000-4000-8000-6b6974680000';

/** The routes under `/_kith/` that both modes have. */
export function serveControl(app: FastifyInstance, parts: ControlParts): void {
  const { store, metrics, caPem } = parts;
  serveRoute(app, 'GET', '/_kith/live', async () => ({ status: 'live' }));
  serveRoute(app, 'GET', '/_kith/ready', async () => {
    await store.ping();
    return { status: 'ready' };
  });
  serveRoute(app, 'GET', '/_kith/permissions', async () => ({
    value: permissionRows,
    properties: propertyRows,
    reading: readingRules,
  }));
  serveRoute(app, 'GET', '/_kith/metrics', async (_request, reply) => {
    reply.header('Content-Type', metrics.registry.contentType);
    return metrics.registry.metrics();
  });
  serveRoute(app, 'GET', '/_kith/ca.pem', async (_request, reply) => {
    if (caPem === undefined) throw new Refusal('notFound', "The certificate is not Kith's own.");
    reply.header('Content-Type', 'application/x-pem-file');
    return caPem;
  });
}

/** The bench: routes that the emulator alone has. */
export function serveBench(
  app: FastifyInstance,
  parts: ControlParts,
  reset: () => Promise<void>,
): void {
  serveRoute(app, 'POST', '/_kith/token', async (request) => {
    const wanted = parseTokenRequest(request.body as Buffer | undefined);
    const tenant = await parts.store.findTenant(wanted.tenant);
    if (!tenant) throw new Refusal('badRequest', `There is no tenant '${wanted.tenant}'.`);
    const user = wanted.user && (await findUser(parts, tenant, wanted.user));
    const claims = {
      tenantId: tenant.id,
      user,
      app: wanted.app ?? BENCH_APP,
      permissions: wanted.permissions,
      lifetimeSeconds: wanted.lifetimeSeconds,
    };
    const { keys, clock, origins } = parts.authority;
    const token = mintToken(claims, { keys, clock, origin: origins().main });
    return {
      token_type: 'Bearer',
      expires_in: wanted.lifetimeSeconds,
      scope: wanted.permissions.join(' '),
      access_token: token,
    };
  });
  serveRoute(app, 'POST', '/_kith/rotate-keys', async () => {
    const { kid } = await parts.authority.keys.rotate();
    return { kid };
  });
  serveRoute(app, 'POST', '/_kith/revoke', async (request, reply) => {
    const wanted = parseTokenRequest(request.body as Buffer | undefined);
    const tenant = await parts.store.findTenant(wanted.tenant);
    if (!tenant) throw new Refusal('badRequest', `There is no tenant '${wanted.tenant}'.`);
    const user = wanted.user && (await findUser(parts, tenant, wanted.user));
    const { endSignIns, revokeBefore } = await import('#authority/people/set-password.ts');
    if (user) await endSignIns({ tenant, id: user }, parts.authority);
    else await revokeBefore(subjectOf(tenant, wanted.app!), parts.authority);
    return reply.code(204).send();
  });
  serveRoute(app, 'POST', '/_kith/reset', async (_request, reply) => {
    await reset();
    return reply.code(204).send();
  });
}

/** The id of the user whom a request for a token names; models without users take any id. */
async function findUser(
  { store, hasUsers }: ControlParts,
  tenant: Tenant,
  written: string,
): Promise<string> {
  if (!hasUsers) return written;
  const property = isGuid(written) ? 'id' : 'userPrincipalName';
  const found = await store
    .reader(tenant)
    .find('users', property, written.toLowerCase(), 'nothing');
  if (!found) throw new Refusal('badRequest', `There is no user '${written}'.`, { target: 'user' });
  return found.id;
}
