/**
 * Measures the graph of connections inside a process of its own: `node bench/network-measures.ts
 * FOLDER PEOPLE` prints the figures as one line of JSON.
 */
import { DatabaseSync } from 'node:sqlite';
import { closeInvitations } from '#engine/linked-in/close-invitations.ts';
import { INVITED } from '#engine/linked-in/invitation.ts';
import { newId } from '#ids.ts';
import type { BehaviourCall } from '#plan/behaviour.ts';
import type { Caller, Tenant } from '#plan/caller.ts';
import { type ConnectionGraph, invitationPair } from '#plan/connection-graph.ts';
import type { Store } from '#plan/store.ts';
import { idOf, openNetwork, ownerOf, TENANT } from './network-store.ts';
import { type Times, Watch } from './watch.ts';

const QUESTIONS = 20_000;
const VIEWEES = 50;
const CHECKED = 4;
const ACCEPTS = 1000;
const WARM_UPS = 500;
/** As many as the floors of `npm run bench` have connections. */
const CROWD = 32;
const CROWD_ACCEPTS = 2000;
const close = closeInvitations({ now: () => Date.now() });

/** What is measured of a network. */
export interface NetworkFigures {
  readonly people: number;
  readonly connections: number;
  readonly greatest: number;
  readonly loadSeconds: number;
  readonly loadCpuSeconds: number;
  readonly megabytes: number;
  readonly megabytesMost: number;
  readonly degrees: Times;
  readonly degreesOfGreatest: Times;
  readonly differences: number;
  readonly shared: Times;
  readonly sharedSizes: readonly number[];
  /** A durable row by SQLite alone, and by the store. */
  readonly insert: Times;
  readonly keep: Times;
  readonly accept: Times;
  /** Milliseconds from one acceptance to the next while 32 wait for theirs. */
  readonly acceptInCrowd: number;
}

const [dataDir, count] = process.argv.slice(2) as [string, string];
if (dataDir !== undefined) process.stdout.write(`${JSON.stringify(await measure())}\n`);

async function measure(): Promise<NetworkFigures> {
  const people = Number(count);
  const store = await openNetwork(dataDir);
  const tenant = (await store.findTenant(TENANT))!;
  const { connections } = store.reader(tenant);
  const [from, cpuFrom] = [performance.now(), cpuMilliseconds()];
  await connections.count(ownerOf(0));
  const loadSeconds = (performance.now() - from) / 1000;
  const loadCpuSeconds = (cpuMilliseconds() - cpuFrom) / 1000;
  const megabytes = process.memoryUsage().rss / 1e6;
  const megabytesMost = process.resourceUsage().maxRSS / 1000;
  const sizes = Float64Array.from({ length: people }, (_, at) => {
    return connections.count(ownerOf(at)) as number;
  });
  const order = Array.from(sizes.keys()).sort((one, other) => sizes[other]! - sizes[one]!);
  const [greatest, second] = order as [number, number];
  const pick = () => ownerOf(Math.floor(Math.random() * people));
  const some = () => Array.from({ length: VIEWEES }, pick);
  const questions = Array.from({ length: QUESTIONS }, () => [pick(), some()] as const);
  const ask = ([viewer, viewees]: (typeof questions)[number]) =>
    connections.degrees(viewer, viewees) as readonly string[];
  for (const each of questions.slice(0, 2000)) ask(each);
  const degrees = time(questions, ask);
  const ofGreatest = questions.slice(0, 1000).map((each) => [ownerOf(greatest), each[1]] as const);
  const degreesOfGreatest = time(ofGreatest, ask);
  const shareAll = () => connections.shared(ownerOf(greatest), ownerOf(second), 3);
  time(Array(2000).fill(0), shareAll);
  const shared = time(Array(2000).fill(0), shareAll);
  const checked = [ofGreatest[0]!, ...questions.slice(0, CHECKED)];
  const differences = countDifferences(connections, checked);
  const pairs = await inviteStrangers(store, tenant, people);
  const { insert, keep, accept } = await timeAccepts(store, tenant, pairs.slice(0, ACCEPTS));
  const acceptInCrowd = await timeCrowd(store, tenant, pairs.slice(ACCEPTS));
  await store.close();
  return {
    ...{ people, connections: sizes.reduce((sum, each) => sum + each, 0) / 2 },
    ...{ greatest: sizes[greatest]!, sharedSizes: [sizes[greatest]!, sizes[second]!] },
    ...{ loadSeconds, loadCpuSeconds, megabytes, megabytesMost },
    ...{ degrees, degreesOfGreatest, differences, shared, insert, keep, accept, acceptInCrowd },
  };
}

function time<Question>(questions: readonly Question[], ask: (each: Question) => unknown): Times {
  const watch = new Watch();
  for (const each of questions) {
    watch.start();
    ask(each);
    watch.stop();
  }
  return watch.times();
}

function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Compares degrees with a plain breadth-first search. */
function countDifferences(
  connections: ConnectionGraph,
  questions: readonly (readonly [number, readonly number[]])[],
): number {
  let differences = 0;
  for (const [viewer, viewees] of questions) {
    const found = connections.degrees(viewer, viewees) as readonly string[];
    const distances = new Map([[viewer, 0]]);
    for (const [person, distance] of distances) {
      if (distance === 3) continue;
      const next = connections.neighbours(person, 0, 1e9) as readonly number[];
      for (const each of next) if (!distances.has(each)) distances.set(each, distance + 1);
    }
    for (const [at, viewee] of viewees.entries()) {
      const distance = distances.get(viewee);
      const expected = distance === 0 ? 'SELF' : distance && `DISTANCE_${distance}`;
      if (found[at] !== (expected ?? 'OUT_OF_NETWORK')) differences += 1;
    }
  }
  return differences;
}

/** The floor: one durable row in a file of its own. */
function openFloor(): () => void {
  const database = new DatabaseSync(`${dataDir}/floor.sqlite`);
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    DROP TABLE IF EXISTS floor; CREATE TABLE floor (id TEXT PRIMARY KEY, doc TEXT NOT NULL)`);
  const insert = database.prepare('INSERT INTO floor VALUES (?, ?)');
  const doc = JSON.stringify({ members: [idOf(1), idOf(2)], since: '2026-01-01', score: 0.5 });
  return () => {
    insert.run(newId(), doc);
  };
}

/** Somebody who has invited somebody, by index. */
interface Invited {
  readonly id: string;
  readonly inviter: number;
  readonly invitee: number;
}

/** Invites people who are not connected, no inviter twice. */
async function inviteStrangers(store: Store, tenant: Tenant, people: number): Promise<Invited[]> {
  const { connections } = store.reader(tenant);
  const pairs = new Map<number, Invited>();
  while (pairs.size < ACCEPTS + CROWD_ACCEPTS) {
    const [inviter, invitee] = [0, 0].map(() => Math.floor(Math.random() * people));
    const [degree] = connections.degrees(ownerOf(inviter!), [ownerOf(invitee!)]) as string[];
    if (degree === 'DISTANCE_1' || degree === 'SELF') continue;
    pairs.set(inviter!, { id: newId(), inviter: inviter!, invitee: invitee! });
  }
  const invited = [...pairs.values()];
  await store.transact(tenant, async (tx) => {
    for (const { id, inviter, invitee } of invited) {
      const people = { inviter: idOf(inviter), invitee: idOf(invitee) };
      const pair = invitationPair(people.inviter, people.invitee);
      const created = Date.now();
      const owner = await tx.insert('invitations', {
        ...{ id, ...people, pair, created, validationToken: id },
      });
      tx.link(INVITED, ownerOf(inviter), owner);
      tx.link(INVITED, ownerOf(invitee), owner);
    }
  });
  return invited;
}

/** Durable inserts, and accepting an invitation with the degree of the two, in turn. */
async function timeAccepts(store: Store, tenant: Tenant, pairs: readonly Invited[]) {
  const insertRow = openFloor();
  let watches = startWatches();
  for (const [at, invited] of pairs.entries()) {
    if (at === WARM_UPS) watches = startWatches();
    watches.insert.start();
    insertRow();
    watches.insert.stop();
    watches.keep.start();
    await store.transact(tenant, (tx) => tx.insert('connections', { id: newId() }));
    watches.keep.stop();
    watches.accept.start();
    await acceptOne(store, tenant, invited);
    watches.accept.stop();
  }
  const { insert, keep, accept } = watches;
  return { insert: insert.times(), keep: keep.times(), accept: accept.times() };
}

/** Accepts many invitations, each time as many at once as the floors are asked by. */
async function timeCrowd(store: Store, tenant: Tenant, pairs: Invited[]): Promise<number> {
  const count = pairs.length;
  const startedAt = performance.now();
  const acceptOnAndOn = async () => {
    for (let next = pairs.pop(); next; next = pairs.pop()) await acceptOne(store, tenant, next);
  };
  await Promise.all(Array.from({ length: CROWD }, acceptOnAndOn));
  return (performance.now() - startedAt) / count;
}

/** Accepts an invitation, and looks at the degree of the two. */
async function acceptOne(store: Store, tenant: Tenant, { id, inviter, invitee }: Invited) {
  const caller = { tenant, user: idOf(invitee) } as Caller;
  const inviteActionData = [{ invitationId: id, validationToken: id }];
  const parameters = { inviteActionData, inviteeActionType: 'ACCEPT' };
  await store.join(async (joined) => {
    const call: Pick<BehaviourCall, 'parameters'> = { parameters };
    return close(call as BehaviourCall, { store: joined, caller });
  });
  const { connections } = store.reader(tenant);
  const [degree] = await connections.degrees(ownerOf(inviter), [ownerOf(invitee)]);
  if (degree !== 'DISTANCE_1') throw new Error(`An accepted invitation leaves ${degree}.`);
}

function startWatches() {
  return { insert: new Watch(), keep: new Watch(), accept: new Watch() };
}
