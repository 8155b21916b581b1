import { type PermissionRow, shared } from './permission-row.ts';
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
    shared(`POST /${set}`, writeApplications),
    shared(`PATCH /${set}/{id}`, writeApplications),
    shared(`DELETE /${set}/{id}`, writeApplications),
    ...credentials.map((name) => shared(`POST /${set}/{id}/${name}`, writeApplications)),
  ];
}

/** Applications, what has been deleted, invitations, subscriptions, and any object by its id. */
export const directoryOperations: readonly PermissionRow[] = [
  ...registrations('applications'),
  ...registrations('servicePrincipals'),

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
