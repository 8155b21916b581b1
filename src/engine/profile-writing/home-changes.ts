import type { FacetHome, HomeForm } from '#model/profile/facet-homes.ts';
import type { Document, Value } from '#plan/document.ts';
import { invalidValue } from '../directory/refuse-values.ts';
import { valuesOf } from '../profile/derive-facets.ts';
import { valueAt } from '../profile/member-path.ts';
import type { Checked } from './check-facet.ts';

/** What a time that is never null holds before anybody sets it. */
const UNSET = '0001-01-01T00:00:00Z';

/**
 * What becomes of the user by a change of a facet that starts from it. Refuses with 400 to change
 * what only the directory does.
 */
export function homeChanges(
  { members }: FacetHome,
  { before, after }: { readonly before: Document; readonly after: Document },
  { resource, before: prefix }: Checked,
): Document {
  const changes: Document = {};
  for (const { property, member, form, isWritable } of members) {
    const value = valueAt(after, member);
    if (value === valueAt(before, member)) continue;
    if (!isWritable) {
      const why = 'It comes from the directory, and is changed there.';
      throw invalidValue(resource, `${prefix}${member}`, why);
    }
    changes[property] = writeHome(value, form);
  }
  return changes;
}

/** Whether members differ in more than what has its home in the user. */
export function changesBesideHomes(
  { members: homes }: FacetHome,
  before: Document,
  after: Document,
): boolean {
  const strip = (members: Document): string => {
    const copy = structuredClone(members);
    for (const { member } of homes) removeAt(copy, member.split('/'));
    const { lastModifiedBy, lastModifiedDateTime, ...rest } = copy;
    return JSON.stringify(rest);
  };
  return strip(before) !== strip(after);
}

function removeAt(members: Document, [name = '', ...rest]: readonly string[]): void {
  const inside = members[name];
  if (rest.length === 0) delete members[name];
  else if (typeof inside === 'object' && inside !== null) removeAt(inside as Document, rest);
}

function writeHome(value: Value, form: HomeForm): Value {
  if (form === 'day') return value === null ? UNSET : `${value}T00:00:00Z`;
  if (form === 'first') return value === null ? [] : [value];
  return value;
}

/** The values of facets that the organization may see, before and after a change. */
export interface ToldValues {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/**
 * A collection of the user with the values of its facets: without those that no facet tells any
 * more, and with those that one tells now. Undefined where nothing changes.
 */
export function followValues(
  home: FacetHome,
  user: Document,
  { before, after }: ToldValues,
): readonly string[] | undefined {
  const held = valuesOf(user, home);
  const gone = new Set(before.filter((value) => !after.includes(value)));
  const kept = held.filter((value) => !gone.has(value));
  const added = after.filter((value) => !held.includes(value));
  if (kept.length === held.length && added.length === 0) return undefined;
  return [...kept, ...new Set(added)];
}
