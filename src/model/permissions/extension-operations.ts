import { none, type PermissionRow, people, personal, shared } from './permission-row.ts';

const readUsers = ['User.Read.All', 'User.ReadWrite.All'];
const readDirectory = ['Directory.Read.All', 'Directory.ReadWrite.All'];
const writeDirectory = ['User.ReadWrite.All', 'Directory.ReadWrite.All'];
const readGroups = ['Group.Read.All', ...readDirectory, 'Group.ReadWrite.All'];
const writeGroups = ['Group.ReadWrite.All', 'Directory.ReadWrite.All'];
const readDeleted = [...readUsers, ...readGroups];
const readSkus = ['LicenseAssignment.Read.All', 'Organization.Read.All', ...readDirectory];
const readOrganization = [
  'User.Read',
  'Organization.Read.All',
  'Organization.ReadWrite.All',
  ...readDirectory,
];
const readApplications = ['Application.Read.All', ...readDirectory, 'Application.ReadWrite.All'];
const writeApplications = ['Application.ReadWrite.All', 'Directory.ReadWrite.All'];
const readOwn = ['User.Read', 'User.ReadWrite', ...readUsers];
const writeOwn = ['User.ReadWrite', 'User.ReadWrite.All'];
const ownActions = [
  'addFavorite',
  'removeFavorite',
  'subscribeByMail',
  'unsubscribeByMail',
  'resetUnseenCount',
];

/** Extensions of people and groups, by rows that read and rows that write. */
const extensions: readonly PermissionRow[] = [
  ...['GET /extensions', 'GET /extensions/{id}'].flatMap((each) =>
    personal(each, readOwn, readUsers),
  ),
  ...['POST /extensions', 'PATCH /extensions/{id}', 'DELETE /extensions/{id}'].flatMap((each) =>
    personal(each, writeOwn, ['User.ReadWrite.All']),
  ),
  shared('GET /groups/{id}/extensions', readGroups),
  shared('GET /groups/{id}/extensions/{id}', readGroups),
  shared('POST /groups/{id}/extensions', writeGroups),
  shared('PATCH /groups/{id}/extensions/{id}', writeGroups),
  shared('DELETE /groups/{id}/extensions/{id}', writeGroups),
  shared('GET /applications/{id}/extensionProperties', readApplications),
  shared('GET /applications/{id}/extensionProperties/{id}', readApplications),
  shared('POST /applications/{id}/extensionProperties', writeApplications),
  shared('DELETE /applications/{id}/extensionProperties/{id}', writeApplications),
  shared('POST /directoryObjects/getAvailableExtensionProperties', readDirectory),
  shared('GET /schemaExtensions', readApplications),
  shared('GET /schemaExtensions/{id}', readApplications),
  shared('POST /schemaExtensions', writeApplications),
  shared('PATCH /schemaExtensions/{id}', writeApplications),
  shared('DELETE /schemaExtensions/{id}', writeApplications),
];

/** What extends the directory, what is said of it as a whole, and what less is asked of it. */
export const extensionOperations: readonly PermissionRow[] = [
  ...extensions,
  shared('GET /directory/deletedItems', readDeleted),
  shared('DELETE /directoryObjects/{id}', ['Directory.ReadWrite.All']),
  shared('POST /users/getByIds', readDirectory),
  shared('POST /groups/getByIds', readDirectory),
  shared('POST /groups/{id}/validateProperties', readGroups),
  shared('GET /organization', readOrganization),
  shared('GET /organization/{id}', readOrganization),
  shared('GET /subscribedSkus', readSkus),
  shared('GET /subscribedSkus/{id}', readSkus),
  ...['GET /ownedDevices', 'GET /registeredDevices'].flatMap((each) =>
    personal(each, ['User.Read', ...readUsers, ...readDirectory], [...readUsers, ...readDirectory]),
  ),
  ...personal('GET /presence', ['Presence.Read', 'Presence.Read.All'], ['Presence.Read.All']),
  ...personal('POST /retryServiceProvisioning', writeDirectory, writeDirectory),
  ...['acceptedSenders', 'rejectedSenders'].flatMap((name) => [
    shared(`GET /groups/{id}/${name}`, readGroups),
    shared(`POST /groups/{id}/${name}/$ref`, writeGroups),
    shared(`DELETE /groups/{id}/${name}/$ref`, writeGroups),
  ]),
  ...['renew', 'retryServiceProvisioning'].map((name) =>
    shared(`POST /groups/{id}/${name}`, writeGroups),
  ),
  ...ownActions.map((name) => people(`POST /groups/{id}/${name}`, writeGroups, writeGroups, none)),
];
