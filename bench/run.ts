/**
 * The benchmark: Kith against its floors, as ratios measured in one run. `npm run bench --
 * [--quick] [--people N] [--million] [--json FILE]`. It is a report: it fails only when something
 * breaks. Linux with two cores and `taskset` is what it needs.
 */
import { writeFile } from 'node:fs/promises';
import { readFlags } from '../scripts/read-flags.ts';
import { type CompanyStore, makeCompanyStore } from './company-store.ts';
import {
  type Bench,
  type Company,
  compareDepth,
  compareSizes,
  compareWithFloor,
  openCompany,
} from './compare.ts';
import { startKith } from './kith.ts';
import { startLoad } from './load-client.ts';
import type { Rounds } from './measure.ts';
import { measureDelta, measureMemoryAtRest, measureStart } from './measure-rest.ts';
import { measureNineSizes } from './nine-sizes.ts';
import {
  createOperation,
  entityOperations,
  facetOperation,
  listOperations,
  photoOperations,
} from './operations.ts';
import { type Bound, formatBounds, formatComparisons, type Judged } from './report.ts';
import { copyToMemory } from './store-in-memory.ts';

const MILLION = 1_000_000;
const MILLION_TARGET = 0.8;
const START_MAX_SECONDS = 0.7;
const MEMORY_MAX_MEGABYTES = 200;
const NINE_SIZES_MAX = 1.3;
const DELTA_MAX_MS = 2;

const values = readFlags('npm run bench -- [--quick] [--people N] [--million] [--json FILE]', {
  quick: { type: 'boolean', default: false },
  people: { type: 'string', default: '10000' },
  million: { type: 'boolean', default: false },
  json: { type: 'string' },
});
const cache = new URL('../.cache/bench', import.meta.url).pathname;
const rounds: Rounds = values.quick
  ? { count: 3, seconds: 2, warmUpSeconds: 1 }
  : { count: 3, seconds: 6, warmUpSeconds: 2 };

await main();

async function main(): Promise<void> {
  const people = Number(values.people);
  say(`Making a company of ${people} people and importing it ...`);
  const store = await makeCompanyStore({ folder: cache, people, isLean: false, isKept: false });
  const seconds = await measureStart(store.dataDir);
  await using kith = await startKith({ dataDir: store.dataDir });
  const restMegabytes = await measureMemoryAtRest(kith.process.pid);
  await using load = await startLoad();
  const bench: Bench = { load, rounds, say };
  const company = await openCompany(kith, store);
  const operations = [...entityOperations, ...listOperations, ...photoOperations];
  const deltaMs = await measureDelta(company);
  const comparisons = await compareWithFloor(bench, company, [
    ...operations,
    createOperation,
    facetOperation,
  ]);
  const depth = await compareDepth(bench, company);
  const loadedMegabytes = await measureMemoryAtRest(kith.process.pid);
  const bounds: Bound[] = [
    { name: 'start to ready, filled store', value: seconds, unit: 's', max: START_MAX_SECONDS },
    { name: 'memory at rest', value: restMegabytes, unit: 'MB', max: MEMORY_MAX_MEGABYTES },
    { name: 'memory at rest after the load', value: loadedMegabytes, unit: 'MB' },
    {
      name: 'JPEG of 2000x2000 to nine sizes, against sharp',
      value: await measureNineSizes(),
      unit: 'x',
      max: NINE_SIZES_MAX,
    },
    { name: 'delta without changes', value: deltaMs, unit: 'ms', max: DELTA_MAX_MS },
    { name: `import of ${people} people`, value: store.importSeconds!, unit: 's' },
  ];
  show({ reference: 'floor', measured: 'Kith' }, comparisons);
  show({ reference: 'first page', measured: 'deep page' }, [depth]);
  process.stdout.write(`${formatBounds(bounds)}\n`);
  const million = values.million ? await measureMillion(bench, company) : [];
  if (values.json === undefined) return;
  const all = { people, comparisons: [...comparisons, depth], million, bounds };
  await writeFile(values.json, JSON.stringify(all, null, 2));
}

/** The same on a hundred times the people, in memory where it has room; then once more from disk. */
async function measureMillion(bench: Bench, small: Company): Promise<Judged[]> {
  say('Making the company of a million users, unless it is kept from before ...');
  const options = { folder: cache, people: MILLION, isLean: true, isKept: true };
  const store = await makeCompanyStore(options);
  await using copy = await copyToMemory(store);
  if (!copy) say('There is no room for it in memory: it is read from disk.');
  const judged = await measureLarge(bench, small, copy ?? store);
  if (!copy) return judged;
  await using kith = await startKith({ dataDir: store.dataDir });
  const cold = await compareReads(bench, small, await openCompany(kith, store));
  show({ reference: values.people, measured: '1M from disk' }, cold);
  return [...judged, ...cold.map((each) => ({ ...each, name: `${each.name}, from disk` }))];
}

function compareReads(bench: Bench, small: Company, large: Company): Promise<Judged[]> {
  const operations = entityOperations.filter(
    ({ method, about }) => method === 'GET' && about === 'user',
  );
  return compareSizes(bench, [small, large], { operations, target: MILLION_TARGET });
}

async function measureLarge(bench: Bench, small: Company, store: CompanyStore): Promise<Judged[]> {
  await using kith = await startKith({ dataDir: store.dataDir });
  const company = await openCompany(kith, store);
  const sizes = await compareReads(bench, small, company);
  const lists = await compareWithFloor(bench, company, listOperations);
  const depth = await compareDepth(bench, company);
  const memory = await measureMemoryAtRest(kith.process.pid);
  const bounds: Bound[] = [
    { name: 'start to ready, a million', value: kith.process.readyMs / 1000, unit: 's' },
    { name: 'memory at rest after the load', value: memory, unit: 'MB' },
  ];
  if (store.importSeconds !== undefined) {
    bounds.push({ name: 'import of a million', value: store.importSeconds, unit: 's' });
  }
  show({ reference: values.people, measured: '1M' }, sizes);
  show({ reference: 'floor of 1M', measured: 'Kith' }, lists);
  show({ reference: 'first page of 1M', measured: 'deep page' }, [depth]);
  process.stdout.write(`${formatBounds(bounds)}\n`);
  return [...sizes, ...lists, depth];
}

function show(sides: { reference: string; measured: string }, judged: readonly Judged[]): void {
  process.stdout.write(`\n${formatComparisons(sides, judged)}\n`);
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
