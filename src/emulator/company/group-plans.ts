import { makeGuid } from './guid.ts';
import { isLicencePilot, pilotGroupId } from './licences.ts';
import { kindOf } from './organization.ts';
import type { Company } from './person.ts';
import { Random } from './random.ts';
import { planUnits } from './unit-plans.ts';
import { codeNames, company as words } from './vocabulary/phrases.ts';

/** A group before it is written; its people are indexes, the owners first. */
export interface GroupPlan {
  readonly number: number;
  readonly id: string;
  readonly kind: 'microsoft365' | 'security';
  readonly name: string;
  readonly nickname: string;
  readonly description: string;
  readonly visibility: 'Public' | 'Private';
  readonly hasTeam: boolean;
  readonly owners: number;
  readonly members: readonly number[];
}

/** Above this number of people no group holds everybody. */
const everybodyMax = 1_000;

/** Nobody is in more groups than this. */
const groupsPerPersonMax = 5;

type Draft = Omit<GroupPlan, 'number' | 'id'> & { readonly id?: string };

/**
 * The groups of a company, one after the other: leadership, the pilot of a licence, everybody in
 * a small company, the units, two groups for security, and projects across the units.
 */
export function* planGroups(company: Company): Generator<GroupPlan> {
  const memberships = new Uint8Array(company.people);
  let number = 0;
  for (const draft of draftGroups(company, memberships)) {
    number++;
    for (const member of draft.members) memberships[member]!++;
    yield { number, id: makeGuid(company.seed, 'group', number, 1), ...draft };
  }
}

function* draftGroups(company: Company, memberships: Uint8Array): Generator<Draft> {
  yield* draftFixedGroups(company);
  for (const unit of planUnits(company)) {
    yield {
      kind: 'microsoft365',
      name: unit.name,
      nickname: unit.nickname,
      description: `Everybody who works in ${unit.name}.`,
      visibility: 'Public',
      hasTeam: true,
      owners: 1,
      members: unit.members,
    };
  }
  yield* draftSecurityGroups(company, memberships);
  yield* draftProjects(company, memberships);
}

function* draftFixedGroups({ seed, people }: Company): Generator<Draft> {
  const office = { kind: 'microsoft365', owners: 1, hasTeam: true } as const;
  yield {
    ...office,
    name: 'Leadership',
    nickname: 'leadership',
    description: 'The chief executive and the heads of the divisions.',
    visibility: 'Private',
    members: indexesWhere(Math.min(people, 7), () => true),
  };
  if (people <= everybodyMax) {
    yield {
      ...office,
      name: `All of ${words.name}`,
      nickname: 'all',
      description: 'News for everybody.',
      visibility: 'Public',
      members: indexesWhere(people, () => true),
    };
  }
  yield {
    id: pilotGroupId(seed),
    kind: 'security',
    name: 'Licence Pilot',
    nickname: 'licence-pilot',
    description: 'Gives its members their licence.',
    visibility: 'Private',
    hasTeam: false,
    owners: 0,
    members: indexesWhere(people, isLicencePilot),
  };
}

function* draftSecurityGroups(company: Company, memberships: Uint8Array): Generator<Draft> {
  for (const [number, name] of ['VPN Users', 'Night Access'].entries()) {
    const random = new Random(company.seed, 'membership', number, 2);
    const size = Math.min(200, Math.ceil(company.people / 5));
    yield {
      kind: 'security',
      name,
      nickname: name.toLowerCase().replace(' ', '-'),
      description: `Whom the policy "${name}" lets in.`,
      visibility: 'Private',
      hasTeam: false,
      owners: 0,
      members: drawMembers(random, company.people, size, memberships),
    };
  }
}

/** One project for 25 people, of 5 to 15 people; the names repeat, numbered, after 200. */
function* draftProjects(company: Company, memberships: Uint8Array): Generator<Draft> {
  const { colours, birds } = codeNames;
  const count = Math.ceil(company.people / 25);
  for (let project = 0; project < count; project++) {
    const random = new Random(company.seed, 'membership', project, 1);
    const round = Math.floor(project / (colours.length * birds.length));
    // 10 colours by 20 birds: stepping both at once and shifting every 20 meets each pair once.
    const colour = colours[(project + Math.floor(project / birds.length)) % colours.length]!;
    const bird = birds[project % birds.length]!;
    const name = `Project ${colour} ${bird}${round === 0 ? '' : ` ${round + 1}`}`;
    const members = drawMembers(random, company.people, random.between(5, 15), memberships);
    yield {
      kind: 'microsoft365',
      name,
      nickname: name.toLowerCase().replaceAll(' ', '-'),
      description: `${bird}: a project across divisions.`,
      visibility: random.percent(50) ? 'Private' : 'Public',
      hasTeam: random.percent(50),
      owners: Math.min(2, members.length),
      members,
    };
  }
}

/** Different people with room for one more group, members of the company first. */
function drawMembers(
  random: Random,
  people: number,
  size: number,
  memberships: Uint8Array,
): readonly number[] {
  const drawn = new Set<number>();
  for (let attempt = 0; drawn.size < size && attempt < size * 6; attempt++) {
    const index = random.below(people);
    if (memberships[index]! < groupsPerPersonMax) drawn.add(index);
  }
  const isOutside = (index: number): number => (kindOf(index) === 'member' ? 0 : 1);
  return [...drawn].sort((left, right) => isOutside(left) - isOutside(right) || left - right);
}

function indexesWhere(people: number, matches: (index: number) => boolean): readonly number[] {
  const indexes: number[] = [];
  for (let index = 0; index < people; index++) if (matches(index)) indexes.push(index);
  return indexes;
}
