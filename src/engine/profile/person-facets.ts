import type { Model } from '#model/model.ts';
import { facetNames } from '#model/profile/facet-members.ts';
import { type Document, TYPE } from '#plan/document.ts';
import { isCallers, maskMembers, viewOf } from '../access/view.ts';
import { isForCircles, isReached } from './audiences.ts';
import { combineFacets, type Facet, type FacetUser, type StoredFacet } from './combine-facets.ts';
import { findManager, seesManager } from './manager.ts';
import { withValueAt } from './member-path.ts';
import { type PeopleSettings, readPeopleSettings } from './people-settings.ts';
import { fullStanding, type Look, type Person, plainStanding } from './viewer-standing.ts';

/** Whose facets are wanted for whom. */
export interface FacetsAsked extends Look {
  readonly model: Pick<Model, 'isForeign' | 'types' | 'resources'>;
  /** The surrogate of the person. */
  readonly owner: number;
  /** The navigations of `profile` that are wanted; all where nothing is said. */
  readonly facets?: readonly string[];
  /** Whether only new facets are to be made, to which none matters but those of the user. */
  readonly isForNew?: boolean;
}

/** The facets of a person by navigation. */
export type FacetsByName = ReadonlyMap<string, readonly Facet[]>;

/**
 * The facets of a person that reach the caller, as documents in the dialect of `microsoft.graph`:
 * those that are kept and those that start from the directory's user, of whom the caller sees what
 * they may read of users. Whoever asks has been let in to the profile.
 */
export async function readFacets(asked: FacetsAsked): Promise<FacetsByName> {
  const { person, facets } = await readAllFacets(asked);
  const isNear = [...facets.values()].some((each) => each.some(({ reach }) => isForCircles(reach)));
  const standing = isNear ? await fullStanding(asked, person) : plainStanding(asked.caller, person);
  if (standing === 'self') return facets;
  const reached = [...facets].map(([name, each]) => {
    return [name, each.filter(({ reach }) => isReached(reach, standing))] as const;
  });
  return new Map(reached);
}

/** A person, and all of their facets. */
export interface PersonFacets {
  readonly person: Person;
  /** The user as the caller may read it. */
  readonly user: FacetUser;
  readonly facets: FacetsByName;
  readonly settings: PeopleSettings;
}

/** The same whomever they reach, for what is done with them before they are shown. */
export async function readAllFacets(asked: FacetsAsked): Promise<PersonFacets> {
  const { owner, facets: names = facetNames } = asked;
  const user = await readUser(asked);
  const rows = asked.isForNew ? new Map() : await readStored(asked, names);
  const facets = new Map<string, readonly Facet[]>();
  const settings = await readPeopleSettings(asked.reader);
  for (const name of names) {
    const kept = { stored: rows.get(name) ?? [], setting: settings.facets.get(name) };
    facets.set(name, combineFacets(name, user, kept));
  }
  const person = { owner, id: String(user.members.id) };
  const positions = facets.get('positions');
  if (positions && !asked.isForNew)
    facets.set('positions', await withManager(asked, person, positions));
  return { person, user, facets, settings };
}

/** The user as the caller may read it: what they may not is as if nobody had set it. */
async function readUser({ model, reader, caller, owner }: FacetsAsked): Promise<FacetUser> {
  const record = await reader.read({ set: 'users', owner, path: '', key: '' });
  if (!record) return { members: {}, version: 0 };
  const members = JSON.parse(record.text) as Document;
  const type = model.resources.get('users')!.type;
  const { id } = members;
  const view = viewOf(model, caller, type, isCallers(caller, 'users', String(id)));
  return { members: { ...maskMembers(view, members), id }, version: record.version };
}

async function readStored(
  { reader, owner }: FacetsAsked,
  facets: readonly string[],
): Promise<ReadonlyMap<string, readonly StoredFacet[]>> {
  const [only] = facets;
  if (only !== undefined && facets.length === 1) {
    return new Map([[only, await reader.list('users', owner, `profile/${only}`)]]);
  }
  const byName = new Map<string, StoredFacet[]>();
  for (const row of await reader.listBelow('users', owner, 'profile')) {
    const name = row.path.slice('profile/'.length);
    const rows = byName.get(name);
    if (rows) rows.push(row);
    else byName.set(name, [row]);
  }
  return byName;
}

/** The position that starts from the user names the manager, where the caller may read who it is. */
async function withManager(asked: FacetsAsked, person: Person, positions: readonly Facet[]) {
  const current = positions.find(({ derived }) => derived);
  const manager = current && (await readManager(asked, person));
  if (!manager) return positions;
  return positions.map((each) => {
    if (each !== current) return each;
    return { ...each, members: withValueAt('positions', each.members, 'manager', manager) };
  });
}

async function readManager(
  { model, reader, caller }: FacetsAsked,
  person: Person,
): Promise<Document | undefined> {
  const found = seesManager(caller, person.id) && (await findManager(reader, person.owner, 'doc'));
  if (!found) return undefined;
  const { type } = model.resources.get('users')!;
  const view = viewOf(model, caller, type, isCallers(caller, 'users', found.id));
  const seen = maskMembers(view, JSON.parse(found.text) as Document);
  const { displayName = null, userPrincipalName = null } = seen;
  return {
    [TYPE]: 'microsoft.graph.relatedPerson',
    displayName,
    relationship: 'manager',
    userPrincipalName,
    userId: found.id,
  };
}
