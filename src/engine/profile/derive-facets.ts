import { type FacetHome, facetHomes, type HomeForm } from '#model/profile/facet-homes.ts';
import { type Document, TYPE, type Value } from '#plan/document.ts';
import { derivedId } from '#plan/facet-id.ts';
import { DEFAULT_AUDIENCE } from './audiences.ts';
import { valueAt, withValueAt } from './member-path.ts';

/** A facet that starts from the user, and by which home. */
export interface DerivedFacet {
  readonly home: FacetHome;
  readonly id: string;
  readonly members: Document;
}

/** Graph's id of the directory among the sources of a facet. */
const DIRECTORY_SOURCE = '4ce763dd-9214-4eff-af7c-da491cc3782d';

/**
 * The facets of one navigation that start from the user, as far as the user's members are given.
 * Their ids stay what they are as long as the person has them.
 */
export function deriveFacets(facet: string, user: Document): DerivedFacet[] {
  return homesOf(facet).flatMap((home) => {
    if (home.isEach) return deriveEach(home, user);
    const derived = deriveOne(home, user);
    return derived ? [derived] : [];
  });
}

/** The homes of the facets of one navigation. */
export function homesOf(facet: string): readonly FacetHome[] {
  return facetHomes.filter((home) => home.facet === facet);
}

/** The value of a user's property as a facet has it; null where nothing is set. */
export function readHome(user: Document, property: string, form: HomeForm): Value {
  const value = valueAt(user, property);
  switch (form) {
    case 'day':
      // The year 1 is what a time that is never null holds before anybody sets it.
      return typeof value === 'string' && !value.startsWith('0001-') ? value.slice(0, 10) : null;
    case 'first':
      return Array.isArray(value) ? (value[0] ?? null) : null;
    case 'persona':
      if (value === null) return null;
      return value === 'Guest' ? 'externalGuest' : 'internalMember';
    default:
      return value === '' ? null : value;
  }
}

/** The values of a collection of the user, each once. */
export function valuesOf(user: Document, { members }: FacetHome): readonly string[] {
  const values = valueAt(user, members[0]!.property);
  if (!Array.isArray(values)) return [];
  const texts = values.filter((each): each is string => typeof each === 'string');
  return [...new Set(texts.filter((each) => each.trim() !== ''))];
}

function deriveEach(home: FacetHome, user: Document): DerivedFacet[] {
  const { member } = home.members[0]!;
  return valuesOf(user, home).map((value) => {
    const id = derivedId(String(user.id), home, value);
    const begun = beginFacet(home, id, user);
    return { home, id, members: withValueAt(home.facet, begun, member, value) };
  });
}

function deriveOne(home: FacetHome, user: Document): DerivedFacet | undefined {
  const id = derivedId(String(user.id), home);
  const members = withHomes(home, beginFacet(home, id, user), user);
  const isThere = home.needed.some((member) => valueAt(members, member) !== null);
  return isThere ? { home, id, members } : undefined;
}

/** A facet with what the user has of it. */
export function withHomes({ facet, members: homes }: FacetHome, begun: Document, user: Document) {
  return homes.reduce((members, { property, member, form }) => {
    const value = readHome(user, property, form);
    const isSame = value === valueAt(members, member);
    return isSame ? members : withValueAt(facet, members, member, value);
  }, begun);
}

function beginFacet(home: FacetHome, id: string, user: Document): Document {
  const created = user.createdDateTime ?? null;
  const source = {
    [TYPE]: 'microsoft.graph.profileSourceAnnotation',
    isDefaultSource: true,
    properties: home.members.map(({ member }) => member),
    sourceId: DIRECTORY_SOURCE,
  };
  const begun: Document = {
    id,
    allowedAudiences: DEFAULT_AUDIENCE,
    inference: null,
    createdDateTime: created,
    createdBy: null,
    lastModifiedDateTime: created,
    lastModifiedBy: null,
    source: { [TYPE]: 'microsoft.graph.personDataSources', type: ['AAD'] },
    isSearchable: true,
    sources: [source],
  };
  return Object.entries(home.fixed).reduce(
    (members, [path, value]) => withValueAt(home.facet, members, path, value),
    begun,
  );
}
