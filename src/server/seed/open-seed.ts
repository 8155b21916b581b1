import type { HashSecret } from '#engine/writing/secrets.ts';
import type { Log } from '#log.ts';
import type { Model } from '#model/model.ts';
import type { Blobs } from '#plan/blobs.ts';
import type { Images } from '#plan/images.ts';
import type { LoadingStore } from '#plan/load.ts';
import type { QueryIndexes } from '#plan/store.ts';
import type { Config } from '../config/config.ts';
import { CompanySeed } from './company-seed.ts';
import { decodeSeed } from './decode-seed.ts';
import { withGraph } from './graph-principal.ts';
import { importSeed } from './import-seed.ts';
import { readSeedFiles, type SeedLine } from './read-seed.ts';

/** What the store starts with. */
export interface Seed {
  /** Loads the seed into a store that has not been seeded, once among all its processes. */
  fillIfEmpty(log: Log): Promise<void>;
  /** Brings every tenant of the seed back to what the seed says. */
  reset(): Promise<void>;
  /** Makes ready in a while what a reset needs, where that is always the same. */
  prepareReset(): Disposable | undefined;
  /** Loads further lines into the store as it is. */
  load(lines: readonly SeedLine[]): Promise<unknown>;
}

/** What loading a seed needs of the running server. */
export interface SeedParts {
  readonly store: LoadingStore;
  readonly model: Model;
  readonly hashSecret: HashSecret;
  readonly blobs: Blobs;
  readonly images: Images;
}

const DEFAULT_TENANT = {
  id: '6b697468-0000-4000-8000-000000000001',
  displayName: 'Kith',
  domains: ['kith.example'],
};

/**
 * The seed of this configuration: its files; else a made-up company; nothing for a directory, nor
 * for another's model.
 */
export function openSeed(config: Config, parts: SeedParts): Seed {
  const { model } = parts;
  const hasFiles = config.seed.length > 0;
  const hasCompany = !hasFiles && config.mode === 'emulator' && config.model === undefined;
  const company = hasCompany ? new CompanySeed(model) : undefined;
  // Files may have been edited since they were read.
  const pieces = () =>
    withGraph(company?.pieces() ?? decodeSeed(readSeedFiles(config.seed), model), model);
  const load = (indexes?: QueryIndexes) =>
    importSeed(pieces(), { ...parts, clears: true, indexes, defaultTenant: DEFAULT_TENANT });
  let resetting: Promise<unknown> = Promise.resolve();
  return {
    async fillIfEmpty(log) {
      // The mark is kept once all is loaded: a start that was cut short loads all of it again.
      await parts.store.keep('seeded', async () => {
        const count = await load(parts.store.indexes);
        // A store that is served has a tenant, even if nobody is in it yet.
        if (!(await parts.store.findTenant())) await parts.store.createTenant(DEFAULT_TENANT);
        log.info({ lines: count }, 'seeded');
        return 'yes';
      });
    },
    load: (more) => {
      const options = { ...parts, clears: false, defaultTenant: DEFAULT_TENANT };
      return importSeed(decodeSeed(more, model), options);
    },
    prepareReset: () => company?.prepareLater(),
    async reset() {
      const turn = resetting.then(() => load());
      resetting = turn.catch(() => undefined);
      await turn;
    },
  };
}
