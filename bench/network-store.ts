import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { drawConnections } from '#emulator/company/connections.ts';
import { compileModel } from '#model/compile.ts';
import { declarations } from '#model/declarations.ts';
import { resources } from '#model/resources.ts';
import { packNeighbours } from '#store/graph/packed-neighbours.ts';
import { type OpenedStore, openStore, sqlitePath } from '#store/open-store.ts';

const SEED = 7;
const MEAN = 50;
/** The surrogate of the first person. */
const FIRST = 1000;
export const TENANT = '00000000-0000-4000-8000-00000000beac';

/** How many people there are, and connections between them. */
export interface NetworkSize {
  readonly people: number;
  readonly connections: number;
}

/** A person's id by index. */
export function idOf(index: number): string {
  return `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
}

/** A person's surrogate by index. */
export function ownerOf(index: number): number {
  return FIRST + index;
}

/** Opens the store of a network. */
export function openNetwork(dataDir: string): Promise<OpenedStore> {
  const model = compileModel(declarations, resources, 'store');
  const onError = (error: Error) => {
    throw error;
  };
  return openStore({ url: undefined, dataDir, model, clock: { now: () => Date.now() }, onError });
}

/**
 * Makes a store with the connections of a generated company, and people who have nothing but an id,
 * unless it is there from an earlier run.
 */
export async function makeNetwork(folder: string, people: number): Promise<string> {
  const dataDir = join(folder, `network-${people}`);
  const done = join(dataDir, 'done');
  if (existsSync(done)) return dataDir;
  await rm(dataDir, { recursive: true, force: true });
  await mkdir(dataDir, { recursive: true });
  const store = await openNetwork(dataDir);
  const { num } = await store.createTenant({ id: TENANT, displayName: 'Network', domains: [] });
  await store.close();
  const database = new DatabaseSync(sqlitePath(dataDir));
  database.exec('PRAGMA synchronous = OFF; BEGIN');
  const insertPerson = database.prepare(
    'INSERT INTO set_users (num, tenant, id, version, view, doc) VALUES (?, ?, ?, 1, NULL, ?)',
  );
  const insertRow = database.prepare(
    'INSERT INTO kith_connected (tenant, owner, packed) VALUES (?, ?, ?)',
  );
  const { starts, lists } = drawLists(people);
  for (let index = 0; index < people; index++) {
    const id = idOf(index);
    const doc = JSON.stringify({ '@odata.type': 'microsoft.graph.user', id });
    insertPerson.run(ownerOf(index), num, id, doc);
    const list = lists.subarray(starts[index]!, starts[index + 1]!).sort();
    if (list.length === 0) continue;
    insertRow.run(num, ownerOf(index), packNeighbours(list.map(ownerOf)));
  }
  const sequence = database.prepare(`UPDATE kith_sequence SET next = ? WHERE name = 'owner'`);
  sequence.run(ownerOf(people) + 1000);
  database.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  await writeFile(done, '');
  return dataDir;
}

/** The neighbours of everybody by index, one list behind the other. */
function drawLists(people: number): { starts: Uint32Array; lists: Uint32Array } {
  const limits = { mean: MEAN, max: 5000 };
  const pairs: Uint32Array[] = [];
  const lengths = new Uint32Array(people + 1);
  for (const { index, picked } of drawConnections({ seed: SEED, people }, limits)) {
    for (const other of picked) lengths[other]!++;
    lengths[index]! += picked.size;
    pairs.push(Uint32Array.of(index, ...picked));
  }
  const starts = new Uint32Array(people + 1);
  for (let index = 0; index < people; index++) starts[index + 1] = starts[index]! + lengths[index]!;
  const lists = new Uint32Array(starts[people]!);
  const ends = starts.slice();
  for (const [index, ...picked] of pairs) {
    for (const other of picked) {
      lists[ends[index!]!++] = other;
      lists[ends[other]!++] = index!;
    }
  }
  return { starts, lists };
}
