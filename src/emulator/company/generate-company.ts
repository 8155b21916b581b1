import { describeConnections } from './connections.ts';
import { describeContacts } from './contacts.ts';
import { describeDecoratedProfile } from './decorated-profile.ts';
import { describeFacets } from './facets.ts';
import { planGroups } from './group-plans.ts';
import { describeGroup } from './groups.ts';
import { makeGuid } from './guid.ts';
import { type Company, describePerson, foundCompany } from './person.ts';
import { describePhoto } from './photos.ts';
import { Random } from './random.ts';
import { describeUser } from './user.ts';
import { company as words } from './vocabulary/phrases.ts';

/** What a company is made from; the same options give the same bytes on every machine. */
export interface CompanyOptions {
  /** From 1 to 2,000,000. */
  readonly people: number;
  /** An unsigned 32-bit integer. */
  readonly seed: number;
  /**
   * The mean number of connections of a person: 10 when absent, 7 up to 100 people, of whom it
   * gives 6, for nobody can know more people than there are.
   */
  readonly connectionsMean?: number;
}

/** The most people a company can have. */
export const peopleMax = 2_000_000;

/**
 * Generates a made-up company as the entities of a seed file, the tenant first, then each person
 * followed by what they own, then groups and connections. Nothing is kept but some 30 bytes a
 * person. Throws a RangeError for options out of range.
 */
export function* generateCompany(options: CompanyOptions): Generator<object> {
  const { people, seed, connectionsMean = people <= 100 ? 7 : 10 } = options;
  requireWithin('people', people, 1, peopleMax);
  requireWithin('seed', seed, 0, 0xffff_ffff);
  requireWithin('connectionsMean', connectionsMean, 1, 1_000);
  const company = foundCompany(seed, people);
  yield describeTenant(seed);
  for (let index = 0; index < people; index++) yield* describeEverythingOf(company, index);
  for (const plan of planGroups(company)) yield* describeGroup(company, plan);
  yield* describeConnections(company, { mean: connectionsMean });
}

function describeTenant(seed: number): object {
  const domains = [words.domain, words.mailDomain];
  return { tenant: { id: makeGuid(seed, 'tenant', 0), displayName: words.name, domains } };
}

function* describeEverythingOf(company: Company, index: number): Generator<object> {
  const person = describePerson(company, index);
  yield describeUser(company, person);
  const hasPhoto = index === 1 || new Random(company.seed, 'photo', index).percent(67);
  if (hasPhoto) yield describePhoto(`users('${person.id}')/photo`);
  if (person.kind === 'resource') return;
  yield describeDecoratedProfile(company, person);
  yield* describeFacets(company.seed, person);
  yield* describeContacts(company, person);
}

function requireWithin(name: string, value: number, low: number, high: number): void {
  if (Number.isInteger(value) && value >= low && value <= high) return;
  throw new RangeError(`${name} is an integer from ${low} to ${high}, not ${value}.`);
}
