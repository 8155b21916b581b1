import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openOnPostgres } from '../contract/stores.ts';
import { type Reply, type RequestOptions, type RunningKith, startKith } from '../running-kith.ts';

/** A shop: keys of every kind, containment, constraints, streams, derived and open types. */
const modelFile = join(import.meta.dirname, 'writes-shop.csdl.xml');

const seed = [
  { '@set': 'Categories', ID: 1, name: 'Food' },
  { '@set': 'Categories', ID: 2, name: 'Tools' },
  { '@set': 'Fixed', ID: 1, name: 'fixed' },
  {
    ...{ '@set': 'Products', ID: 1, name: 'seeded' },
    origin: { city: 'x', 'region@odata.bind': 'Categories(2)' },
    stops: [{ city: 'y' }, { city: 'z', 'region@odata.bind': 'Categories(1)' }],
  },
  { '@singleton': 'Main', ID: 9, name: 'main' },
];

/** The shop, served. */
export interface Shop extends RunningKith {
  /** Sends a request to a path below the root; a body makes it a POST. */
  send(path: string, options?: RequestOptions): Promise<Reply>;
}

/** The shop on both kinds of store. */
export const shops = [
  { name: 'SQLite', open: () => openShop() },
  { name: 'PostgreSQL', open: () => openOnPostgres(openShop) },
];

/** Serves the shop to anybody, on SQLite or the PostgreSQL database of that URL. */
export async function openShop(store?: string): Promise<Shop> {
  const folder = await mkdtemp(join(tmpdir(), 'kith-shop-'));
  const seedFile = join(folder, 'shop.jsonl');
  await writeFile(seedFile, seed.map((line) => JSON.stringify(line)).join('\n'));
  const flags = ['--model', modelFile, '--seed', seedFile, '--anonymous', '--fidelity', 'odata'];
  const kith = await startKith({ flags, store });
  const close = async () => {
    await kith.close();
    await rm(folder, { recursive: true, force: true });
  };
  return {
    ...kith,
    send: (path, options = {}) => {
      const method = options.body === undefined ? 'GET' : 'POST';
      return kith.request(`/v1.0/${path}`, { method, ...options });
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
