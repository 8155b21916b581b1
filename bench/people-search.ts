/**
 * The figures of the search for people by what they know: `npm run bench:people`. A store of
 * 100,000 people with 20 facets each is made where none is kept (`--people`, `--facets`, `--keep`);
 * the server runs on one core. What counts is the processor time of each request, which other
 * programs disturb less than the time that passes.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFlags } from '../scripts/read-flags.ts';
import { mintToken, startKith } from './kith.ts';
import { makePeopleStore, nameOf, wordOfShare } from './people-store.ts';
import { type Bound, formatBounds } from './report.ts';

const values = readFlags(
  'npm run bench:people -- [--people N] [--facets N] [--repeats N] [--keep FOLDER]',
  {
    people: { type: 'string', default: '100000' },
    facets: { type: 'string', default: '20' },
    repeats: { type: 'string', default: '200' },
    keep: { type: 'string', default: join(tmpdir(), 'kith-bench-people') },
  },
);
const [people, facets] = [Number(values.people), Number(values.facets)];
const repeats = Number(values.repeats);
const MOST_MS = 50;
const VIEWERS = 10;

interface Search {
  readonly name: string;
  readonly path: string;
  readonly body?: object;
}

/** The word that most often stands beside others. */
const FREQUENT = 'babace';
const { half, fifth, twentieth, few } = wordOfShare;
const list = (search: string) =>
  `/beta/users?$search=${encodeURIComponent(search)}&$top=25&$select=id,displayName`;
const searches: readonly Search[] = [
  { name: 'a word that 1 in 5 has', path: list(`"skills:${fifth}"`) },
  { name: 'the same, counted', path: `${list(`"skills:${fifth}"`)}&$count=true` },
  { name: 'a word that 3 in 5 have', path: list(`"skills:${half}"`) },
  { name: 'a word that 1 in 500 has', path: list(`"skills:${few}"`) },
  { name: 'a slip of the pen', path: list('"skills:Quixotroncis"') },
  { name: 'the beginning of a word', path: list('"skills:Quixo"') },
  { name: 'two words, joined by AND', path: list(`"skills:${fifth}" AND "skills:${twentieth}"`) },
  { name: 'two words, joined by OR', path: list(`"skills:${fifth}" OR "skills:${twentieth}"`) },
  { name: 'two words of one facet', path: list(`"skills:${fifth} ${FREQUENT}"`) },
  {
    name: 'a word in any facet',
    path: '/beta/search/query',
    body: { requests: [{ entityTypes: ['person'], query: { queryString: fifth } }] },
  },
];

const dataDir = join(values.keep, `${people}x${facets}`);
const whole = join(dataDir, 'whole');
if (!existsSync(whole)) {
  const began = performance.now();
  await makePeopleStore({ dataDir, people, facets });
  await writeFile(whole, '');
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  process.stdout.write(`made ${people} people with ${people * facets} facets in ${seconds} s\n`);
}

await using kith = await startKith({ dataDir });
const tokens: string[] = [];
for (let at = 0; at < VIEWERS; at++) {
  tokens.push(await mintToken(kith.origin, nameOf(Math.trunc((at * people) / VIEWERS))));
}
await gatherWords();
const bounds: Bound[] = [];
for (const search of searches) bounds.push(...(await measure(search)));
process.stdout.write(`\n${formatBounds(bounds)}\n`);

/** The first search gathers the words of everybody: others wait, and are told to come again. */
async function gatherWords(): Promise<void> {
  const headers = { Authorization: `Bearer ${tokens[0]}`, ConsistencyLevel: 'eventual' };
  const began = performance.now();
  for (;;) {
    const response = await fetch(kith.origin + list(`"skills:${few}"`), { headers });
    await response.text();
    if (response.ok) break;
    if (response.status !== 503) throw new Error(`The first search: ${response.status}`);
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  process.stdout.write(`words were there after ${seconds} s\n`);
}

async function measure({ name, path, body }: Search): Promise<Bound[]> {
  const cpu: number[] = [];
  const passed: number[] = [];
  for (let at = 0; at < repeats + VIEWERS; at++) {
    const headers = {
      Authorization: `Bearer ${tokens[at % VIEWERS]}`,
      ConsistencyLevel: 'eventual',
      'Content-Type': 'application/json',
    };
    const init = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers };
    const before = cpuMilliseconds(kith.process.pid);
    const began = performance.now();
    const response = await fetch(kith.origin + path, init);
    await response.text();
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    // The first round of viewers warms up.
    if (at < VIEWERS) continue;
    passed.push(performance.now() - began);
    cpu.push(cpuMilliseconds(kith.process.pid) - before);
  }
  return [
    { name: `${name}: CPU, p50`, value: quantile(cpu, 0.5), unit: 'ms' },
    { name: `${name}: CPU, p99`, value: quantile(cpu, 0.99), unit: 'ms', max: MOST_MS },
    { name: `${name}: time, p50`, value: quantile(passed, 0.5), unit: 'ms' },
  ];
}

/** Processor time of all threads of a process, as finely as Linux counts it. */
function cpuMilliseconds(pid: number): number {
  const tasks = readdirSync(`/proc/${pid}/task`);
  const all = tasks.map((task) => {
    try {
      return Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ', 1)[0]);
    } catch {
      return 0;
    }
  });
  return all.reduce((sum, each) => sum + each, 0) / 1e6;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(Math.ceil(sorted.length * share) - 1, sorted.length - 1)]!;
}
