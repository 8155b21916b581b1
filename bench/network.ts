/**
 * The benchmark of the graph of connections: `npm run bench:network -- [--people N]`. A store with
 * the connections of a generated company is made once; a process on one core loads and asks it.
 */

import { readFlags } from '../scripts/read-flags.ts';
import type { NetworkFigures } from './network-measures.ts';
import { makeNetwork } from './network-store.ts';
import { startPinned } from './pinned-process.ts';
import { type Bound, formatBounds } from './report.ts';
import type { Percentiles, Times } from './watch.ts';

const values = readFlags('npm run bench:network -- [--people N]', {
  people: { type: 'string', default: '1000000' },
});
const cache = new URL('../.cache/bench', import.meta.url).pathname;
const people = Number(values.people);

say(`Making a network of ${people} people ...`);
const dataDir = await makeNetwork(cache, people);
const file = new URL('./network-measures.ts', import.meta.url).pathname;
await using measuring = await startPinned({ core: 0, file, args: [dataDir, String(people)] });
const figures = JSON.parse(measuring.firstLine) as NetworkFigures;
const { connections, greatest, differences, sharedSizes, insert, keep, accept } = figures;
/** The floor is a durable row for itself; as everywhere, 32 are under way at once. */
const inCrowd = figures.acceptInCrowd;
say(`${people} people, ${connections} connections, the greatest number of one is ${greatest}.`);
say(`Degrees that differ from a plain search: ${differences}.`);
say(`The two who share connections have ${sharedSizes.join(' and ')}.\n`);
const bounds: readonly Bound[] = [
  { name: 'load', value: figures.loadSeconds, unit: 's' },
  { name: 'load, processor', value: figures.loadCpuSeconds, unit: 's', max: 20 },
  { name: 'memory behind it', value: figures.megabytes, unit: 'MB', max: 1000 },
  { name: 'memory, at most', value: figures.megabytesMost, unit: 'MB', max: 1000 },
  ...boundsOf('degrees of 50', figures.degrees, { p50: 0.15, p99: 2 }),
  ...boundsOf('degrees of 50, greatest viewer', figures.degreesOfGreatest, {}),
  ...boundsOf('shared connections', figures.shared, { p50: 0.03 }),
  ...boundsOf('a bare durable insert', insert, {}),
  ...boundsOf('a durable insert by the store', keep, {}),
  ...boundsOf('accept and see it', accept, {}),
  { name: 'accept, 32 at once, each', value: inCrowd, unit: 'ms' },
  { name: 'accept to a bare insert', value: inCrowd / insert.all.p50, unit: 'x', max: 2 },
  { name: 'the same, alone', value: accept.all.p50 / insert.all.p50, unit: 'x' },
  { name: "alone, to the store's insert", value: accept.all.p50 / keep.all.p50, unit: 'x' },
];
say(formatBounds(bounds));

/** Targets hold for times in which no other program took the core away. */
function boundsOf(name: string, times: Times, most: Partial<Percentiles>): readonly Bound[] {
  const bound = (of: keyof Percentiles) => {
    const max = most[of];
    return [
      { name: `${name}, ${of}`, value: times.all[of], unit: 'ms' },
      {
        name: `${name}, ${of}, undisturbed`,
        value: times.undisturbed[of],
        unit: 'ms',
        ...(max === undefined ? {} : { max }),
      },
    ];
  };
  return [...bound('p50'), ...bound('p99')];
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
