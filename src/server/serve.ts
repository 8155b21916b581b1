import { hashPassword } from '#authority/kept/hash-password.ts';
import { openTextSigner } from '#authority/tokens/sign-text.ts';
import { type Keep, openKeyRing } from '#authority/tokens/signing-keys.ts';
import type { TokenVerifier } from '#authority/tokens/verify-token.ts';
import type { Clock } from '#clock.ts';
import type { Log } from '#log.ts';
import type { Model } from '#model/model.ts';
import type { Caller } from '#plan/caller.ts';
import type { Store } from '#plan/store.ts';
import { type OpenedBlobs, openBlobs } from '#store/open-blobs.ts';
import { type OpenedStore, openStore, sqlitePath } from '#store/open-store.ts';
import { StoreVersionError } from '#store/store-version-error.ts';
import { Jobs } from './asynchronous/jobs.ts';
import { openAuthority } from './authority/open-authority.ts';
import { loadBehaviours } from './behaviour/load-behaviours.ts';
import { ownBehaviours } from './behaviour/own-behaviours.ts';
import type { Config } from './config/config.ts';
import { ConfigError } from './config/config-error.ts';
import { serveBench, serveControl } from './control.ts';
import { openDataDir } from './data-dir.ts';
import { buildApp } from './http/app.ts';
import { openPhotos } from './images/open-photos.ts';
import { openMetrics } from './metrics.ts';
import { guardedPost } from './notifications/guarded-post.ts';
import { openNotifier } from './notifications/open-notifier.ts';
import { openModels } from './open-models.ts';
import { listen } from './port/listen.ts';
import { openServers } from './port/open-servers.ts';
import { openSeed } from './seed/open-seed.ts';
import type { ServiceParts } from './service-parts.ts';
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
  await using opened = new AsyncDisposableStack();
  opened.use(await openDataDir(config.dataDir));
  const { served: models, stored } = await openModels(config.model);
  const loaded = await loadBehaviours(config.behaviour, stored);
  const store = await openStoreFor(config, stored, clock, log);
  opened.defer(() => store.close());
  const isBench = config.mode === 'emulator';
  const own = config.model === undefined ? ownBehaviours({ store, clock, isBench }) : {};
  const behaviours = { ...own, ...loaded };
  const kept = await openBlobsFor(config, clock);
  opened.defer(() => kept.close());
  const photos = openPhotos({ store, kept: kept.blobs, clock, log });
  opened.use(photos);
  const { blobs, images, renditions } = photos;
  const seed = openSeed(config, { store, model: stored, hashSecret: hashPassword, blobs, images });
  const keep: Keep = (name, make) => store.keep(name, make);
  const [tls, keys, sign] = await Promise.all([
    openTls(config, clock),
    openKeyRing(keep, store.authority, clock),
    openTextSigner(keep),
    seed.fillIfEmpty(log),
  ]);
  const servers = openServers(tls);
  const authority = openAuthority({
    ...{ config, store, model: stored, keys, clock, log, sign },
    load: (lines) => seed.load(lines),
  });
  opened.use(authority);
  const service: ServiceParts = {
    ...{ models, store, blobs, images, renditions, clock, log, behaviours, sign },
    fidelity: config.fidelity,
    drawsInitials: config.initials,
    notifications: notificationsOf(config),
    hashSecret: hashPassword,
    identify: identifier(config, store, authority.verifier),
  };
  opened.use(openNotifier({ service, store, stored, authority: authority.parts }));
  const metrics = openMetrics();
  const hasUsers = config.model === undefined;
  const control = { store, hasUsers, clock, metrics, caPem: tls.caPem, authority: authority.parts };
  await buildApp({
    jobs: opened.use(new Jobs(clock)),
    service,
    clock,
    log,
    metrics,
    trustProxy: config.trustProxy,
    server: servers.http,
    control(app) {
      serveControl(app, control);
      authority.serve(app);
      if (isBench) serveBench(app, control, () => seed.reset());
    },
  });
  const onError = (error: Error) => log.error({ err: error }, 'a connection was not accepted');
  const { host, port: wanted } = config;
  const listener = opened.use(await listen({ ...servers, host, port: wanted, onError }));
  // The port may be chosen by the system.
  const { port } = listener;
  authority.listen(port);
  await authority.welcome();
  if (isBench) opened.use(seed.prepareReset());
  const running = opened.move();
  return { port, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

/** Where notifications may go: from a test bench to its own machine and networks, too. */
function notificationsOf({ mode }: Config): ServiceParts['notifications'] {
  return { reach: mode === 'emulator' ? 'near' : 'public', send: guardedPost };
}

/** Where bytes are kept by the configuration; a ConfigError where that cannot be had. */
async function openBlobsFor({ blobs: url, dataDir }: Config, clock: Clock): Promise<OpenedBlobs> {
  try {
    return await openBlobs({ url, dataDir, clock });
  } catch (cause) {
    if (url === undefined) throw cause;
    const reason = (cause as Error).message || (cause as Error).name;
    throw new ConfigError(`The bucket of --blobs cannot be opened: ${reason}.`, { cause });
  }
}

/** The store that the configuration names; a ConfigError where it cannot be had. */
async function openStoreFor(
  config: Config,
  model: Model,
  clock: Clock,
  log: Log,
): Promise<OpenedStore> {
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
  const verify =
    config.model === undefined
      ? (authorization: string | undefined) => verifier.verify(authorization)
      : // Another's model has no permissions: whoever has a token may do what the model allows.
        async (authorization: string | undefined) => ({
          ...(await verifier.verify(authorization)),
          isUnrestricted: true,
        });
  if (!config.anonymous) return verify;
  return async (authorization) => {
    if (authorization !== undefined) return verify(authorization);
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
