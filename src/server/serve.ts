import { hashPassword } from '#authority/hash-password.ts';
import { originsOf } from '#authority/issuer.ts';
import { openTextSigner } from '#authority/sign-text.ts';
import { type Keep, openSigningKeys } from '#authority/signing-keys.ts';
import { TokenVerifier } from '#authority/verify-token.ts';
import type { Clock } from '#clock.ts';
import type { Log } from '#log.ts';
import { compileModel } from '#model/compile.ts';
import { declarations } from '#model/declarations.ts';
import type { Model } from '#model/model.ts';
import { resources } from '#model/resources.ts';
import { roots } from '#model/schema.ts';
import type { Caller } from '#plan/caller.ts';
import type { Store } from '#plan/store.ts';
import { StoreVersionError } from '#store/migrate.ts';
import { openStore, sqlitePath } from '#store/open-store.ts';
import type { Config } from './config/config.ts';
import { ConfigError } from './config/config-error.ts';
import { serveBench, serveControl } from './control.ts';
import { openDataDir } from './data-dir.ts';
import { buildApp } from './http/app.ts';
import { openMetrics } from './metrics.ts';
import { listen } from './port/listen.ts';
import { openServers } from './port/open-servers.ts';
import { openSeed } from './seed/open-seed.ts';
import { openTls } from './tls/open-tls.ts';

/** A server that answers until it is disposed. */
export interface RunningServer extends AsyncDisposable {
  readonly port: number;
}

/**
 * Starts Kith: takes the data folder, opens and seeds the store, opens the port. What is opened is
 * closed in the opposite order, running requests first. Throws a ConfigError for what the operator
 * can mend.
 */
export async function serve(config: Config, clock: Clock, log: Log): Promise<RunningServer> {
  if (config.model !== undefined || config.behaviour !== undefined) {
    throw new ConfigError('This version serves the people model alone; leave --model out.');
  }
  await using opened = new AsyncDisposableStack();
  opened.use(await openDataDir(config.dataDir));
  const models = new Map(roots.map((root) => [root, compileModel(declarations, resources, root)]));
  const stored = compileModel(declarations, resources, 'store');
  const store = await openStoreFor(config, stored, clock, log);
  opened.defer(() => store.close());
  const seed = openSeed(config, { store, model: stored, hashSecret: hashPassword });
  const keep: Keep = (name, make) => store.keep(name, make);
  const [tls, keys, sign] = await Promise.all([
    openTls(config, clock),
    openSigningKeys(keep),
    openTextSigner(keep),
    seed.fillIfEmpty(log),
  ]);
  const servers = openServers(tls);
  // The port may be chosen by the system, and requests may come as soon as it is open.
  let port = config.port;
  const origins = () => originsOf(config.host, port);
  const findTenant = (id: string) => store.findTenant(id);
  const verifier = new TokenVerifier({ keys, origins, clock, findTenant });
  const metrics = openMetrics();
  const control = { store, clock, metrics, caPem: tls.caPem, keys, origins };
  await buildApp({
    service: {
      models,
      store,
      clock,
      log,
      fidelity: config.fidelity,
      hashSecret: hashPassword,
      sign,
      identify: identifier(config, store, verifier),
    },
    clock,
    log,
    metrics,
    trustProxy: config.trustProxy,
    server: servers.http,
    control(app) {
      serveControl(app, control);
      if (config.mode === 'emulator') serveBench(app, control, () => seed.reset());
    },
  });
  const onError = (error: Error) => log.error({ err: error }, 'a connection was not accepted');
  const listener = await listen({ ...servers, host: config.host, port, onError });
  opened.use(listener);
  port = listener.port;
  const running = opened.move();
  return { port, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

/** The store that the configuration names; a ConfigError where it cannot be had. */
async function openStoreFor(config: Config, model: Model, clock: Clock, log: Log): Promise<Store> {
  const { store: url, dataDir } = config;
  const onError = (error: Error) => log.error({ err: error }, 'a connection to the store broke');
  try {
    return await openStore({ url, dataDir, model, clock, onError });
  } catch (cause) {
    if (cause instanceof StoreVersionError) throw cause;
    // The URL may hold a password: it is not repeated.
    const which =
      url === undefined ? `The database ${sqlitePath(dataDir)}` : 'The PostgreSQL database';
    throw new ConfigError(`${which} cannot be opened: ${(cause as Error).message}.`, { cause });
  }
}

/** Whom a request comes from: by its token, or nobody in particular where none is asked for. */
function identifier(
  config: Config,
  store: Store,
  verifier: TokenVerifier,
): (authorization: string | undefined) => Caller | Promise<Caller> {
  if (!config.anonymous) return (authorization) => verifier.verify(authorization);
  return async (authorization) => {
    if (authorization !== undefined) return verifier.verify(authorization);
    const tenant = await store.findTenant();
    if (!tenant) throw new Error('A store without a tenant serves nobody.');
    return {
      tenant,
      user: undefined,
      app: undefined,
      permissions: new Set(),
      isUnrestricted: true,
    };
  };
}
