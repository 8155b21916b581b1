import { type PermissionRow, people, shared } from './permission-row.ts';
import { askMemberships, readMemberships } from './user-operations.ts';

const readGroups = [
  'Group.ReadBasic.All',
  'GroupMember.Read.All',
  'Group.Read.All',
  'Directory.Read.All',
  'Group.ReadWrite.All',
  'Directory.ReadWrite.All',
];
const writeGroups = ['Group.ReadWrite.All', 'Directory.ReadWrite.All'];
const createGroupsAsApp = ['Group.Create', ...writeGroups];
const deleteGroups = ['Group.ReadWrite.All'];
const writeMembers = ['GroupMember.ReadWrite.All', ...writeGroups];
const readOwners = [
  'GroupMember.Read.All',
  'Group.Read.All',
  'Directory.Read.All',
  'GroupMember.ReadWrite.All',
  'Group.ReadWrite.All',
];
const readGroupsAround = [
  'GroupMember.ReadBasic.All',
  'Group.ReadBasic.All',
  'GroupMember.Read.All',
  'Group.Read.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
];
const assignLicenses = ['LicenseAssignment.ReadWrite.All', ...writeGroups];
const readTeams = [
  'Team.ReadBasic.All',
  'TeamSettings.Read.All',
  'TeamSettings.ReadWrite.All',
  'Group.Read.All',
  'Directory.Read.All',
  'Group.ReadWrite.All',
  'Directory.ReadWrite.All',
];
const writeTeams = ['TeamSettings.ReadWrite.All', ...writeGroups];
const readTeamsOfGroups = [
  'Group.Read.All',
  'Directory.Read.All',
  'Group.ReadWrite.All',
  'Directory.ReadWrite.All',
];
const askOfGroups = [...new Set(['GroupMember.ReadBasic.All', ...askMemberships])];
const askOperations = ['Groups', 'Objects'].flatMap((what) => [
  `POST /groups/{id}/getMember${what}`,
  `POST /groups/{id}/checkMember${what}`,
]);

/** Groups, who belongs to them, and their teams. */
export const groupOperations: readonly PermissionRow[] = [
  shared('GET /groups', readGroups),
  people('POST /groups', writeGroups, writeGroups, createGroupsAsApp),
  shared('GET /groups/delta', readGroups),
  shared('GET /groups/{id}', readGroups),
  shared('PATCH /groups/{id}', writeGroups),
  shared('DELETE /groups/{id}', deleteGroups),
  shared('GET /groups/{id}/members', readMemberships),
  shared('GET /groups/{id}/transitiveMembers', readMemberships),
  shared('POST /groups/{id}/members/$ref', writeMembers),
  shared('DELETE /groups/{id}/members/$ref', writeMembers),
  shared('DELETE /groups/{id}/members/{id}/$ref', writeMembers),
  shared('GET /groups/{id}/owners', readOwners),
  shared('POST /groups/{id}/owners/$ref', writeGroups),
  shared('DELETE /groups/{id}/owners/$ref', writeGroups),
  shared('DELETE /groups/{id}/owners/{id}/$ref', writeGroups),
  shared('GET /groups/{id}/memberOf', readGroupsAround),
  shared('GET /groups/{id}/transitiveMemberOf', readGroupsAround),
  shared('POST /groups/{id}/assignLicense', assignLicenses),
  ...askOperations.map((operation) => shared(operation, askOfGroups)),
  shared('GET /groups/{id}/team', readTeamsOfGroups),
  shared('PUT /groups/{id}/team', writeGroups),
  shared('GET /teams', [
    'Team.ReadBasic.All',
    'TeamSettings.Read.All',
    'TeamSettings.ReadWrite.All',
  ]),
  shared('GET /teams/{id}', readTeams),
  shared('PATCH /teams/{id}', writeTeams),
];
