import type { Load } from './load-client.ts';
import type { Sent } from './operations.ts';
import { readCoreSeconds, readCpuSeconds } from './pinned-process.ts';

/** One of the servers that are compared. */
export interface Side {
  readonly name: string;
  readonly pid: number;
  readonly origin: string;
  readonly requests: readonly Sent[];
}

/** What one server did in one operation: medians of the rounds. */
export interface Figures {
  readonly requestsPerSecond: number;
  /** The server's processor time for one request, all its threads, in microseconds. */
  readonly cpuMicroseconds: number;
  /** The share of its own core that the load used: near 1, it held the server back. */
  readonly loadShare: number;
  /** The share of either core that went to programs beyond the two: the figures suffer from it. */
  readonly strangersShare: number;
}

export interface Rounds {
  readonly count: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
}

export const CONNECTIONS = 32;
/** The server's and the load's. */
const CORES = [0, 1];

/** Measures requests on every side in turn, round by round; gives the medians by side. */
export async function measureOperation(
  load: Load,
  method: string,
  sides: readonly Side[],
  rounds: Rounds,
): Promise<Map<string, Figures>> {
  const taken = new Map(sides.map(({ name }) => [name, [] as Figures[]]));
  for (let round = 0; round < rounds.count; round++) {
    for (const side of sides) {
      taken.get(side.name)!.push(await measureOnce(load, method, side, rounds));
    }
  }
  return new Map([...taken].map(([name, figures]) => [name, medianFigures(figures)]));
}

async function measureOnce(
  load: Load,
  method: string,
  { pid, origin, requests }: Side,
  { seconds, warmUpSeconds }: Rounds,
): Promise<Figures> {
  const job = { origin, method, connections: CONNECTIONS, requests };
  await load.run({ ...job, seconds: warmUpSeconds });
  const read = () => [readCpuSeconds(pid), ...CORES.map(readCoreSeconds)] as const;
  const before = read();
  const result = await load.run({ ...job, seconds });
  const [cpuSeconds, serverCore, loadCore] = read().map((each, index) => each - before[index]!);
  const strangers = Math.max(serverCore! - cpuSeconds!, loadCore! - result.loadCpuSeconds);
  return {
    requestsPerSecond: result.answered / result.seconds,
    cpuMicroseconds: (cpuSeconds! / result.answered) * 1e6,
    loadShare: result.loadCpuSeconds / result.seconds,
    strangersShare: Math.max(0, strangers / result.seconds),
  };
}

function medianFigures(all: readonly Figures[]): Figures {
  return {
    requestsPerSecond: median(all.map((each) => each.requestsPerSecond)),
    cpuMicroseconds: median(all.map((each) => each.cpuMicroseconds)),
    loadShare: median(all.map((each) => each.loadShare)),
    strangersShare: median(all.map((each) => each.strangersShare)),
  };
}

/** The middle of some numbers; the upper one of two. */
export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
}
