import type { FastifyInstance } from 'fastify';
import type { Origins } from '#authority/issuer.ts';
import { mintToken } from '#authority/mint-token.ts';
import type { SigningKeys } from '#authority/signing-keys.ts';
import type { Clock } from '#clock.ts';
import { Refusal } from '#errors.ts';
import { isGuid } from '#ids.ts';
import { permissionRows } from '#model/permissions.ts';
import type { Tenant } from '#plan/caller.ts';
import type { Store } from '#plan/store.ts';
import { serveRoute } from './http/serve-route.ts';
import type { Metrics } from './metrics.ts';
import { parseTokenRequest } from './token-request.ts';

/** What the server's own routes need. */
export interface ControlParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly metrics: Metrics;
  /** The certificate of the local authority; undefined where the operator brought their own. */
  readonly caPem: string | undefined;
  readonly keys: SigningKeys;
  /** Known once the port is open. */
  origins(): Origins;
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
  serveRoute(app, 'GET', '/_kith/permissions', async () => ({ value: permissionRows }));
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
    const user = wanted.user && (await findUser(parts.store, tenant, wanted.user));
    const claims = {
      tenantId: tenant.id,
      user,
      app: wanted.app ?? BENCH_APP,
      permissions: wanted.permissions,
      lifetimeSeconds: wanted.lifetimeSeconds,
    };
    const token = await mintToken(claims, parts.keys, parts.origins(), parts.clock);
    return {
      token_type: 'Bearer',
      expires_in: wanted.lifetimeSeconds,
      scope: wanted.permissions.join(' '),
      access_token: token,
    };
  });
  serveRoute(app, 'POST', '/_kith/reset', async (_request, reply) => {
    await reset();
    return reply.code(204).send();
  });
}

async function findUser(store: Store, tenant: Tenant, written: string): Promise<string> {
  const property = isGuid(written) ? 'id' : 'userPrincipalName';
  const found = await store
    .reader(tenant)
    .find('users', property, written.toLowerCase(), 'nothing');
  if (!found) throw new Refusal('badRequest', `There is no user '${written}'.`, { target: 'user' });
  return found.id;
}
