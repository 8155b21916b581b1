import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import type { AuthorityParts } from '#authority/authority-parts.ts';
import { ClientSecrets } from '#authority/clients/client-secrets.ts';
import type { ExternalIssuers, ExternalParts } from '#authority/tokens/external-issuers.ts';
import { type Origins, originsOf } from '#authority/tokens/issuer.ts';
import { type IssuerRule, readIssuerRules } from '#authority/tokens/issuer-rules.ts';
import type { KeyRing } from '#authority/tokens/signing-keys.ts';
import { standingOfApp, standingOfUser } from '#authority/tokens/standing.ts';
import { TokenVerifier, type VerifierParts } from '#authority/tokens/verify-token.ts';
import type { Clock } from '#clock.ts';
import type { Log } from '#log.ts';
import type { Model } from '#model/model.ts';
import type { AuthorityStore } from '#plan/authority-store.ts';
import type { Store } from '#plan/store.ts';
import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import { openOrigins } from '../http/origin.ts';
import type { SeedLine } from '../seed/read-seed.ts';
import { serveAuthority } from './serve-authority.ts';

/** What the authority of a server is opened with. */
export interface AuthorityOpening {
  readonly config: Config;
  readonly store: Store & { readonly authority: AuthorityStore };
  /** The model with everything that is stored. */
  readonly model: Model;
  readonly keys: KeyRing;
  readonly clock: Clock;
  readonly log: Log;
  readonly sign: (text: string) => string;
  /** Loads lines of a seed into the store as it is. */
  readonly load: (lines: readonly SeedLine[]) => Promise<unknown>;
}

/** The authority of a running server. */
export interface Authority extends Disposable {
  readonly parts: AuthorityParts;
  readonly verifier: TokenVerifier;
  /** Tells the authority which port is open: from then on it knows its own origins. */
  listen(port: number): void;
  /** Tells the operator how the first administrator of a directory comes in. */
  welcome(): Promise<void>;
  /** Registers its endpoints. */
  serve(app: FastifyInstance): void;
}

const MAINTENANCE_MS = 3_600_000;
/** A directory's key signs that long. A test bench changes its key when it is told to. */
const KEY_MS = 90 * 24 * 3_600_000;

/**
 * Whom tokens of other issuers name, where there are such issuers. Throws a ConfigError for a file
 * that cannot be used.
 */
function openIssuers({ issuers: path }: Config, parts: ExternalParts): VerifierParts['external'] {
  if (path === undefined) return undefined;
  let rules: readonly IssuerRule[];
  try {
    rules = readIssuerRules(readFileSync(path, 'utf8'));
  } catch (cause) {
    const message = `The file of issuers ${path} cannot be used: ${(cause as Error).message}.`;
    throw new ConfigError(message, { cause });
  }
  let opened: Promise<ExternalIssuers> | undefined;
  return async (jwt, token) => {
    opened ??= import('#authority/tokens/external-issuers.ts').then(
      (module) => new module.ExternalIssuers(rules, parts),
    );
    return (await opened).verify(jwt, token);
  };
}

/** One-time links go to stderr, past the log: logs are collected, and kept. */
function tellOperator(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Opens the authority of a server. */
export function openAuthority(opening: AuthorityOpening): Authority {
  const { config, store, model, keys, clock, log } = opening;
  let origins: Origins = originsOf(config.host, config.port, config.origin);
  const kept = store.authority;
  const isBench = config.mode === 'emulator';
  const parts: AuthorityParts = {
    store,
    kept,
    model,
    keys,
    clock,
    secrets: new ClientSecrets(kept, clock),
    isBench,
    origins: () => origins,
  };
  const hasUsers = config.model === undefined;
  const standing = { store, kept, clock, endsDisabled: !isBench };
  const verifier = new TokenVerifier({
    keys,
    clock,
    origins: () => origins,
    findTenant: (id) => store.findTenant(id),
    isShared: kept.isShared,
    writes: () => kept.writes(),
    hasRoles: hasUsers && !isBench,
    external: openIssuers(config, { store, clock }),
    standing: (tenant, { user, app }) =>
      user !== undefined && hasUsers
        ? standingOfUser(tenant, user, standing)
        : standingOfApp(tenant, app ?? '', standing),
  });
  const maintain = async () => {
    await kept.sweep(clock.now());
    if (!isBench) await keys.rotateAfter(KEY_MS);
  };
  const timer = setInterval(() => {
    maintain().catch((error: unknown) => log.error({ err: error }, 'maintenance failed'));
  }, MAINTENANCE_MS).unref();
  return {
    parts,
    verifier,
    [Symbol.dispose]: () => clearInterval(timer),
    listen(port) {
      origins = originsOf(config.host, port, config.origin);
    },
    serve(app) {
      serveAuthority(app, {
        parts,
        verifier,
        log,
        findOrigin: openOrigins(config.trustProxy),
        sign: opening.sign,
        addPerson: async ({ id }, members) => {
          const lines = [{ tenant: { id } }, { '@set': 'users', ...members }];
          await opening.load(lines.map((value) => ({ value, where: 'The new person' })));
        },
        tellOperator,
      });
    },
    async welcome() {
      const tenant = isBench || !hasUsers ? undefined : await store.findTenant();
      if (!tenant) return;
      const { welcomeAdministrator } = await import('./welcome-administrator.ts');
      await welcomeAdministrator(tenant, parts, tellOperator);
    },
  };
}
