import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { HashSecret } from '#engine/writing/secrets.ts';
import type { Log } from '#log.ts';
import type { Model } from '#model/model.ts';
import type { Blobs } from '#plan/blobs.ts';
import type { Images } from '#plan/images.ts';
import type { LoadingStore } from '#plan/load.ts';
import type { QueryIndexes } from '#plan/store.ts';
import type { Config } from '../config/config.ts';
import { CompanySeed } from './company-seed.ts';
import { decodeAside } from './decode-aside.ts';
import { decodeSeed, type SeedPiece } from './decode-seed.ts';
import { withGraph } from './graph-principal.ts';
import { importSeed } from './import-seed.ts';
import { readSeedFiles, type SeedLine } from './read-seed.ts';
import { type ReadyPiece, readyPiece } from './ready-pieces.ts';

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

/** Bytes of files beyond which a thread of its own decodes them. */
const LARGE_BYTES = 4_000_000;
/** And beyond which two do, as fast as a store writes: a thread takes half a second to start. */
const HUGE_BYTES = 32_000_000;

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
  const { seed: paths } = config;
  const hasFiles = config.seed.length > 0;
  const hasCompany = !hasFiles && config.mode === 'emulator' && config.model === undefined;
  const company = hasCompany ? new CompanySeed(model) : undefined;
  // Files may have been edited since they were read.
  const pieces = () => {
    if (company) return readyPieces(company.pieces(), parts);
    const database = config.store === undefined ? 'sqlite' : 'postgres';
    const threads = threadsFor(paths);
    if (threads > 0) return decodeAside({ paths, model: config.model, database, threads });
    return readyPieces(decodeSeed(readSeedFiles(paths), model), parts);
  };
  const load = (indexes?: QueryIndexes) => {
    const options = { ...parts, clears: true, indexes, defaultTenant: DEFAULT_TENANT };
    return importSeed(withGraph(pieces(), model, parts.store.makeReady), options);
  };
  let resetting: Promise<unknown> = Promise.resolve();
  return {
    async fillIfEmpty(log) {
      let isFilled = true;
      // The mark is kept once all is loaded: a start that was cut short loads all of it again.
      await parts.store.keep('seeded', async () => {
        isFilled = false;
        const count = await load(parts.store.indexes);
        // A store that is served has a tenant, even if nobody is in it yet.
        if (!(await parts.store.findTenant())) await parts.store.createTenant(DEFAULT_TENANT);
        log.info({ lines: count }, 'seeded');
        return 'yes';
      });
      if (isFilled && hasFiles) log.info({ seed: paths }, 'a store is seeded once; it has been');
    },
    load: (more) => {
      const options = { ...parts, clears: false, defaultTenant: DEFAULT_TENANT };
      return importSeed(readyPieces(decodeSeed(more, model), parts), options);
    },
    prepareReset: () => company?.prepareLater(),
    async reset() {
      const turn = resetting.then(() => load());
      resetting = turn.catch(() => undefined);
      await turn;
    },
  };
}

async function* readyPieces(
  pieces: AsyncIterable<SeedPiece> | Iterable<SeedPiece>,
  { store }: SeedParts,
): AsyncGenerator<ReadyPiece> {
  for await (const piece of pieces) yield readyPiece(piece, store.makeReady);
}

/** How many threads that decode files are worth their start. */
function threadsFor(paths: readonly string[]): number {
  const sizes = paths.map((path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0);
  const size = sizes.reduce((sum, each) => sum + each, 0);
  if (size <= LARGE_BYTES) return 0;
  return size <= HUGE_BYTES ? 1 : Math.min(2, availableParallelism());
}
