import { own, type PermissionRow, personal, shared } from './permission-row.ts';

const read = ['User.ReadBasic.All', 'User.Read.All', 'User.ReadWrite.All'];
const readOwn = ['User.Read', 'User.ReadWrite', ...read];
const readAsApp = ['User.Read.All', 'User.ReadWrite.All'];
const write = ['User.ReadWrite.All'];
const writeOwn = ['User.ReadWrite', ...write];
const readOrganization = [
  'Organization.Read.All',
  'Directory.Read.All',
  'Organization.ReadWrite.All',
  'Directory.ReadWrite.All',
];
const writeOrganization = ['Organization.ReadWrite.All', 'Directory.ReadWrite.All'];
const singletons = ['linkedIn', 'salesNavigatorSaveLead', 'userFlagging'];

/** The caller's own invitations, blocks, leads and flags, and how accounts are bound. */
export const linkedInOperations: readonly PermissionRow[] = [
  ...singletons.flatMap((name) => [own(`GET /${name}`, readOwn), own(`PATCH /${name}`, writeOwn)]),
  own('GET /linkedIn/invitations', readOwn),
  own('POST /linkedIn/invitations', writeOwn),
  own('GET /linkedIn/invitations/{id}', readOwn),
  own('PATCH /linkedIn/invitations/{id}', writeOwn),
  own('DELETE /linkedIn/invitations/{id}', writeOwn),
  own('POST /linkedIn/invitations/inviteeClosingInvitation', writeOwn),
  own('GET /linkedIn/blockedMembers', readOwn),
  own('POST /linkedIn/blockedMembers', writeOwn),
  own('GET /linkedIn/blockedMembers/{id}', readOwn),
  own('DELETE /linkedIn/blockedMembers/{id}', writeOwn),
  own('POST /salesNavigatorSaveLead/saveVieweeAsLead', writeOwn),
  own('POST /salesNavigatorSaveLead/unsaveVieweeAsLead', writeOwn),
  own('POST /userFlagging/flagContent', writeOwn),

  ...personal('GET /getLinkedInStatus', readOwn, read, readAsApp),
  ...['setLinkedInStatus', 'setLinkedInEnabled', 'revokeDualGrant', 'revokeLocalGrant'].flatMap(
    (name) => personal(`POST /${name}`, writeOwn, write),
  ),
  shared('GET /users/getEnabledUsersForLinkedIn', readAsApp),
  shared('POST /users/notifyConsent', write),
  shared('POST /users/revokeLocalGrantByMid', write),

  shared('GET /organization/getAppFamilyStatus', readOrganization),
  shared('GET /organization/getAppFamilyDetails', readOrganization),
  shared('GET /organization/getGroupSupportedAppFamilyStatus', readOrganization),
  shared('POST /organization/setAppFamilyStatus', writeOrganization),
  shared('POST /organization/provisionAppFamily', writeOrganization),
];
