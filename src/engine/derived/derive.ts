import { Refusal } from '#errors.ts';
import type { Model, Navigation, Resource } from '#model/model.ts';
import type { Caller } from '#plan/caller.ts';
import type { Document } from '#plan/document.ts';
import type { SearchExpression } from '#plan/expression.ts';
import type { Reader } from '#plan/store.ts';
import { listEndorsedSkills } from '../decorated-profile/endorsed-skills.ts';
import { findEndorsers } from '../decorated-profile/endorsements.ts';
import { findSearchResult, profilesFound } from '../decorated-profile/search-results.ts';
import { notFound, notServed } from '../place.ts';
import { listConnections, otherMember } from './connections.ts';
import type { Derivation, DerivationContext, Owner } from './derivation.ts';
import {
  type Entries,
  type Entry,
  entriesOfDocuments,
  entriesOfKept,
  type Kept,
  keptProfile,
} from './entries.ts';
import { listEverybody } from './everybody.ts';
import { namesProperty } from './find-entries.ts';
import { deriveGranted } from './granted.ts';
import { deriveInvitations } from './invitations.ts';
import { deriveJoinedTeams } from './joined-teams.ts';
import { deriveLicenseDetails, deriveSubscribedSkus } from './licences.ts';
import { deriveOrganization } from './organization.ts';
import { derivePeople } from './people.ts';

const roles = deriveGranted('appRoleAssignments', 'principalId');

/** What is worked out with all its members. */
const documents: ReadonlyMap<string, Derivation> = new Map<string, Derivation>([
  ['organization', deriveOrganization],
  ['subscribedSkus', deriveSubscribedSkus],
  // Nobody keeps what was searched for; a result is found by its id.
  ['decoratedProfileSearchResults', async () => []],
  ['users/people', derivePeople],
  ['users/joinedTeams', deriveJoinedTeams],
  // There are no devices here.
  ['users/ownedDevices', async () => []],
  ['users/registeredDevices', async () => []],
  ['users/licenseDetails', deriveLicenseDetails],
  ...['users', 'groups', 'servicePrincipals'].map(
    (set) => [`${set}/appRoleAssignments`, roles] as const,
  ),
  ['servicePrincipals/appRoleAssignedTo', deriveGranted('appRoleAssignments', 'resourceId')],
  ['users/oauth2PermissionGrants', deriveGranted('oauth2PermissionGrants', 'principalId')],
  ['servicePrincipals/oauth2PermissionGrants', deriveGranted('oauth2PermissionGrants', 'clientId')],
  ['users/linkedIn/invitations', deriveInvitations],
  [
    'users/decoratedProfile/endorsedSkills',
    (context) => listEndorsedSkills({ ...context, owner: context.owner!.owner }),
  ],
]);

/** What need not be worked out whole to find one of it; undefined where there is none. */
const byKey: ReadonlyMap<
  string,
  (context: DerivationContext, id: string) => Promise<Document | undefined>
> = new Map([['decoratedProfileSearchResults', findSearchResult]]);

/** What is kept elsewhere, as far as it is all in hand. */
const kept: ReadonlyMap<string, (context: DerivationContext) => Promise<readonly Kept[]>> = new Map(
  [
    ['users/decoratedProfile', async ({ owner }) => [keptProfile(owner!)]],
    ['connections/profile', otherMember],
    [
      'users/decoratedProfile/endorsedSkills/endorsers',
      async ({ reader, owner }) => (await findEndorsers(reader, owner!.members!)).map(keptProfile),
    ],
    [
      'decoratedProfileSearchResults/profiles',
      async ({ owner }) => profilesFound(owner!.members!).map(keptProfile),
    ],
  ],
);

/** What is kept elsewhere, however much it is. */
const sets: ReadonlyMap<string, (context: DerivationContext) => Promise<Entries>> = new Map([
  ['decoratedProfiles', listEverybody],
  ['decoratedProfileConnections', listConnections],
]);

/** Which collection is worked out, and for whom. */
export interface Derived {
  readonly model: Model;
  readonly caller: Caller;
  readonly reader: Reader;
  /** The set, or the navigation with the way to its owner: `users/decoratedProfile`. */
  readonly of:
    | { readonly resource: Resource }
    | { readonly navigation: Navigation; readonly way: string; readonly owner: Owner };
  readonly search?: SearchExpression | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The way to entities that are worked out: `users/decoratedProfile/endorsedSkills`. */
export function wayBehind(of: Derived['of']): string {
  return 'resource' in of ? of.resource.name : `${of.way}/${of.navigation.name}`;
}

/** Whether a set is worked out when it is read, though its entities may be kept. */
export function isDerivedSet({ isDerived, isForeign, name }: Resource): boolean {
  return isDerived || (!isForeign && sets.has(name));
}

/** Which collections are worked out from what is searched for. */
const searched: ReadonlySet<string> = new Set(['users/people', 'decoratedProfiles']);

/**
 * The entities of a collection that the server works out; refuses with 501 what it cannot. Where
 * they say that they are searched, a search has chosen them already.
 */
export async function derive(asked: Derived): Promise<Entries> {
  const { search } = asked;
  const isSearched = search !== undefined && searched.has(wayBehind(asked.of));
  if (!isSearched) return workOut(asked);
  if (namesProperty(search)) {
    const message = 'What is worked out is not searched by a property.';
    throw new Refusal('notImplemented', message, { target: '$search' });
  }
  return { ...(await workOut(asked)), isSearched };
}

async function workOut(asked: Derived): Promise<Entries> {
  const name = wayBehind(asked.of);
  const context = contextOf(asked);
  const set = sets.get(name);
  if (set) return set(context);
  const elsewhere = kept.get(name);
  if (elsewhere) return entriesOfKept(await elsewhere(context));
  const derivation = documents.get(name);
  if (!derivation) throw notServed();
  const found = await derivation(context);
  const { type } = context;
  return entriesOfDocuments(found.map((each) => ({ '@odata.type': `#${type.name}`, ...each })));
}

/**
 * One of these entities by its id, or the only one that there can be; refuses with 404 where it is
 * not among them.
 */
export async function deriveOne(asked: Derived, id: string | undefined): Promise<Entry> {
  const { of } = asked;
  const find = 'resource' in of ? byKey.get(of.resource.name) : undefined;
  const document = id === undefined ? undefined : await find?.(contextOf(asked), id);
  if (document) return { id: String(document.id), mark: 0, held: { document } };
  const entries = await derive(asked);
  const all = await entries.read({ after: undefined, skip: 0 }, Number.MAX_SAFE_INTEGER);
  const found = id === undefined ? all[0] : all.find((each) => each.id === id);
  if (!found) throw notFound(id ?? ('owner' in of ? of.owner.id : of.resource.name));
  return found;
}

function contextOf({ of, search, ...by }: Derived): DerivationContext {
  const isSet = 'resource' in of;
  const type = isSet ? of.resource.type : of.navigation.target;
  return { ...by, type, owner: isSet ? undefined : of.owner, search };
}
