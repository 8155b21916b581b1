import { formatDate, today } from './calendar.ts';
import { makeGuid } from './guid.ts';
import { kindOf } from './organization.ts';
import { type Company, personId } from './person.ts';
import { Random } from './random.ts';

/** How many connections people have. */
export interface ConnectionLimits {
  readonly mean: number;
  /** Nobody has more than this; 5,000 when absent, at most 65,535. */
  readonly max?: number;
}

/** The others make up for the 6 % who have no connections. */
const lonerFactor = 1.08;

const dayMilliseconds = 86_400_000;

/** Whether the person stays without connections, so that some are out of everybody's network. */
export function isLoner(index: number): boolean {
  const kind = kindOf(index);
  return kind === 'guest' || kind === 'resource' || (index > 20 && index % 23 === 22);
}

/** With whom somebody connects: the picks of one person, by index. */
export interface Picks {
  readonly index: number;
  readonly picked: ReadonlySet<number>;
  /** What else is drawn for these connections. */
  readonly random: Random;
}

/**
 * Who is connected with whom, each pair at most once. Everybody picks only among the people before
 * them, so that the picks of one person are all that has to be remembered to keep pairs apart. The
 * numbers of picks are Pareto distributed (alpha 2), and the picks lean towards near neighbours in
 * the tree, so that clusters and long ways come about.
 */
export function* drawConnections(
  { seed, people }: Pick<Company, 'seed' | 'people'>,
  { mean, max = 5_000 }: ConnectionLimits,
): Generator<Picks> {
  const degrees = new Uint16Array(people);
  for (let index = 1; index < people; index++) {
    if (isLoner(index)) continue;
    const random = new Random(seed, 'connection', index);
    const count = Math.min(drawDegree(random, mean, index), max);
    const hasRoom = (other: number): boolean => degrees[other]! < max && !isLoner(other);
    const picked = pickConnections(random, index, count, hasRoom);
    degrees[index]! += picked.size;
    for (const other of picked) degrees[other]!++;
    yield { index, picked, random };
  }
}

/** The connections and pending invitations of the company. */
export function* describeConnections(
  company: Company,
  limits: ConnectionLimits,
): Generator<object> {
  for (const { index, picked, random } of drawConnections(company, limits)) {
    let number = 0;
    for (const other of picked) {
      yield describeConnection(company.seed, index, other, { random, number: ++number });
    }
    if (index % (index < 60 ? 6 : 30) === 5) yield* describeInvitation(company.seed, index, picked);
  }
}

/** Each connection counts for two people, so half of the mean is drawn by each. */
function drawDegree(random: Random, mean: number, index: number): number {
  const chance = (random.next() + 1) / 0x1_0000_0000;
  // A square root is exactly rounded on every machine; Math.pow is not.
  const wanted = (mean * lonerFactor) / 4 / Math.sqrt(chance) + random.below(1000) / 1000;
  return Math.min(Math.floor(wanted), Math.ceil(index * 0.6));
}

function pickConnections(
  random: Random,
  index: number,
  count: number,
  hasRoom: (other: number) => boolean,
): Set<number> {
  const picked = new Set<number>();
  const reach = Math.min(index, Math.max(9, count * 3));
  for (let attempt = 0; picked.size < count && attempt < count * 8; attempt++) {
    const isNear = random.percent(88);
    const other = isNear ? index - 1 - random.below(reach) : random.below(index);
    if (hasRoom(other)) picked.add(other);
  }
  return picked;
}

function describeConnection(
  seed: number,
  index: number,
  other: number,
  { random, number }: { random: Random; number: number },
): object {
  return {
    '@set': 'connections',
    id: makeGuid(seed, 'connection', index, number),
    members: [personId(seed, index), personId(seed, other)],
    since: formatDate(today - random.between(10, 4_000)),
    relevanceScore: (random.below(99) + 1) / 100,
  };
}

/**
 * A pending invitation between two people without a connection. The first two concern the default
 * user (index 1): one waits for her answer, one for somebody's answer to her.
 */
function* describeInvitation(
  seed: number,
  index: number,
  picked: ReadonlySet<number>,
): Generator<object> {
  const random = new Random(seed, 'invitation', index);
  const drawn = random.below(index);
  const other = index === 29 || index === 35 ? 1 : drawn;
  if (picked.has(other) || isLoner(other)) return;
  const isSentByOther = index === 35 || (index !== 29 && random.percent(50));
  const pair = [personId(seed, index), personId(seed, other)];
  const [inviter, invitee] = isSentByOther ? pair.reverse() : pair;
  const created = (today - random.between(1, 90)) * dayMilliseconds + random.below(86_400) * 1_000;
  const id = makeGuid(seed, 'invitation', index, 1);
  yield { '@set': 'invitations', id, inviter, invitee, created };
}
