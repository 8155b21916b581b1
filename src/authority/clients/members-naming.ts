import type { Model } from '#model/model.ts';
import { compareProperty } from '#plan/compare-property.ts';
import { type FoundMember, nothingAsked } from '#plan/query.ts';
import type { Reader } from '#plan/store.ts';

/** As many as are looked at. */
const NAMING_MAX = 999;

/** A set, and the property by which its members name something. */
export interface NamingPlace {
  readonly set: string;
  readonly property: string;
}

/** The members of a set whose property has a value, with their documents. */
export async function membersNaming(
  reader: Reader,
  model: Model,
  { set, property: name }: NamingPlace,
  value: string,
): Promise<readonly FoundMember[]> {
  const type = model.resources.get(set)?.type;
  const property = type?.properties.get(name);
  if (!type || !property) return [];
  const filter = compareProperty([property], 'eq', value);
  const query = { ...nothingAsked, filter, pageSize: NAMING_MAX };
  return (await reader.query({ kind: 'set', set, type }, query, 'doc')).members;
}
