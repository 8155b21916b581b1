import { type ProfileHome, profileHomes } from '#model/decorated/profile-homes.ts';
import type { Document, Value } from '#plan/document.ts';
import type { Facet } from '../profile/combine-facets.ts';
import type { FacetsByName } from '../profile/person-facets.ts';
import { type CalendarDate, checkedDate } from './calendar.ts';
import { partOf } from './document-values.ts';
import { contentOf, contentOfFacet, isOfHome, valueOfFacet } from './facet-values.ts';

/** The members that are facets, by their names. */
export const mappedNames: readonly string[] = profileHomes.map(({ member }) => member);

/** The facets that tell them. */
export const mappedFacets: readonly string[] = profileHomes.map(({ facet }) => facet);

/** The members that the facets tell which the viewer sees, as the profile has written them. */
export function readMapped(profile: Document, facets: FacetsByName): Document {
  const shown = profileHomes.map((home) => {
    const told = facetsOf(home, profile, facets);
    return [home.member, readHome(home, profile[home.member], told)] as const;
  });
  return Object.fromEntries(shown);
}

/**
 * The day of the birthday: the one that the profile shows, else one that a facet has. The year may
 * be unknown, and any leap year has all the days there are.
 */
export function readBirthday(
  profile: Document,
  facets: FacetsByName,
): Omit<CalendarDate, 'year'> | undefined {
  const home = profileHomes.find(({ member }) => member === 'bornOn')!;
  const told = facetsOf(home, profile, facets);
  const values = [
    readHome(home, profile.bornOn, told),
    ...told.map(({ members }) => valueOfFacet(home, members)),
  ];
  const days = values.map((value) => {
    const { month, day } = partOf(value);
    return checkedDate({ year: 2000, month: Number(month), day: Number(day) });
  });
  return days.find((day) => day !== undefined);
}

/** The facets that a member has: those of its home that the profile does not leave out. */
export function facetsOf(
  home: ProfileHome,
  profile: Document,
  facets: FacetsByName,
): readonly Facet[] {
  const leftOut = new Set((profile.leftOut ?? []) as string[]);
  return (facets.get(home.facet) ?? []).filter(({ key, members }) => {
    return isOfHome(home, members) && !leftOut.has(key);
  });
}

function readHome(home: ProfileHome, written: Value | undefined, told: readonly Facet[]): Value {
  const values = Array.isArray(written) ? written : written ? [written] : [];
  const left = [...told];
  const kept = values.filter((value) => {
    const content = contentOf(home, value);
    // What no facet can tell is the decorated profile's alone.
    if (content === undefined)
      return home.isCollection || told.every((each) => agrees(each, value));
    const at = left.findIndex(({ members }) => contentOfFacet(home, members) === content);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  const contents = new Set(kept.map((value) => contentOf(home, value)));
  const others = left.flatMap(({ members }) => {
    const content = contentOfFacet(home, members);
    if (contents.has(content)) return [];
    contents.add(content);
    return [valueOfFacet(home, members)];
  });
  const all = [...kept, ...others];
  return home.isCollection ? all : (all[0] ?? null);
}

/**
 * Whether a date of which not all is known may be the one that a facet has; the directory's stands
 * behind whatever the person says.
 */
function agrees({ members, derived }: Facet, value: Value): boolean {
  if (derived) return true;
  const [year, month, day] = String(members.date).split('-').map(Number);
  const date = { year, month, day };
  return Object.entries(partOf(value)).every(([name, number]) => {
    return number === null || !(name in date) || date[name as keyof typeof date] === number;
  });
}
