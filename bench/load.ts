/**
 * The load: a process of its own that sends what its parent tells it to, job after job, and tells
 * what came back. Requests are made ready before the clock starts.
 */
import { createRequire } from 'node:module';
import type { Job, JobResult } from './load-client.ts';
import type { Sent } from './operations.ts';

interface Client {
  setRequests(requests: readonly (Sent & { method: string })[]): void;
}

interface Result {
  readonly '2xx': number;
  readonly '3xx': number;
  readonly non2xx: number;
  readonly errors: number;
}

type Autocannon = (options: {
  readonly url: string;
  readonly connections: number;
  readonly duration: number;
  readonly setupClient: (client: Client) => void;
}) => PromiseLike<Result> & NodeJS.EventEmitter;

const autocannon = createRequire(import.meta.url)('autocannon') as Autocannon;

process.on('message', (job: Job) => {
  run(job).then(
    (result) => process.send!(result),
    (error) => process.send!({ failure: String(error) }),
  );
});
process.stdout.write('ready\n');

async function run(job: Job): Promise<JobResult> {
  const { origin, method, connections, seconds, requests } = job;
  const each = Math.floor(requests.length / connections);
  let next = 0;
  const instance = autocannon({
    url: origin,
    connections,
    duration: seconds,
    setupClient(client) {
      const own = requests.slice(next, next + each);
      next += each;
      client.setRequests(own.map((request) => ({ ...request, method })));
    },
  });
  let started = { at: 0, cpu: process.cpuUsage() };
  instance.on('start', () => {
    started = { at: performance.now(), cpu: process.cpuUsage() };
  });
  const result = await instance;
  const elapsed = (performance.now() - started.at) / 1000;
  const { user, system } = process.cpuUsage(started.cpu);
  // That the client has it already is an answer, too.
  const answered = result['2xx'] + result['3xx'];
  const failed = result.non2xx - result['3xx'] + result.errors;
  if (failed > 0) throw new Error(`${failed} of the requests to ${origin} failed.`);
  return { answered, seconds: elapsed, loadCpuSeconds: (user + system) / 1e6 };
}
