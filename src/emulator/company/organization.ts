import { Random } from './random.ts';
import { divisions } from './vocabulary/divisions.ts';
import { memorablePeople, type PersonKind } from './vocabulary/memorable-people.ts';
import { placeShares, places } from './vocabulary/places.ts';

/** Stands for no division (the chief executive) or no department (the division's top). */
export const none = 255;

/** Who leads whom and who sits where, one compact entry a person: some 10 bytes each. */
export interface Organization {
  /** The index of the manager, always lower than the person's own; -1 for the chief executive. */
  readonly managers: Int32Array;
  /** Steps below the chief executive. */
  readonly levels: Uint8Array;
  readonly divisions: Uint8Array;
  readonly departments: Uint8Array;
  readonly places: Uint8Array;
}

/** What the entry with this index stands for; the same in every company. */
export function kindOf(index: number): PersonKind {
  const memorable = memorablePeople[index];
  if (memorable !== undefined) return memorable.kind;
  if (index % 37 === 33) return 'disabled';
  if (index % 41 === 38) return 'guest';
  return index % 83 === 61 ? 'trainee' : 'member';
}

/** Only active members lead; the two upper levels have fixed numbers, so that 50 people fit. */
function countReports(seed: number, index: number): number {
  if (kindOf(index) !== 'member') return 0;
  if (index === 0) return divisions.length;
  return index <= divisions.length ? 7 : new Random(seed, 'person', index).between(6, 10);
}

/**
 * Builds the tree breadth first: a person's manager, division and place do not depend on how many
 * people come later, so a company of 50 is the beginning of a company of a million.
 */
export function buildOrganization(seed: number, people: number): Organization {
  const organization: Organization = {
    managers: new Int32Array(people).fill(-1),
    levels: new Uint8Array(people),
    divisions: new Uint8Array(people).fill(none),
    departments: new Uint8Array(people).fill(none),
    places: new Uint8Array(people),
  };
  const ordinals = new Uint8Array(people);
  let manager = 0;
  let ordinal = 0;
  let reports = countReports(seed, 0);
  for (let index = 0; index < people; index++) {
    organization.places[index] = placeOf(seed, index);
    if (index === 0) continue;
    while (ordinal === reports) {
      manager++;
      ordinal = 0;
      reports = countReports(seed, manager);
    }
    ordinals[index] = ordinal++;
    join(organization, ordinals, index, manager);
  }
  return organization;
}

function join(
  organization: Organization,
  ordinals: Uint8Array,
  index: number,
  manager: number,
): void {
  const level = organization.levels[manager]! + 1;
  organization.managers[index] = manager;
  organization.levels[index] = level;
  organization.divisions[index] = level === 1 ? ordinals[index]! : organization.divisions[manager]!;
  if (level < 3) return;
  // The third level heads the departments, spread so that none stays empty; below they pass down.
  const inherited = organization.departments[manager]!;
  const headed = (ordinals[manager]! + ordinals[index]!) % 8;
  organization.departments[index] = level === 3 ? headed : inherited;
}

function placeOf(seed: number, index: number): number {
  const city = memorablePeople[index]?.city;
  if (city !== undefined) return places.findIndex((place) => place.city === city);
  return new Random(seed, 'place', index).pick(placeShares);
}
