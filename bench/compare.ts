import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CompanyStore } from './company-store.ts';
import { fillFloor } from './floor-file.ts';
import { type Kith, mintToken } from './kith.ts';
import type { Load } from './load-client.ts';
import { measureOperation, type Rounds, type Side } from './measure.ts';
import { DEEP_FIRST, DEEP_PAGES, type Operation } from './operations.ts';
import { startPinned } from './pinned-process.ts';
import { type Judged, judge } from './report.ts';
import {
  type Callers,
  findSubjects,
  makeFloorRequests,
  makeRequests,
  repeatRequest,
  type Subjects,
} from './requests.ts';

const CALLERS = 200;
const FLOOR_CORE = 0;
/** A page at any depth costs at most 1.2 times the first. */
const DEPTH_TARGET = 1 / 1.2;

/** A running Kith with who asks it and what about. */
export interface Company {
  readonly kith: Kith;
  readonly store: CompanyStore;
  readonly callers: Callers;
  readonly subjects: Subjects;
}

/** What every measurement needs. */
export interface Bench {
  readonly load: Load;
  readonly rounds: Rounds;
  say(text: string): void;
}

/** Mints tokens for some of the users, and finds what there is to ask about. */
export async function openCompany(kith: Kith, store: CompanyStore): Promise<Company> {
  const { people } = store;
  const step = Math.max(1, Math.floor(people.length / CALLERS));
  const some = people.filter((_, index) => index % step === 0).slice(0, CALLERS);
  const tokens = await Promise.all(
    some.map(async ({ id }) => [id, await mintToken(kith.origin, id)] as const),
  );
  const callers = new Map(tokens);
  return { kith, store, callers, subjects: findSubjects(people, callers) };
}

/** Operations on a company against the floor with the same documents. */
export async function compareWithFloor(
  { load, rounds, say }: Bench,
  { kith, store, callers, subjects }: Company,
  operations: readonly Operation[],
): Promise<Judged[]> {
  const file = join(store.dataDir, '..', 'floor.sqlite');
  await Promise.all(['', '-wal', '-shm'].map((end) => rm(`${file}${end}`, { force: true })));
  say('Filling the floor with the texts that Kith answers ...');
  const tables = operations.map((operation, index) => ({ operation, name: `t${index}` }));
  const { people } = store;
  await fillFloor(file, { tables, origin: kith.origin, people, callers });
  const floorFile = new URL('./floor.ts', import.meta.url).pathname;
  await using floor = await startPinned({ core: FLOOR_CORE, file: floorFile, args: [file] });
  const comparisons: Judged[] = [];
  for (const { operation, name } of tables) {
    say(`Measuring ${operation.name} ...`);
    const requests = makeFloorRequests(operation, name, subjects, callers);
    const sides: Side[] = [
      { name: 'floor', pid: floor.pid, origin: floor.firstLine, requests },
      sideOf('kith', kith, makeRequests(operation, subjects, callers)),
    ];
    const figures = await measureOperation(load, operation.method, sides, rounds);
    const [reference, own] = [figures.get('floor')!, figures.get('kith')!];
    const { name: shown, target } = operation;
    comparisons.push(judge({ name: shown, target, reference, kith: own }));
  }
  return comparisons;
}

/** The same requests to a small company and a large one. */
export async function compareSizes(
  { load, rounds, say }: Bench,
  [small, large]: readonly [Company, Company],
  { operations, target }: { operations: readonly Operation[]; target: number },
): Promise<Judged[]> {
  const comparisons: Judged[] = [];
  for (const operation of operations) {
    say(`Measuring ${operation.name} of both ...`);
    const sides = [
      sideOf('small', small.kith, makeRequests(operation, small.subjects, small.callers)),
      sideOf('large', large.kith, makeRequests(operation, large.subjects, large.callers)),
    ];
    const figures = await measureOperation(load, operation.method, sides, rounds);
    const [reference, own] = [figures.get('small')!, figures.get('large')!];
    comparisons.push(judge({ name: operation.name, target, reference, kith: own }));
  }
  return comparisons;
}

/** A page behind many others against the first page. */
export async function compareDepth(
  { load, rounds, say }: Bench,
  { kith, callers }: Company,
): Promise<Judged> {
  say(`Following ${DEEP_PAGES} pages ...`);
  // Page tokens are good for whom they were written.
  const alone: Callers = new Map([...callers].slice(0, 1));
  const deep = await followPages(kith.origin, alone, DEEP_PAGES);
  const sides = [
    sideOf('first', kith, repeatRequest(DEEP_FIRST, alone)),
    sideOf('deep', kith, repeatRequest(deep, alone)),
  ];
  const figures = await measureOperation(load, 'GET', sides, rounds);
  const [reference, own] = [figures.get('first')!, figures.get('deep')!];
  const name = `${DEEP_FIRST}, page ${DEEP_PAGES}`;
  return judge({ name, target: DEPTH_TARGET, reference, kith: own });
}

async function followPages(origin: string, callers: Callers, pages: number): Promise<string> {
  const [token = ''] = callers.values();
  let path = DEEP_FIRST;
  for (let page = 1; page < pages; page++) {
    const headers = { Authorization: `Bearer ${token}` };
    const response = await fetch(`${origin}${path}`, { headers });
    const { '@odata.nextLink': next } = (await response.json()) as { '@odata.nextLink'?: string };
    if (!next) throw new Error(`There is no page behind page ${page}.`);
    path = next.slice(origin.length);
  }
  return path;
}

function sideOf(
  name: string,
  { process: { pid }, origin }: Kith,
  requests: Side['requests'],
): Side {
  return { name, pid, origin, requests };
}
