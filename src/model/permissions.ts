/**
 * Which permissions let a caller do what: one row for each operation, each list least privileged
 * first. Published rows follow Graph's permission reference; the reasons for the others are in
 * docs/decisions/permissions.md.
 */
export interface PermissionRow {
  /** Method and path template: `PATCH /users/{id}`. */
  readonly operation: string;
  /** Scopes of a signed-in user, for everybody's resources. */
  readonly delegated: readonly string[];
  /** Scopes that are enough for the signed-in user's own resources. */
  readonly self: readonly string[];
  /** Roles of an application that acts as itself; empty where a signed-in user is needed. */
  readonly application: readonly string[];
}

const none: readonly string[] = [];

const readUsers = [
  'User.ReadBasic.All',
  'User.Read.All',
  'User.ReadWrite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
];
const readSelf = ['User.Read', 'User.ReadWrite', ...readUsers];
const writeUsers = [
  'User.ManageIdentities.All',
  'User.EnableDisableAccount.All',
  'User.ReadWrite.All',
  'Directory.ReadWrite.All',
];
const writeSelf = ['User.ReadWrite', ...writeUsers];

const readProfiles = ['User.ReadBasic.All', 'User.Read.All', 'User.ReadWrite.All'];
const readOwnProfile = ['User.Read', 'User.ReadWrite', ...readProfiles];
const readProfilesAsApp = ['User.Read.All', 'User.ReadWrite.All'];
const writeProfiles = ['User.ReadWrite.All'];
const writeOwnProfile = ['User.ReadWrite', ...writeProfiles];

const readUserPhotos = [
  'ProfilePhoto.Read.All',
  'User.ReadBasic.All',
  'User.Read.All',
  'User.ReadWrite.All',
  'ProfilePhoto.ReadWrite.All',
];
const readOwnPhoto = ['User.Read', 'User.ReadWrite', ...readUserPhotos];
const readUserPhotosAsApp = [
  'ProfilePhoto.Read.All',
  'ProfilePhoto.ReadWrite.All',
  'User.Read.All',
  'User.ReadBasic.All',
  'User.ReadWrite.All',
];
const writeUserPhotos = ['ProfilePhoto.ReadWrite.All', 'User.ReadWrite.All'];
const writeOwnPhoto = ['User.ReadWrite', ...writeUserPhotos];

const readGroupPhotos = [
  'ProfilePhoto.Read.All',
  'Group.Read.All',
  'ProfilePhoto.ReadWrite.All',
  'Group.ReadWrite.All',
];
const writeGroupPhotos = ['ProfilePhoto.ReadWrite.All', 'Group.ReadWrite.All'];
const readTeamPhotos = [
  'TeamSettings.Read.All',
  'TeamSettings.ReadWrite.All',
  'Group.Read.All',
  'Group.ReadWrite.All',
];
const writeTeamPhotos = ['TeamSettings.ReadWrite.All', 'Group.ReadWrite.All'];
const readContacts = ['Contacts.Read', 'Contacts.ReadWrite'];
const writeContacts = ['Contacts.ReadWrite'];
const createUsers = ['User.ReadWrite.All', 'Directory.ReadWrite.All'];
const deleteUsers = ['User.DeleteRestore.All', 'User.ReadWrite.All'];
const writeManagers = ['User.ReadWrite.All', 'Directory.ReadWrite.All'];
const writeGroups = ['Group.ReadWrite.All', 'Directory.ReadWrite.All'];
const createGroupsAsApp = ['Group.Create', ...writeGroups];
const deleteGroups = ['Group.ReadWrite.All'];
const writeMembers = ['GroupMember.ReadWrite.All', ...writeGroups];

const readManagers = [
  'User.Read.All',
  'User.ReadWrite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
];
const readOwnReports = ['User.Read', ...readManagers];
const readMemberships = [
  'GroupMember.ReadBasic.All',
  'Group.ReadBasic.All',
  'GroupMember.Read.All',
  'Group.Read.All',
  'Directory.Read.All',
  'GroupMember.ReadWrite.All',
  'Group.ReadWrite.All',
  'Directory.ReadWrite.All',
];
const readOwnMemberships = ['User.Read', 'User.ReadWrite', ...readMemberships];
const readGroups = [
  'Group.ReadBasic.All',
  'GroupMember.Read.All',
  'Group.Read.All',
  'Directory.Read.All',
  'Group.ReadWrite.All',
  'Directory.ReadWrite.All',
];
const readOwners = [
  'GroupMember.Read.All',
  'Group.Read.All',
  'Directory.Read.All',
  'GroupMember.ReadWrite.All',
  'Group.ReadWrite.All',
];
const readTeams = [
  'Team.ReadBasic.All',
  'TeamSettings.Read.All',
  'TeamSettings.ReadWrite.All',
  'Group.Read.All',
  'Directory.Read.All',
  'Group.ReadWrite.All',
  'Directory.ReadWrite.All',
];
const readApplications = [
  'Application.Read.All',
  'Directory.Read.All',
  'Application.ReadWrite.All',
  'Directory.ReadWrite.All',
];
const writeApplications = ['Application.ReadWrite.All', 'Directory.ReadWrite.All'];
const credentialActions = ['addPassword', 'removePassword', 'addKey', 'removeKey'];

/** Rows for the signed-in user's own resources, below `/me`. */
function own(operation: string, self: readonly string[]): PermissionRow {
  return { operation, delegated: self, self, application: none };
}

/** Rows for resources of people: one's own want less than another's. */
function people(
  operation: string,
  self: readonly string[],
  delegated: readonly string[],
  application: readonly string[] = delegated,
): PermissionRow {
  return { operation, delegated, self, application };
}

/** Rows for resources that are nobody's own. */
function shared(operation: string, permissions: readonly string[]): PermissionRow {
  return { operation, delegated: permissions, self: permissions, application: permissions };
}

/** What makes the row of one operation on a photo. */
type PhotoRow = (operation: string, isRead: boolean) => PermissionRow;

/** Rows of a photo, of its bytes and of its sizes behind it; only some photos are taken away. */
function photo(path: string, kind: 'removable' | 'kept', row: PhotoRow): PermissionRow[] {
  const removals = kind === 'removable' ? [`DELETE ${path}`, `DELETE ${path}/$value`] : [];
  return [
    row(`GET ${path}`, true),
    row(`PATCH ${path}`, false),
    row(`PUT ${path}/$value`, false),
    row(`PATCH ${path}/$value`, false),
    ...removals.map((operation) => row(operation, false)),
    row(`GET ${path}/{id}`, true),
    row(`PATCH ${path}/{id}`, false),
  ];
}

/** Rows of the collection of a photo's sizes. */
function sizes(path: string, row: PhotoRow): PermissionRow[] {
  return [
    row(`GET ${path}`, true),
    row(`GET ${path}/{id}`, true),
    row(`PATCH ${path}/{id}`, false),
  ];
}

const userPhoto: PhotoRow = (operation, isRead) =>
  isRead
    ? people(operation, readOwnPhoto, readUserPhotos, readUserPhotosAsApp)
    : people(operation, writeOwnPhoto, writeUserPhotos);
const ownPhoto: PhotoRow = (operation, isRead) =>
  own(operation, isRead ? readOwnPhoto : writeOwnPhoto);
const groupPhoto: PhotoRow = (operation, isRead) =>
  shared(operation, isRead ? readGroupPhotos : writeGroupPhotos);
const joinedGroupPhoto: PhotoRow = (operation, isRead) =>
  own(operation, isRead ? readGroupPhotos : writeGroupPhotos);
const teamPhoto: PhotoRow = (operation, isRead) =>
  shared(operation, isRead ? readTeamPhotos : writeTeamPhotos);
const joinedTeamPhoto: PhotoRow = (operation, isRead) =>
  own(operation, isRead ? readTeamPhotos : writeTeamPhotos);
const ownContactPhoto: PhotoRow = (operation, isRead) =>
  own(operation, isRead ? readContacts : writeContacts);
const contactPhoto: PhotoRow = (operation, isRead) => {
  const permissions = isRead ? readContacts : writeContacts;
  return people(operation, permissions, none, permissions);
};

export const permissionRows: readonly PermissionRow[] = [
  own('GET /me', readSelf),
  own('PATCH /me', writeSelf),
  people('GET /users/{id}', readSelf, readUsers),
  people('PATCH /users/{id}', writeSelf, writeUsers),
  shared('GET /users', readUsers),
  shared('POST /users', createUsers),
  shared('DELETE /users/{id}', deleteUsers),
  own('GET /me/manager', readManagers),
  shared('GET /users/{id}/manager', readManagers),
  shared('PUT /users/{id}/manager/$ref', writeManagers),
  shared('DELETE /users/{id}/manager/$ref', writeManagers),
  own('GET /me/directReports', readOwnReports),
  people('GET /users/{id}/directReports', readOwnReports, readManagers),
  own('GET /me/memberOf', readOwnMemberships),
  people('GET /users/{id}/memberOf', readOwnMemberships, readMemberships),
  own('GET /me/contacts', readContacts),
  own('GET /me/contacts/{id}', readContacts),
  own('POST /me/contacts', writeContacts),
  own('PATCH /me/contacts/{id}', writeContacts),
  own('DELETE /me/contacts/{id}', writeContacts),
  people('GET /users/{id}/contacts', readContacts, none, readContacts),
  people('GET /users/{id}/contacts/{id}', readContacts, none, readContacts),
  people('POST /users/{id}/contacts', writeContacts, none, writeContacts),
  people('PATCH /users/{id}/contacts/{id}', writeContacts, none, writeContacts),
  people('DELETE /users/{id}/contacts/{id}', writeContacts, none, writeContacts),
  own('GET /me/joinedGroups', readOwnMemberships),
  own('GET /me/joinedGroups/{id}', readOwnMemberships),

  shared('GET /groups', readGroups),
  people('POST /groups', writeGroups, writeGroups, createGroupsAsApp),
  shared('GET /groups/{id}', readGroups),
  shared('PATCH /groups/{id}', writeGroups),
  shared('DELETE /groups/{id}', deleteGroups),
  shared('GET /groups/{id}/members', readMemberships),
  shared('POST /groups/{id}/members/$ref', writeMembers),
  shared('DELETE /groups/{id}/members/$ref', writeMembers),
  shared('DELETE /groups/{id}/members/{id}/$ref', writeMembers),
  shared('GET /groups/{id}/owners', readOwners),
  shared('POST /groups/{id}/owners/$ref', writeGroups),
  shared('DELETE /groups/{id}/owners/$ref', writeGroups),
  shared('DELETE /groups/{id}/owners/{id}/$ref', writeGroups),
  shared('GET /groups/{id}/team', readTeams),
  shared('GET /teams/{id}', readTeams),

  shared('GET /applications', readApplications),
  shared('GET /applications/{id}', readApplications),
  shared('POST /applications', writeApplications),
  shared('PATCH /applications/{id}', writeApplications),
  shared('DELETE /applications/{id}', writeApplications),
  ...credentialActions.map((name) => shared(`POST /applications/{id}/${name}`, writeApplications)),
  shared('GET /servicePrincipals', readApplications),
  shared('GET /servicePrincipals/{id}', readApplications),
  shared('POST /servicePrincipals', writeApplications),
  shared('PATCH /servicePrincipals/{id}', writeApplications),
  shared('DELETE /servicePrincipals/{id}', writeApplications),
  ...credentialActions.map((name) =>
    shared(`POST /servicePrincipals/{id}/${name}`, writeApplications),
  ),

  own('GET /me/profile', readOwnProfile),
  own('PATCH /me/profile', writeOwnProfile),
  people('GET /users/{id}/profile', readOwnProfile, readProfiles, readProfilesAsApp),
  people('PATCH /users/{id}/profile', writeOwnProfile, writeProfiles),
  people('GET /user/{id}', readOwnProfile, readProfiles, readProfilesAsApp),
  people('GET /user/{id}/profile', readOwnProfile, readProfiles, readProfilesAsApp),
  people('PATCH /user/{id}/profile', writeOwnProfile, writeProfiles),

  people(
    'GET /decoratedProfileConnections/{id}',
    readOwnProfile,
    readOwnProfile,
    readProfilesAsApp,
  ),
  people(
    'GET /decoratedProfileConnections/{id}/profile',
    readOwnProfile,
    readOwnProfile,
    readProfilesAsApp,
  ),
  shared('PATCH /decoratedProfileConnections/{id}/profile', writeProfiles),

  shared('GET /users/delta', readManagers),
  shared('GET /groups/delta', readGroups),
  own('GET /me/contacts/delta', readContacts),
  own('GET /me/contactFolders/{id}/contacts/delta', readContacts),
  people('GET /users/{id}/contacts/delta', readContacts, none, readContacts),
  people('GET /users/{id}/contactFolders/{id}/contacts/delta', readContacts, none, readContacts),

  ...photo('/me/photo', 'removable', ownPhoto),
  ...sizes('/me/photos', ownPhoto),
  ...photo('/users/{id}/photo', 'removable', userPhoto),
  ...sizes('/users/{id}/photos', userPhoto),
  ...photo('/groups/{id}/photo', 'removable', groupPhoto),
  ...sizes('/groups/{id}/photos', groupPhoto),
  ...photo('/teams/{id}/photo', 'kept', teamPhoto),
  ...photo('/me/contacts/{id}/photo', 'kept', ownContactPhoto),
  ...photo('/users/{id}/contacts/{id}/photo', 'kept', contactPhoto),
  ...photo('/me/contactFolders/{id}/contacts/{id}/photo', 'kept', ownContactPhoto),
  ...photo('/users/{id}/contactFolders/{id}/contacts/{id}/photo', 'kept', contactPhoto),
  ...photo('/me/joinedGroups/{id}/photo', 'removable', joinedGroupPhoto),
  ...sizes('/me/joinedGroups/{id}/photos', joinedGroupPhoto),
  ...photo('/me/joinedGroups/{id}/team/photo', 'kept', joinedTeamPhoto),
];

const byOperation = new Map(permissionRows.map((row) => [row.operation, row]));

/** The row of an operation, or undefined where the operation has no behaviour. */
export function findPermissions(operation: string): PermissionRow | undefined {
  return byOperation.get(operation);
}
