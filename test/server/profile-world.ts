/** People around each other, and what they tell whom; all of it from one number. */

export const facets = ['skills', 'awards', 'projects', 'notes'] as const;
/** One of the navigations that the world has facets in. */
export type FacetName = (typeof facets)[number];

/** A facet, told by a word that stands nowhere else. */
export interface WorldFacet {
  readonly person: number;
  readonly facet: FacetName;
  readonly id: string;
  readonly word: string;
  /** Names of audiences. */
  readonly audiences: readonly string[];
  readonly isSearchable: boolean;
}

/** Who there is, and who is what to whom. */
export interface World {
  readonly people: readonly { readonly id: string; readonly mail: string }[];
  /** By person those who are family, in the address book, in the same group. */
  readonly circles: Readonly<
    Record<'family' | 'contacts' | 'groupMembers', readonly Set<number>[]>
  >;
  readonly facets: readonly WorldFacet[];
  readonly lines: readonly object[];
}

/** A small generator of numbers (mulberry32). */
export function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const names = [
  'me',
  'family',
  'contacts',
  'groupMembers',
  'organization',
  'federatedOrganizations',
  'everyone',
];

function guid(kind: number, number: number): string {
  const head = String(kind).padStart(8, '0');
  return `${head}-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** Makes a world of so many people. */
export function makeWorld(seed: number, size: number): World {
  const next = numbersFrom(seed);
  const below = (end: number) => Math.floor(next() * end);
  const people = Array.from({ length: size }, (_, index) => {
    return { id: guid(1, index), mail: `p${index}@world.example` };
  });
  const some = (chance: number) => people.map((_, index) => index).filter(() => next() < chance);
  const family = people.map((_, index) => new Set(some(0.2).filter((each) => each !== index)));
  const contacts = people.map((_, index) => new Set(some(0.25).filter((each) => each !== index)));
  const groups = Array.from({ length: 4 }, () => some(0.25));
  const groupMembers = people.map((_, index) => {
    const near = groups.filter((members) => members.includes(index)).flat();
    return new Set(near.filter((each) => each !== index));
  });
  const made: WorldFacet[] = [];
  for (const person of people.keys()) {
    for (const facet of facets) {
      for (let count = below(7); count > 0; count--) {
        const number = made.length;
        const first = names[below(names.length)]!;
        const isMask = next() < 0.2 && first !== 'me';
        const audiences = isMask ? [first, names[1 + below(names.length - 1)]!] : [first];
        const isSearchable = next() < 0.8;
        const word = `zq${String(number).padStart(4, '0')}zq`;
        made.push({ person, facet, id: guid(2, number), word, audiences, isSearchable });
      }
    }
  }
  const world = { people, circles: { family, contacts, groupMembers }, facets: made };
  return { ...world, lines: linesOf(world, groups) };
}

function linesOf(
  { people, circles, facets }: Omit<World, 'lines'>,
  groups: readonly (readonly number[])[],
): object[] {
  const user = (index: number) => `users('${people[index]!.id}')`;
  const tenant = {
    id: '11111111-1111-4111-8111-111111111111',
    displayName: 'World',
    domains: ['world.example'],
  };
  return [
    { tenant },
    ...people.map(({ id, mail }, index) => ({
      '@set': 'users',
      id,
      displayName: `Person ${index}`,
      userPrincipalName: mail,
      mail,
      'family@odata.bind': [...circles.family[index]!].map(user),
    })),
    ...people.flatMap(({ id }, index) =>
      [...circles.contacts[index]!].map((other) => ({
        '@parent': `users('${id}')/contacts`,
        id: guid(3, index * 1000 + other),
        displayName: 'Somebody',
        emailAddresses: [{ address: people[other]!.mail.toUpperCase(), name: 'Somebody' }],
      })),
    ),
    ...groups.map((members, index) => ({
      '@set': 'groups',
      id: guid(4, index),
      displayName: `Group ${index}`,
      groupTypes: index % 2 === 0 ? ['Unified'] : [],
      'members@odata.bind': members.map(user),
    })),
    ...facets.map(({ person, facet, id, word, audiences, isSearchable }) => ({
      '@parent': `${user(person)}/profile/${facet}`,
      id,
      displayName: word,
      allowedAudiences: audiences.join(','),
      isSearchable,
    })),
  ];
}

/**
 * Whether a facet is for somebody, told as plainly as can be: the person themselves always; who is
 * in a circle that is named; and everybody of the organization where it or more is named. An
 * application (undefined) is of the organization and in no circle.
 */
export function isMeantFor(
  { circles }: World,
  { person, audiences }: WorldFacet,
  viewer: number | undefined,
): boolean {
  if (viewer === person) return true;
  return audiences.some((name) => {
    if (name === 'me') return false;
    if (name === 'family' || name === 'contacts' || name === 'groupMembers') {
      return viewer !== undefined && circles[name][person]!.has(viewer);
    }
    return true;
  });
}
