import { none, own, type PermissionRow, people, personal, shared } from './permission-row.ts';

const readWholeUsers = [
  'User.Read.All',
  'User.ReadWrite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
];
const readUsers = ['User.ReadBasic.All', ...readWholeUsers];
const readSelf = ['User.Read', 'User.ReadWrite', ...readUsers];
const writeUsers = ['User.ReadWrite.All', 'Directory.ReadWrite.All'];
const writeSelf = ['User.ReadWrite', ...writeUsers];
const deleteUsers = ['User.DeleteRestore.All', 'User.ReadWrite.All'];
const readOwnReports = ['User.Read', ...readWholeUsers];
const readSponsors = ['User.Read.All', 'User.ReadWrite.All'];

/** Memberships, by the permissions of groups. */
export const readMemberships = [
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
const readTransitive = [
  'User.Read.All',
  'GroupMember.ReadBasic.All',
  'Group.ReadBasic.All',
  'GroupMember.Read.All',
  'Group.Read.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
];

/** Which groups something is in, asked by an action. */
export const askMemberships = [
  'Application.Read.All',
  'Device.Read.All',
  'GroupMember.ReadBasic.All',
  'Group.ReadBasic.All',
  'GroupMember.Read.All',
  'Group.Read.All',
  'User.Read.All',
  'Directory.Read.All',
  'Application.ReadWrite.All',
  'Group.ReadWrite.All',
  'User.ReadWrite.All',
  'Directory.ReadWrite.All',
];
const askOwnMemberships = ['User.Read', ...askMemberships];

const readPeopleAround = ['People.Read.All'];
const readOwnPeopleAround = ['People.Read', ...readPeopleAround];
const readTeams = [
  'Team.ReadBasic.All',
  'TeamSettings.Read.All',
  'TeamSettings.ReadWrite.All',
  'User.Read.All',
  'Directory.Read.All',
  'User.ReadWrite.All',
  'Directory.ReadWrite.All',
];
const changePassword = ['User-PasswordProfile.ReadWrite.All', 'Directory.AccessAsUser.All'];
const revokeSessions = ['User.RevokeSessions.All', 'User.ReadWrite.All', 'Directory.ReadWrite.All'];
const endOwnSessions = ['User.RevokeSessions.All', 'User.ReadWrite', 'Directory.ReadWrite.All'];
const endSessions = ['User.RevokeSessions.All', 'Directory.ReadWrite.All'];
const assignLicenses = [
  'LicenseAssignment.ReadWrite.All',
  'User.ReadWrite.All',
  'Directory.ReadWrite.All',
];
const readLicenses = ['LicenseAssignment.Read.All', ...readWholeUsers];
const readOwnLicenses = ['User.Read', ...readLicenses];
const readMailbox = ['MailboxSettings.Read', 'MailboxSettings.ReadWrite'];
const writeMailbox = ['MailboxSettings.ReadWrite'];
const askMemberOperations = ['Groups', 'Objects'].flatMap((what) => [
  `POST /getMember${what}`,
  `POST /checkMember${what}`,
]);

/** Users: themselves, what they are related to, and what is done with them. */
export const userOperations: readonly PermissionRow[] = [
  own('GET /me', readSelf),
  own('PATCH /me', writeSelf),
  people('GET /users/{id}', readSelf, readUsers),
  people('PATCH /users/{id}', writeSelf, writeUsers),
  shared('GET /users', readUsers),
  shared('POST /users', writeUsers),
  shared('DELETE /users/{id}', deleteUsers),
  shared('GET /users/delta', readWholeUsers),
  // The same users in the Fast.PI dialect.
  shared('GET /user', readUsers),
  people('GET /user/{id}', readSelf, readUsers),
  people('PATCH /user/{id}', writeSelf, writeUsers),
  shared('DELETE /user/{id}', deleteUsers),
  ...personal('GET /mailboxSettings', readMailbox, none, readMailbox),
  ...personal('PATCH /mailboxSettings', writeMailbox, none, writeMailbox),

  own('GET /me/manager', readWholeUsers),
  shared('GET /users/{id}/manager', readWholeUsers),
  shared('PUT /users/{id}/manager/$ref', writeUsers),
  shared('DELETE /users/{id}/manager/$ref', writeUsers),
  ...personal('GET /directReports', readOwnReports, readWholeUsers),
  ...personal('GET /memberOf', readOwnMemberships, readMemberships),
  ...personal('GET /transitiveMemberOf', ['User.Read', ...readTransitive], readTransitive),
  own('GET /me/joinedGroups', readOwnMemberships),
  own('GET /me/joinedGroups/{id}', readOwnMemberships),
  ...personal('GET /joinedTeams', readTeams, readTeams),
  ...personal('GET /ownedObjects', readOwnReports, readWholeUsers),
  ...personal('GET /createdObjects', ['User.Read', ...readWholeUsers], readWholeUsers),
  ...personal('GET /sponsors', ['User.Read', ...readSponsors], readSponsors),
  shared('POST /users/{id}/sponsors/$ref', writeUsers),
  shared('DELETE /users/{id}/sponsors/{id}/$ref', writeUsers),
  shared('POST /search/query', readOwnPeopleAround, none),
  ...personal('GET /people', readOwnPeopleAround, readPeopleAround),
  ...personal('GET /people/{id}', readOwnPeopleAround, readPeopleAround),
  ...personal('GET /licenseDetails', readOwnLicenses, readLicenses),
  ...personal('GET /licenseDetails/{id}', readOwnLicenses, readLicenses),

  ...personal('POST /changePassword', changePassword, none, none),
  ...personal('POST /revokeSignInSessions', revokeSessions, revokeSessions),
  ...personal('POST /invalidateAllRefreshTokens', endOwnSessions, endSessions),
  ...personal('POST /assignLicense', assignLicenses, assignLicenses),
  ...personal('POST /reprocessLicenseAssignment', writeUsers, writeUsers),
  ...askMemberOperations.flatMap((each) => personal(each, askOwnMemberships, askMemberships)),
];
