import { once } from 'node:events';
import type { Sent } from './operations.ts';
import { type PinnedProcess, startPinned } from './pinned-process.ts';

/** What the load has to send: the requests in turn, each connection its own share of them. */
export interface Job {
  readonly origin: string;
  readonly method: string;
  readonly connections: number;
  readonly seconds: number;
  readonly requests: readonly Sent[];
}

/** What came back; a request that was not answered with 2xx or 304 fails the whole job. */
export interface JobResult {
  readonly answered: number;
  readonly seconds: number;
  /** Processor time that the load itself took: near `seconds`, it was the bottleneck. */
  readonly loadCpuSeconds: number;
}

/** The load's process. */
export interface Load extends AsyncDisposable {
  run(job: Job): Promise<JobResult>;
}

const LOAD_CORE = 1;

/** Starts the load on its core. */
export async function startLoad(): Promise<Load> {
  const file = new URL('./load.ts', import.meta.url).pathname;
  const process: PinnedProcess = await startPinned({ core: LOAD_CORE, file, args: [] });
  return {
    async run(job) {
      process.child.send(job);
      const [result] = (await once(process.child, 'message')) as [JobResult | { failure: string }];
      if ('failure' in result) throw new Error(result.failure);
      return result;
    },
    [Symbol.asyncDispose]: () => process[Symbol.asyncDispose](),
  };
}
