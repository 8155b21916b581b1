/**
 * How long a decorated profile takes with everything selected, over HTTP: what is stored, what
 * follows from facets, and what lies between viewer and viewee, in a company of 10,000 people with
 * 50 connections each. `npm run bench:decorated -- [--people N] [--requests N]`. The server runs on
 * one core, the one client on another. What the server computes for one answer is told, too: other
 * programs on the machine do not change it.
 */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { generateCompany } from '#emulator/company/generate-company.ts';
import { readFlags } from '../scripts/read-flags.ts';
import { type Kith, mintToken, startKith } from './kith.ts';
import { type Bound, formatBounds } from './report.ts';

const P99_MAX_MS = 20;
const CONNECTIONS_MEAN = 50;
const VIEWERS = 20;
const WARM_UP = 200;
/** A page of profiles is asked for this often. */
const PAGES = 40;

const values = readFlags('npm run bench:decorated -- [--people N] [--requests N]', {
  people: { type: 'string', default: '10000' },
  requests: { type: 'string', default: '3000' },
});

const folder = await mkdtemp(join(tmpdir(), 'kith-bench-'));
try {
  const seed = join(folder, 'company.jsonl');
  const ids = await writeCompany(seed, Number(values.people));
  await using kith = await startKith({ dataDir: join(folder, 'data'), seed });
  process.stdout.write(`\n${formatBounds(await measure(kith, ids))}\n`);
} finally {
  await rm(folder, { recursive: true });
}

/** Writes the company, and gives the ids of its people. */
async function writeCompany(path: string, people: number): Promise<string[]> {
  const out = createWriteStream(path);
  const ids: string[] = [];
  for (const line of generateCompany({ people, seed: 7, connectionsMean: CONNECTIONS_MEAN })) {
    const { '@set': set, id } = line as { '@set'?: string; id: string };
    if (set === 'users') ids.push(id);
    if (!out.write(`${JSON.stringify(line)}\n`)) await once(out, 'drain');
  }
  out.end();
  await finished(out);
  return ids;
}

async function measure(kith: Kith, ids: readonly string[]): Promise<Bound[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const viewers = Array.from({ length: VIEWERS }, (_, at) => pick(ids, at * 7));
  const tokens = await Promise.all(viewers.map((id) => mintToken(kith.origin, id)));
  const ask = (path: string, at: number) => {
    const headers = { Authorization: `Bearer ${tokens[at % VIEWERS]}` };
    return timeOf(`${kith.origin}/v1.0/${path}`, { agent, headers });
  };
  const expand = '$expand=endorsedSkills($expand=endorsers)';
  const one = (at: number) => ask(`decoratedProfiles/${pick(ids, at)}`, at);
  const everything = (at: number) => ask(`decoratedProfiles/${pick(ids, at)}?${expand}`, at);
  const count = Number(values.requests);
  const alone = await timesOf(one, count);
  const { pid } = kith.process;
  const computed = await timesOf((at) => computingOf(pid, () => one(at)), count);
  const whole = await timesOf((at) => computingOf(pid, () => everything(at)), count);
  const page = await timesOf((at) => ask('decoratedProfiles?$top=100', at), PAGES);
  agent.destroy();
  return [
    { name: 'decorated profile, p50', value: quantile(alone, 0.5), unit: 'ms' },
    { name: 'decorated profile, p99', value: quantile(alone, 0.99), max: P99_MAX_MS, unit: 'ms' },
    { name: '... computing, p50', value: quantile(computed, 0.5), unit: 'ms' },
    { name: '... computing, p99', value: quantile(computed, 0.99), max: P99_MAX_MS, unit: 'ms' },
    { name: '... with all endorsers, p99', value: quantile(whole, 0.99), unit: 'ms' },
    { name: '100 of them, p50', value: quantile(page, 0.5), unit: 'ms' },
  ];
}

async function timesOf(ask: (at: number) => Promise<number>, count: number): Promise<number[]> {
  for (let at = 0; at < Math.min(WARM_UP, count); at++) await ask(at);
  const times: number[] = [];
  for (let at = 0; at < count; at++) times.push(await ask(at + 1));
  return times.sort((one, other) => one - other);
}

function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!;
}

/** Somebody else each time, in no order, and the same in every run. */
function pick(ids: readonly string[], at: number): string {
  return ids[(at * 7_919) % ids.length]!;
}

/** How long the threads of a process compute while something is done (Linux, `schedstat`). */
async function computingOf(pid: number, work: () => Promise<unknown>): Promise<number> {
  const before = await computedBy(pid);
  await work();
  return (await computedBy(pid)) - before;
}

async function computedBy(pid: number): Promise<number> {
  const threads = await readdir(`/proc/${pid}/task`);
  const stats = await Promise.all(
    threads.map((each) => readFile(`/proc/${pid}/task/${each}/schedstat`, 'utf8').catch(() => '0')),
  );
  return stats.reduce((sum, text) => sum + Number(text.split(' ')[0]), 0) / 1e6;
}

/** How long one answer takes to come whole; throws where it is none. */
function timeOf(url: string, options: { agent: Agent; headers: object }): Promise<number> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const outgoing = get(url, options as Parameters<typeof get>[1], (answer) => {
      answer.resume();
      answer.once('end', () => {
        if (answer.statusCode === 200) resolve(performance.now() - started);
        else reject(new Error(`${url} answers ${answer.statusCode}.`));
      });
    });
    outgoing.once('error', reject);
  });
}
