import { type PermissionRow, personal, shared } from './permission-row.ts';
import { askMemberships } from './user-operations.ts';

const readApplications = [
  'Application.Read.All',
  'Directory.Read.All',
  'Application.ReadWrite.All',
  'Directory.ReadWrite.All',
];
const writeApplications = ['Application.ReadWrite.All', 'Directory.ReadWrite.All'];
const credentials = ['addPassword', 'removePassword', 'addKey', 'removeKey'];
const readDirectory = ['Directory.Read.All', 'Directory.ReadWrite.All'];
const readDeletedUsers = ['User.Read.All', 'User.ReadWrite.All', ...readDirectory];
const readDeletedGroups = ['Group.Read.All', ...readDirectory, 'Group.ReadWrite.All'];
const restoreUsers = ['User.DeleteRestore.All', 'User.ReadWrite.All'];
const restoreDeleted = [...restoreUsers, 'Group.ReadWrite.All'];
const invite = ['User.Invite.All', 'User.ReadWrite.All', 'Directory.ReadWrite.All'];
/** What a subscription tells is what reading tells; of what exactly is asked when it is made. */
const watch = [
  'Contacts.Read',
  'ProfilePhoto.Read.All',
  'User.Read.All',
  'Group.Read.All',
  'Directory.Read.All',
  'Contacts.ReadWrite',
  'ProfilePhoto.ReadWrite.All',
  'User.ReadWrite.All',
  'Group.ReadWrite.All',
  'Directory.ReadWrite.All',
];

function registrations(set: string): readonly PermissionRow[] {
  return [
    shared(`GET /${set}`, readApplications),
    shared(`GET /${set}/{id}`, readApplications),
    shared(`GET /${set}/delta`, readApplications),
    shared(`POST /${set}`, writeApplications),
    shared(`PATCH /${set}/{id}`, writeApplications),
    shared(`DELETE /${set}/{id}`, writeApplications),
    ...credentials.map((name) => shared(`POST /${set}/{id}/${name}`, writeApplications)),
    shared(`GET /${set}/{id}/owners`, readApplications),
    shared(`POST /${set}/{id}/owners/$ref`, writeApplications),
    shared(`DELETE /${set}/{id}/owners/{id}/$ref`, writeApplications),
  ];
}

/** What is granted of applications: roles to people, groups and applications, scopes to them. */
const readGrants = [
  'Directory.Read.All',
  'AppRoleAssignment.ReadWrite.All',
  'Directory.ReadWrite.All',
];
const assignRoles = ['AppRoleAssignment.ReadWrite.All'];
const readScopes = [
  'Directory.Read.All',
  'DelegatedPermissionGrant.ReadWrite.All',
  'Directory.ReadWrite.All',
];
const grantScopes = ['DelegatedPermissionGrant.ReadWrite.All', 'Directory.ReadWrite.All'];

function assigned(path: string, isOfPeople = false): readonly PermissionRow[] {
  const list = `${path}/{id}/appRoleAssignments`;
  const read = isOfPeople ? personal : undefined;
  return [
    ...(read ? read('GET /appRoleAssignments', readGrants, readGrants) : []),
    ...(read ? read('GET /appRoleAssignments/{id}', readGrants, readGrants) : []),
    ...(read ? [] : [shared(`GET ${list}`, readGrants), shared(`GET ${list}/{id}`, readGrants)]),
    shared(`POST ${list}`, assignRoles),
    shared(`DELETE ${list}/{id}`, assignRoles),
  ];
}

const grants: readonly PermissionRow[] = [
  ...assigned('/users', true),
  ...assigned('/groups'),
  ...assigned('/servicePrincipals'),
  shared('GET /servicePrincipals/{id}/appRoleAssignedTo', readGrants),
  shared('GET /servicePrincipals/{id}/appRoleAssignedTo/{id}', readGrants),
  shared('POST /servicePrincipals/{id}/appRoleAssignedTo', assignRoles),
  shared('DELETE /servicePrincipals/{id}/appRoleAssignedTo/{id}', assignRoles),
  ...personal('GET /oauth2PermissionGrants', readScopes, readScopes),
  ...personal('GET /oauth2PermissionGrants/{id}', readScopes, readScopes),
  shared('GET /servicePrincipals/{id}/oauth2PermissionGrants', readScopes),
  shared('GET /servicePrincipals/{id}/oauth2PermissionGrants/{id}', readScopes),
  shared('GET /oauth2PermissionGrants', readScopes),
  shared('GET /oauth2PermissionGrants/{id}', readScopes),
  shared('POST /oauth2PermissionGrants', grantScopes),
  shared('PATCH /oauth2PermissionGrants/{id}', grantScopes),
  shared('DELETE /oauth2PermissionGrants/{id}', grantScopes),
];

/** Applications, what has been deleted, invitations, subscriptions, and any object by its id. */
export const directoryOperations: readonly PermissionRow[] = [
  ...registrations('applications'),
  ...registrations('servicePrincipals'),
  ...grants,

  shared('GET /directory/deletedItems/microsoft.graph.user', readDeletedUsers),
  shared('GET /directory/deletedItems/microsoft.graph.group', readDeletedGroups),
  shared('GET /directory/deletedItems/{id}', readDeletedUsers),
  shared('DELETE /directory/deletedItems/{id}', restoreDeleted),
  shared('POST /directory/deletedItems/{id}/restore', restoreDeleted),

  shared('GET /directoryObjects/{id}', readDirectory),
  shared('POST /directoryObjects/getByIds', readDirectory),
  shared('POST /directoryObjects/validateProperties', readDeletedGroups),
  ...['getMember', 'checkMember'].flatMap((verb) => [
    shared(`POST /directoryObjects/{id}/${verb}Groups`, askMemberships),
    shared(`POST /directoryObjects/{id}/${verb}Objects`, askMemberships),
  ]),

  shared('POST /invitations', invite),

  shared('GET /subscriptions', watch),
  shared('POST /subscriptions', watch),
  shared('GET /subscriptions/{id}', watch),
  shared('PATCH /subscriptions/{id}', watch),
  shared('DELETE /subscriptions/{id}', watch),
  shared('POST /subscriptions/{id}/reauthorize', watch),
];
