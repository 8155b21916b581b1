/**
 * The benchmark: Kith against its floors, as ratios measured in one run. `npm run bench --
 * [--quick] [--people N] [--million] [--json FILE]`. It is a report: it fails only when something
 * breaks. Linux with two cores and `taskset` is what it needs.
 */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type CompanyStore, makeCompanyStore, readThrough } from './company-store.ts';
import { fillFloor } from './floor-file.ts';
import { type Kith, mintToken, startKith } from './kith.ts';
import { type Load, startLoad } from './load-client.ts';
import { measureOperation, type Rounds, type Side } from './measure.ts';
import { measureMemoryAtRest, measureStart } from './measure-rest.ts';
import { operations } from './operations.ts';
import { startPinned } from './pinned-process.ts';
import { type Bound, formatBounds, formatComparisons, type Judged, judge } from './report.ts';
import { type Callers, makeFloorRequests, makeRequests } from './requests.ts';

const MILLION = 1_000_000;
const MILLION_TARGET = 0.8;
const START_MAX_SECONDS = 0.7;
const MEMORY_MAX_MEGABYTES = 200;
const CALLERS = 200;
const FLOOR_CORE = 0;

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    people: { type: 'string', default: '10000' },
    million: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});
const cache = new URL('../.cache/bench', import.meta.url).pathname;
const rounds: Rounds = values.quick
  ? { count: 3, seconds: 2, warmUpSeconds: 1 }
  : { count: 3, seconds: 6, warmUpSeconds: 2 };
const tables = operations.map((operation, index) => ({ operation, name: `t${index}` }));

await main();

async function main(): Promise<void> {
  const people = Number(values.people);
  say(`Making a company of ${people} people and importing it ...`);
  const store = await makeCompanyStore({ folder: cache, people, isLean: false, isKept: false });
  const seconds = await measureStart(store.dataDir);
  await using kith = await startKith({ dataDir: store.dataDir });
  const restMegabytes = await measureMemoryAtRest(kith.process.pid);
  await using load = await startLoad();
  const callers = await mintCallers(kith, store);
  const comparisons = await compareWithFloor(load, kith, store, callers);
  const loadedMegabytes = await measureMemoryAtRest(kith.process.pid);
  const bounds: Bound[] = [
    { name: 'start to ready, filled store', value: seconds, unit: 's', max: START_MAX_SECONDS },
    { name: 'memory at rest', value: restMegabytes, unit: 'MB', max: MEMORY_MAX_MEGABYTES },
    {
      name: 'memory at rest after the load',
      value: loadedMegabytes,
      unit: 'MB',
      max: MEMORY_MAX_MEGABYTES,
    },
    { name: `import of ${people} people`, value: store.importSeconds!, unit: 's' },
  ];
  process.stdout.write(
    `\n${formatComparisons({ reference: 'floor', measured: 'Kith' }, comparisons)}\n${formatBounds(bounds)}\n`,
  );
  const million = values.million ? await compareMillion(load, kith, store, callers) : [];
  if (values.json === undefined) return;
  await writeFile(values.json, JSON.stringify({ people, comparisons, million, bounds }, null, 2));
}

async function compareWithFloor(
  load: Load,
  kith: Kith,
  store: CompanyStore,
  callers: Callers,
): Promise<Judged[]> {
  const file = join(store.dataDir, '..', 'floor.sqlite');
  await Promise.all(['', '-wal', '-shm'].map((end) => rm(`${file}${end}`, { force: true })));
  say('Filling the floor with the texts that Kith answers ...');
  await fillFloor(file, { tables, origin: kith.origin, userIds: store.userIds, callers });
  const floorFile = new URL('./floor.ts', import.meta.url).pathname;
  await using floor = await startPinned({ core: FLOOR_CORE, file: floorFile, args: [file] });
  const comparisons: Judged[] = [];
  for (const { operation, name } of tables) {
    say(`Measuring ${operation.name} ...`);
    const floorRequests = makeFloorRequests(operation, name, store.userIds, callers);
    const sides: Side[] = [
      { name: 'floor', pid: floor.pid, origin: floor.firstLine, requests: floorRequests },
      sideOf('kith', kith, makeRequests(operation, store.userIds, callers)),
    ];
    const figures = await measureOperation(load, operation, sides, rounds);
    const [reference, own] = [figures.get('floor')!, figures.get('kith')!];
    comparisons.push(
      judge({ name: operation.name, target: operation.target, reference, kith: own }),
    );
  }
  return comparisons;
}

/** The same reads on a hundred times the people. */
async function compareMillion(
  load: Load,
  kith: Kith,
  store: CompanyStore,
  callers: Callers,
): Promise<Judged[]> {
  say('Making the company of a million users, unless it is kept from before ...');
  const options = { folder: cache, people: MILLION, isLean: true, isKept: true };
  const large = await makeCompanyStore(options);
  await readThrough(large);
  await using largeKith = await startKith({ dataDir: large.dataDir });
  const largeCallers = await mintCallers(largeKith, large);
  const comparisons: Judged[] = [];
  for (const operation of operations) {
    if (operation.method !== 'GET' || operation.isAboutCaller) continue;
    say(`Measuring ${operation.name} of a million ...`);
    const sides = [
      sideOf('small', kith, makeRequests(operation, store.userIds, callers)),
      sideOf('large', largeKith, makeRequests(operation, large.userIds, largeCallers)),
    ];
    const figures = await measureOperation(load, operation, sides, rounds);
    const [reference, own] = [figures.get('small')!, figures.get('large')!];
    comparisons.push(judge({ name: operation.name, target: MILLION_TARGET, reference, kith: own }));
  }
  const memory = await measureMemoryAtRest(largeKith.process.pid);
  const bounds: Bound[] = [
    { name: 'start to ready, a million', value: largeKith.process.readyMs / 1000, unit: 's' },
    { name: 'memory at rest after the load', value: memory, unit: 'MB' },
  ];
  if (large.importSeconds !== undefined) {
    bounds.push({ name: 'import of a million', value: large.importSeconds, unit: 's' });
  }
  const shown = formatComparisons({ reference: values.people, measured: '1M' }, comparisons);
  process.stdout.write(`\n${shown}\n${formatBounds(bounds)}\n`);
  return comparisons;
}

function sideOf(
  name: string,
  { process: { pid }, origin }: Kith,
  requests: Side['requests'],
): Side {
  return { name, pid, origin, requests };
}

async function mintCallers(kith: Kith, { userIds }: CompanyStore): Promise<Callers> {
  const step = Math.max(1, Math.floor(userIds.length / CALLERS));
  const callers = userIds.filter((_, index) => index % step === 0).slice(0, CALLERS);
  return new Map(
    await Promise.all(callers.map(async (id) => [id, await mintToken(kith.origin, id)] as const)),
  );
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
