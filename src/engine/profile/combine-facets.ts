import type { Document } from '#plan/document.ts';
import { derivedId } from '#plan/facet-id.ts';
import type { StoredRecord } from '#plan/store.ts';
import { DEFAULT_AUDIENCE, isPublic, reachOf } from './audiences.ts';
import { type DerivedFacet, deriveFacets, homesOf, withHomes } from './derive-facets.ts';
import { valueAt } from './member-path.ts';
import { type FacetSetting, reachBy } from './people-settings.ts';

/** One facet of a person, whether it is kept or starts from the directory's user. */
export interface Facet {
  /** The navigation of `profile`. */
  readonly facet: string;
  /** Its key among those of its navigation, as stores keep it. */
  readonly key: string;
  /** The members, in the dialect of `microsoft.graph`. */
  readonly members: Document;
  /** Of what is kept its own; else that of the user. */
  readonly version: number;
  /** Whom it reaches, as `audiences.ts` counts. */
  readonly reach: number;
  readonly isStored: boolean;
  /** Where its members have their homes, if it starts from the user. */
  readonly derived: DerivedFacet | undefined;
}

/** A facet as it is kept. */
export type StoredFacet = StoredRecord & { readonly key: string };

/** What is kept of the facets of one navigation, and what administrators say of them. */
export interface KeptFacets {
  readonly stored: readonly StoredFacet[];
  readonly setting?: FacetSetting | undefined;
}

/** The user from whom facets start, as far as the caller may read it. */
export interface FacetUser {
  readonly members: Document;
  readonly version: number;
}

/**
 * The facets of one navigation: the person's own, the oldest first, and then those that start from
 * the user, with what the person has added to them. A value of the user's collections that is
 * told by a facet of its own is no other one.
 */
export function combineFacets(
  facet: string,
  { members: user, version }: FacetUser,
  { stored, setting }: KeptFacets,
): Facet[] {
  const own = new Map(stored.map((row) => [row.key, readStored(facet, row, setting)]));
  const personId = String(user.id);
  const begun = deriveFacets(facet, user).flatMap((derived): Facet[] => {
    const { home, id, members } = derived;
    const kept = own.get(id);
    if (kept && !home.isEach) {
      own.delete(id);
      return [{ ...kept, derived, members: withHomes(home, kept.members, user) }];
    }
    if (home.isEach && isTold(derived, own.values())) return [];
    const reach = reachBy(setting, undefined);
    const key = kept ? nextId(personId, derived) : id;
    const allowedAudiences = setting?.audience ?? members.allowedAudiences;
    const shown = { ...members, id: key, allowedAudiences };
    return [{ facet, key, members: shown, version, reach, isStored: false, derived }];
  });
  // What was added to a facet waits until the user has what it starts from.
  for (const home of homesOf(facet)) if (!home.isEach) own.delete(derivedId(personId, home));
  return bySource([...[...own.values()].sort(byAge), ...begun], setting);
}

/** In the order of the sources that administrators want first, and else as they were. */
function bySource(facets: Facet[], setting: FacetSetting | undefined): Facet[] {
  const { sourceIds = [] } = setting ?? {};
  if (sourceIds.length === 0) return facets;
  const place = ({ members }: Facet): number => {
    const sources = (members.sources ?? []) as Document[];
    const places = sources.map(({ sourceId }) => sourceIds.indexOf(String(sourceId)));
    return Math.min(sourceIds.length, ...places.filter((each) => each >= 0));
  };
  return facets.sort((one, other) => place(one) - place(other));
}

function readStored(
  facet: string,
  { key, version, text }: StoredFacet,
  setting: FacetSetting | undefined,
): Facet {
  const members = JSON.parse(text) as Document;
  const reach = reachBy(setting, members.allowedAudiences ?? DEFAULT_AUDIENCE);
  return { facet, key, members, version, reach, isStored: true, derived: undefined };
}

/** The id of a value whose own one is that of a facet which tells another value by now. */
function nextId(personId: string, { home, members }: DerivedFacet): string {
  return derivedId(personId, home, `${valueAt(members, home.members[0]!.member)}\n`);
}

function isTold({ home, members }: DerivedFacet, own: Iterable<Facet>): boolean {
  const { member } = home.members[0]!;
  const value = valueAt(members, member);
  for (const each of own) {
    if (isPublic(reachOf(each.members.allowedAudiences)) && valueAt(each.members, member) === value)
      return true;
  }
  return false;
}

function byAge(one: Facet, other: Facet): number {
  return (
    compare(one.members.createdDateTime, other.members.createdDateTime) ||
    compare(one.key, other.key)
  );
}

function compare(one: unknown, other: unknown): number {
  const [first, second] = [String(one ?? ''), String(other ?? '')];
  if (first === second) return 0;
  return first < second ? -1 : 1;
}
