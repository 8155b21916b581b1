import { beta } from './beta.ts';
import { FAST_PI, type ResourceDeclaration, roots } from './schema.ts';

/** The sets and singletons of the service; connections and invitations are seen by the store alone. */
export const resources: Readonly<Record<string, ResourceDeclaration>> = {
  users: { type: 'user', collection: true, roots },
  me: { type: 'user', collection: false, roots, storedAs: 'caller' },
  groups: { type: 'group', collection: true, roots },
  teams: { type: 'team', collection: true, roots, storedAs: 'groups/team' },
  directoryObjects: { type: 'directoryObject', collection: true, roots, storedAs: '*' },
  directory: { type: 'directory', collection: false, roots },
  deletedItems: {
    type: 'directoryObject',
    collection: true,
    roots,
    reachedBy: 'directory/deletedItems',
    shownAs: 'directoryObjects',
  },
  admin: { type: 'admin', collection: false, ...beta },
  organization: { type: 'organization', collection: true, roots, derived: true },
  subscribedSkus: { type: 'subscribedSku', collection: true, roots, derived: true },
  applications: { type: 'application', collection: true, roots },
  search: { type: 'searchEntity', collection: false, roots, derived: true },
  subscriptions: { type: 'subscription', collection: true, roots },
  servicePrincipals: { type: 'servicePrincipal', collection: true, roots },
  decoratedProfiles: {
    type: 'DecoratedProfile',
    collection: true,
    roots,
    storedAs: 'users/decoratedProfile',
  },
  decoratedProfileConnections: {
    type: 'DecoratedProfileConnection',
    collection: true,
    roots,
    storedAs: 'connections',
  },
  decoratedProfileSearchResults: {
    type: 'DecoratedProfileSearchResult',
    collection: true,
    roots,
    derived: true,
  },
  user: { type: `${FAST_PI}.user`, collection: true, ...beta, storedAs: 'users' },
  linkedIn: { type: 'linkedIn', collection: false, roots, storedAs: 'caller/linkedIn' },
  salesNavigatorSaveLead: {
    type: 'salesNavigatorSaveLeadResource',
    collection: false,
    roots,
    storedAs: 'caller/salesNavigatorSaveLead',
  },
  userFlagging: {
    type: 'userFlaggingResource',
    collection: false,
    roots,
    storedAs: 'caller/userFlagging',
  },
  organizationLinkedIn: { type: 'kith.organizationLinkedIn', collection: false, roots: [] },
  connections: { type: 'kith.connection', collection: true, roots: [] },
  invitations: { type: 'kith.invitation', collection: true, roots: [] },
};
