import { dayOf, today } from './calendar.ts';
import { makeGuid } from './guid.ts';
import { nameOf, numberNames, type PersonName } from './names.ts';
import { buildOrganization, kindOf, none, type Organization } from './organization.ts';
import { Random } from './random.ts';
import { type Division, divisions, executiveOffice } from './vocabulary/divisions.ts';
import { memorablePeople, type PersonKind } from './vocabulary/memorable-people.ts';
import { partners, company as words } from './vocabulary/phrases.ts';
import { type Place, places } from './vocabulary/places.ts';

/** What a company holds in memory: a few compact arrays, about 14 bytes a person. */
export interface Company {
  readonly seed: number;
  readonly people: number;
  readonly organization: Organization;
  readonly nameNumbers: Uint32Array;
}

/** One person's facts, from which all of their lines are written. */
export interface Person {
  readonly index: number;
  readonly id: string;
  readonly kind: PersonKind;
  readonly name: PersonName;
  readonly userPrincipalName: string;
  readonly mailNickname: string;
  readonly mail: string;
  readonly place: Place;
  readonly level: number;
  readonly division: Division;
  readonly department: string;
  readonly jobTitle: string;
  readonly companyName: string;
  /** Days since 1970-01-01. */
  readonly birthDay: number;
  readonly hireDay: number;
  /** When the account came into being in the cloud. */
  readonly accountDay: number;
}

/** No account is older than the company's tenant. */
const cloudStart = dayOf(2019, 3, 4);

/** Sets up the arrays of a company with so many people. */
export function foundCompany(seed: number, people: number): Company {
  const organization = buildOrganization(seed, people);
  const placeOf = (index: number): Place => places[organization.places[index]!]!;
  return { seed, people, organization, nameNumbers: numberNames(seed, people, placeOf) };
}

/** The id of the person with this index. */
export function personId(seed: number, index: number): string {
  return makeGuid(seed, 'person', index);
}

/** The facts of the person with this index; asking again gives the same. */
export function describePerson(company: Company, index: number): Person {
  const { seed, organization } = company;
  const place = places[organization.places[index]!]!;
  const name = nameOf(seed, index, place);
  const number = company.nameNumbers[index]!;
  const nickname = name.addressBase + (number === 0 ? '' : number);
  const level = organization.levels[index]!;
  const division = divisions[organization.divisions[index]!] ?? executiveOffice;
  const departmentNumber = organization.departments[index]!;
  const kind = kindOf(index);
  const career = new Random(seed, 'career', index);
  const birthDay = today - ageInDays(career, kind, level);
  const hireDay = hireDayOf(career, kind, birthDay);
  return {
    index,
    id: personId(seed, index),
    kind,
    name,
    place,
    level,
    division,
    department: departmentNumber === none ? division.name : division.departments[departmentNumber]!,
    ...addressesOf(kind, index, nickname),
    jobTitle: memorablePeople[index]?.jobTitle ?? titleOf(career, kind, division, level),
    birthDay,
    hireDay,
    accountDay: Math.max(hireDay, cloudStart),
  };
}

function addressesOf(kind: PersonKind, index: number, nickname: string) {
  const own = `${nickname}@${words.domain}`;
  const home = { mailNickname: nickname, mail: own, userPrincipalName: own };
  if (kind !== 'guest') return { ...home, companyName: words.name };
  const partner = partners[index % partners.length]!;
  const mailNickname = `${nickname}_${partner.domain}#EXT#`;
  const userPrincipalName = `${mailNickname}@${words.domain}`;
  const mail = `${nickname}@${partner.domain}`;
  return { mailNickname, mail, userPrincipalName, companyName: partner.name };
}

function ageInDays(random: Random, kind: PersonKind, level: number): number {
  const youngest = level === 0 ? 50 : level === 1 ? 40 : 22;
  const years = kind === 'trainee' ? 17 : random.between(youngest, 63);
  return years * 365 + random.between(5, 360);
}

/** Nobody is hired before they are 20, but for trainees, who started this year. */
function hireDayOf(random: Random, kind: PersonKind, birthDay: number): number {
  if (kind === 'trainee') return today - random.between(30, 300);
  const workingDays = today - birthDay - 20 * 366;
  return today - random.between(30, Math.min(8000, workingDays));
}

const ranks = [
  ['Lead ', 'Senior ', 'Principal ', ''],
  ['Senior ', '', 'Lead '],
  ['', '', 'Senior ', 'Junior '],
];

function titleOf(random: Random, kind: PersonKind, division: Division, level: number): string {
  const role = random.pick(division.roles);
  if (kind === 'trainee') return 'Trainee';
  if (kind === 'guest') return `External ${role}`;
  return random.pick(ranks[Math.min(level, 4) - 2]!) + role;
}
