import { mkdir, rm } from 'node:fs/promises';
import { systemClock } from '#clock.ts';
import { compileModel } from '#model/compile.ts';
import { declarations } from '#model/declarations.ts';
import { kithService } from '#model/kith-service.ts';
import { resources } from '#model/resources.ts';
import type { Document } from '#plan/document.ts';
import type { Writer } from '#plan/store.ts';
import { openStore } from '#store/open-store.ts';

/** How many people there are in the store, and facets of each. */
export interface PeopleStoreOptions {
  readonly dataDir: string;
  readonly people: number;
  readonly facets: number;
}

/** Words whose number of people is known: a share of all. */
export const sharedWords = { half: 0.6, fifth: 0.2, twentieth: 0.05, few: 0.002 } as const;
/** Their names: far from each other, and from all other words. */
export const wordOfShare: Readonly<Record<keyof typeof sharedWords, string>> = {
  half: 'Zymurgology',
  fifth: 'Quixotronics',
  twentieth: 'Jackdawing',
  few: 'Vexillography',
};

/** The tenant of the store, and the name of one of its people. */
export const tenant = {
  id: '11111111-2222-4333-8444-555555555555',
  displayName: 'Many',
  domains: ['many.example'],
};

const CHUNK = 50;
const WORDS = 30_000;
const GROUPS = 500;
const GROUPS_EACH = 2;
const SYLLABLES = 'ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu'.split(' ');
/** Facets in the order in which people have them. */
const KINDS = (
  'skills skills skills skills skills skills interests interests interests projects projects ' +
  'languages languages certifications certifications awards publications patents websites notes'
).split(' ');
const AUDIENCES = [
  ...Array.from({ length: 16 }, () => 'organization'),
  'me',
  'family',
  'contacts',
  'groupMembers',
];
const LEVELS = ['elementary', 'generalProfessional', 'advancedProfessional', 'expert'];

/** The user principal name of one of the people. */
export function nameOf(at: number): string {
  return `person${at}@many.example`;
}

/** Fills a store with people, chunk by chunk, so that memory stays as it is. */
export async function makePeopleStore(options: PeopleStoreOptions): Promise<void> {
  const { dataDir, people } = options;
  await rm(dataDir, { recursive: true, force: true });
  await mkdir(dataDir, { recursive: true });
  const model = compileModel(declarations, resources, 'store', kithService);
  const onError = (error: Error) => {
    throw error;
  };
  const parts = { url: undefined, dataDir, model, clock: systemClock, onError };
  const store = await openStore(parts);
  try {
    const of = await store.createTenant(tenant);
    const random = chance(7);
    const groups = await store.import(of, async (tx) => {
      const made: number[] = [];
      for (let at = 0; at < GROUPS; at++) made.push(await tx.insert('groups', groupAt(random)));
      return made;
    });
    for (let first = 0; first < people; first += CHUNK) {
      const size = Math.min(CHUNK, people - first);
      // A transaction that is run again must make the same people.
      const each = Array.from({ length: size }, (_, at) => personAt(random, first + at, options));
      await store.import(of, (tx) => writePeople(tx, each, groups));
    }
  } finally {
    await store.close();
  }
}

interface PersonRows {
  readonly user: Document;
  readonly facets: readonly { readonly kind: string; readonly members: Document }[];
  readonly groups: readonly number[];
  readonly contact: Document;
}

async function writePeople(
  tx: Writer,
  people: readonly PersonRows[],
  groups: readonly number[],
): Promise<void> {
  for (const { user, facets, groups: own, contact } of people) {
    const owner = await tx.insert('users', user);
    for (const { kind, members } of facets) {
      const address = { set: 'users', owner, path: `profile/${kind}`, key: String(members.id) };
      tx.write(address, members, undefined, []);
    }
    const address = { set: 'users', owner, path: 'contacts', key: String(contact.id) };
    tx.write(address, contact, undefined, []);
    for (const group of own) tx.link('members', groups[group]!, owner);
  }
}

/** Gives numbers from 0 up to 1, the same ones for the same seed. */
type Chance = () => number;

function chance(seed: number): Chance {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function groupAt(random: Chance): Document {
  return {
    id: guid(random),
    displayName: words(random, 2),
    groupTypes: ['Unified'],
    mailNickname: words(random, 1),
    mailEnabled: true,
    securityEnabled: false,
  };
}

function personAt(random: Chance, at: number, { people, facets }: PeopleStoreOptions): PersonRows {
  const user: Document = {
    id: guid(random),
    accountEnabled: true,
    displayName: words(random, 2),
    userPrincipalName: nameOf(at),
    mail: nameOf(at),
    mailNickname: `person${at}`,
    jobTitle: words(random, 2),
    department: words(random, 1),
    userType: 'Member',
  };
  const shares = Object.entries(sharedWords) as [keyof typeof sharedWords, number][];
  const known = shares.filter(([, share]) => random() < share).map(([name]) => name);
  const own = Array.from({ length: facets }, (_, index) => {
    const name = known[index];
    const kind = KINDS[index % KINDS.length]!;
    const told = name === undefined ? undefined : wordOfShare[name];
    return { kind, members: facetAt(random, kind, told) };
  });
  const groups = Array.from({ length: GROUPS_EACH }, () => Math.trunc(random() * GROUPS));
  const friend = nameOf(Math.trunc(random() * people));
  const contact = { id: guid(random), displayName: 'A', emailAddresses: [{ address: friend }] };
  return { user, facets: own, groups: [...new Set(groups)], contact };
}

function facetAt(random: Chance, kind: string, told: string | undefined): Document {
  const more = words(random, 1 + Math.trunc(random() * 2));
  const isAlone = random() < 0.5;
  const hasLevel = kind === 'skills' || kind === 'languages';
  return {
    id: guid(random),
    allowedAudiences: pick(random, AUDIENCES),
    isSearchable: true,
    displayName: told === undefined ? more : isAlone ? told : `${told} ${more}`,
    ...(hasLevel ? { proficiency: pick(random, LEVELS) } : {}),
    ...(kind === 'projects' || random() < 0.5 ? {} : { description: words(random, 5) }),
  };
}

function pick<Item>(random: Chance, items: readonly Item[]): Item {
  return items[Math.trunc(random() * items.length)]!;
}

/** Words of which some are far more frequent than others. */
function words(random: Chance, count: number): string {
  return Array.from({ length: count }, () => wordAt(Math.trunc(random() ** 3 * WORDS))).join(' ');
}

function wordAt(number: number): string {
  let [word, left] = ['', number + 400];
  while (left > 0) {
    word += SYLLABLES[left % SYLLABLES.length];
    left = Math.trunc(left / SYLLABLES.length);
  }
  return word;
}

function guid(random: Chance): string {
  const digits = (count: number) =>
    Array.from({ length: count }, () => Math.trunc(random() * 16).toString(16)).join('');
  return `${digits(8)}-${digits(4)}-4${digits(3)}-8${digits(3)}-${digits(12)}`;
}
