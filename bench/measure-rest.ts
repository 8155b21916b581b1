import { setTimeout } from 'node:timers/promises';
import type { Company } from './compare.ts';
import { startKith } from './kith.ts';
import { median } from './measure.ts';
import { readResidentMegabytes } from './pinned-process.ts';

/** Idle time before memory is read. */
const IDLE_MS = 3000;
const STARTS = 5;
const DELTA_ROUNDS = 200;

/** The median time from the start of Node on a filled store to the line that says ready. */
export async function measureStart(dataDir: string): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < STARTS; run++) {
    await using kith = await startKith({ dataDir });
    times.push(kith.process.readyMs / 1000);
  }
  return median(times);
}

/** Resident memory of a process that has had nothing to do for a while, in megabytes. */
export async function measureMemoryAtRest(pid: number): Promise<number> {
  await setTimeout(IDLE_MS);
  return readResidentMegabytes(pid);
}

/** The median time of a delta query that finds no changes, one after another, in milliseconds. */
export async function measureDelta({ kith, callers }: Company): Promise<number> {
  const [token = ''] = callers.values();
  const headers = { Authorization: `Bearer ${token}` };
  const times: number[] = [];
  let url = `${kith.origin}/v1.0/users/delta?$deltatoken=latest`;
  for (let round = 0; round < DELTA_ROUNDS; round++) {
    const started = performance.now();
    const response = await fetch(url, { headers });
    const { '@odata.deltaLink': link } = (await response.json()) as { '@odata.deltaLink'?: string };
    times.push(performance.now() - started);
    if (link === undefined) throw new Error(`${url} was answered with ${response.status}.`);
    url = link;
  }
  return median(times);
}
