import { setTimeout } from 'node:timers/promises';
import { startKith } from './kith.ts';
import { median } from './measure.ts';
import { readResidentMegabytes } from './pinned-process.ts';

/** Idle time before memory is read. */
const IDLE_MS = 3000;
const STARTS = 5;

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
