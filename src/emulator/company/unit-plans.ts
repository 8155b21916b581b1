import { kindOf, none } from './organization.ts';
import type { Company } from './person.ts';
import { foldToAscii } from './vocabulary/culture.ts';
import { divisions } from './vocabulary/divisions.ts';
import { places } from './vocabulary/places.ts';

/** The people of a division, of a department, or of a department at one place. */
export interface UnitPlan {
  readonly name: string;
  readonly nickname: string;
  /** Indexes of the people, an active member of the company first. */
  readonly members: readonly number[];
}

/** Up to so many people a unit is a division, then a department, above at one place. */
const divisionsMax = 1_000;
const departmentsMax = 50_000;

/** Departments of a division, and one more for those at its top. */
const slots = 9;

/**
 * The units of a company, so fine that each stays small. People are sorted by unit by counting,
 * in 4 bytes a person. Units of more than `membersMax` people are split into numbered ones.
 */
export function* planUnits(company: Company, membersMax = 2_000): Generator<UnitPlan> {
  const { people } = company;
  const starts = new Int32Array(divisions.length * slots * places.length + 1);
  for (let index = 1; index < people; index++) starts[unitOf(company, index) + 1]!++;
  for (let unit = 1; unit < starts.length; unit++) starts[unit]! += starts[unit - 1]!;
  const sorted = new Int32Array(people);
  const next = starts.slice();
  for (let index = 1; index < people; index++) sorted[next[unitOf(company, index)]!++] = index;
  for (let unit = 0; unit + 1 < starts.length; unit++) {
    const end = starts[unit + 1]!;
    for (let start = starts[unit]!, part = 1; start < end; start += membersMax, part++) {
      const members = Array.from(sorted.subarray(start, Math.min(start + membersMax, end)));
      yield { ...nameUnit(company.people, unit, part), members: leadWithMember(members) };
    }
  }
}

/** The unit's number: division, department and place as digits, the finer ones 0 when unused. */
function unitOf({ organization, people }: Company, index: number): number {
  const department = organization.departments[index]!;
  const slot = people <= divisionsMax || department === none ? 0 : department + 1;
  const place = people <= departmentsMax ? 0 : organization.places[index]!;
  return (organization.divisions[index]! * slots + slot) * places.length + place;
}

function nameUnit(people: number, unit: number, part: number) {
  const place = places[unit % places.length]!;
  const slot = Math.floor(unit / places.length) % slots;
  const division = divisions[Math.floor(unit / places.length / slots)]!;
  const parts = [division.name];
  if (slot > 0) parts.push(division.departments[slot - 1]!);
  if (people > departmentsMax) parts.push(place.city);
  if (part > 1) parts.push(String(part));
  const words = parts.join(' ').split(' ');
  return { name: parts.join(' '), nickname: `unit-${words.map(foldToAscii).join('-')}` };
}

function leadWithMember(members: number[]): readonly number[] {
  const at = members.findIndex((index) => kindOf(index) === 'member');
  if (at > 0) members.unshift(...members.splice(at, 1));
  return members;
}
