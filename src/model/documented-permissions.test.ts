import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PermissionRow } from './permissions/permission-row.ts';
import { findPermissions } from './permissions.ts';

/**
 * What Graph's permission reference says, held apart from the table: operations, least delegated
 * permissions < wider ones, least application permissions < wider ones; `=` for the same as
 * delegated, `-` where Graph has none. What reaches only some objects or properties is left out.
 */
const documented = `
GET /me | User.Read < User.ReadBasic.All User.Read.All User.ReadWrite Directory.Read.All
  User.ReadWrite.All Directory.ReadWrite.All | -
GET /users | User.ReadBasic.All < User.Read.All User.ReadWrite.All Directory.Read.All
  Directory.ReadWrite.All | =
GET /users/{id} | User.Read User.ReadBasic.All < User.ReadWrite User.Read.All User.ReadWrite.All
  Directory.Read.All Directory.ReadWrite.All | User.ReadBasic.All < User.Read.All
  User.ReadWrite.All Directory.Read.All Directory.ReadWrite.All
PATCH /users/{id} | User.ReadWrite User.ReadWrite.All < Directory.ReadWrite.All |
  User.ReadWrite.All < Directory.ReadWrite.All
POST /users, PUT /users/{id}/manager/$ref, DELETE /users/{id}/manager/$ref | User.ReadWrite.All <
  Directory.ReadWrite.All | =
DELETE /users/{id} | User.DeleteRestore.All < User.ReadWrite.All | =
GET /users/delta, GET /users/{id}/manager | User.Read.All < User.ReadWrite.All Directory.Read.All
  Directory.ReadWrite.All | =
GET /me/manager | User.Read.All < User.ReadWrite.All Directory.Read.All Directory.ReadWrite.All | -
GET /me/directReports, GET /me/ownedObjects | User.Read < User.Read.All User.ReadWrite.All
  Directory.Read.All Directory.ReadWrite.All | -
GET /users/{id}/directReports | User.Read User.Read.All < User.ReadWrite.All Directory.Read.All
  Directory.ReadWrite.All | User.Read.All < User.ReadWrite.All Directory.Read.All
  Directory.ReadWrite.All
GET /me/memberOf | User.Read < Group.ReadBasic.All GroupMember.ReadBasic.All GroupMember.Read.All
  Directory.Read.All Directory.ReadWrite.All | -
GET /me/transitiveMemberOf | User.Read < User.Read.All Group.ReadBasic.All
  GroupMember.ReadBasic.All GroupMember.Read.All Group.Read.All Directory.Read.All
  Directory.ReadWrite.All | -
GET /users/{id}/transitiveMemberOf | User.Read User.Read.All < Group.ReadBasic.All
  GroupMember.ReadBasic.All GroupMember.Read.All Group.Read.All Directory.Read.All
  Directory.ReadWrite.All | User.Read.All < Group.ReadBasic.All GroupMember.ReadBasic.All
  GroupMember.Read.All Group.Read.All Directory.Read.All Directory.ReadWrite.All
GET /me/people | People.Read < People.Read.All | -
GET /users/{id}/people | People.Read People.Read.All < | People.Read.All <
GET /me/mailboxSettings | MailboxSettings.Read < MailboxSettings.ReadWrite | -
PATCH /me/mailboxSettings | MailboxSettings.ReadWrite < | -
POST /me/changePassword | User-PasswordProfile.ReadWrite.All < Directory.AccessAsUser.All | -
POST /users/{id}/revokeSignInSessions | User.RevokeSessions.All < User.ReadWrite.All
  Directory.ReadWrite.All | =
POST /users/{id}/assignLicense | LicenseAssignment.ReadWrite.All < User.ReadWrite.All
  Directory.ReadWrite.All | =
POST /users/{id}/checkMemberGroups | Application.Read.All < GroupMember.ReadBasic.All
  GroupMember.Read.All Group.Read.All User.Read.All Directory.Read.All Group.ReadWrite.All
  User.ReadWrite.All Directory.ReadWrite.All | =
POST /groups/{id}/getMemberGroups | GroupMember.ReadBasic.All < Application.Read.All
  Group.ReadBasic.All GroupMember.Read.All Group.Read.All User.Read.All Directory.Read.All
  Group.ReadWrite.All Directory.ReadWrite.All | =
GET /groups, GET /groups/{id}, GET /groups/delta | Group.ReadBasic.All < GroupMember.Read.All
  Group.Read.All Group.ReadWrite.All Directory.Read.All Directory.ReadWrite.All | =
POST /groups | Group.ReadWrite.All < Directory.ReadWrite.All | Group.Create < Group.ReadWrite.All
  Directory.ReadWrite.All
PATCH /groups/{id}, POST /groups/{id}/owners/$ref, PUT /groups/{id}/team | Group.ReadWrite.All <
  Directory.ReadWrite.All | =
DELETE /groups/{id} | Group.ReadWrite.All < | =
GET /groups/{id}/members, GET /groups/{id}/transitiveMembers | GroupMember.ReadBasic.All <
  Group.ReadBasic.All GroupMember.Read.All GroupMember.ReadWrite.All Group.Read.All
  Group.ReadWrite.All Directory.Read.All | =
DELETE /groups/{id}/members/{id}/$ref | GroupMember.ReadWrite.All < Group.ReadWrite.All
  Directory.ReadWrite.All | =
GET /groups/{id}/owners | GroupMember.Read.All < GroupMember.ReadWrite.All Group.Read.All
  Group.ReadWrite.All Directory.Read.All | =
GET /groups/{id}/team | Group.Read.All < | =
GET /teams/{id} | Team.ReadBasic.All < TeamSettings.Read.All TeamSettings.ReadWrite.All
  Group.Read.All Group.ReadWrite.All Directory.Read.All Directory.ReadWrite.All | =
PATCH /teams/{id} | TeamSettings.ReadWrite.All < Group.ReadWrite.All Directory.ReadWrite.All | =
POST /directory/deletedItems/{id}/restore | User.DeleteRestore.All < User.ReadWrite.All | =
GET /directoryObjects/{id}, POST /directoryObjects/getByIds | Directory.Read.All < | =
POST /invitations | User.Invite.All < User.ReadWrite.All Directory.ReadWrite.All | =
GET /me/contacts, GET /me/contacts/{id}, GET /me/contactFolders | Contacts.Read <
  Contacts.ReadWrite | -
GET /users/{id}/contacts, GET /users/{id}/contacts/{id}/photo | Contacts.Read < | =
POST /me/contacts, PATCH /me/contacts/{id}, DELETE /me/contacts/{id}, PATCH
  /me/contacts/{id}/photo | Contacts.ReadWrite < | -
POST /users/{id}/contacts, PATCH /users/{id}/contacts/{id} | Contacts.ReadWrite < | =
GET /me/profile, GET /me/profile/skills, GET /me/profile/phones/{id} | User.Read < User.ReadWrite
  User.ReadBasic.All User.Read.All User.ReadWrite.All | -
DELETE /me/profile, POST /me/profile/skills, PATCH /me/profile/emails/{id}, DELETE
  /me/profile/awards/{id} | User.ReadWrite < User.ReadWrite.All | -
GET /users/{id}/profile, GET /users/{id}/profile/skills, GET /users/{id}/profile/account/{id} |
  User.Read User.ReadBasic.All < User.ReadWrite User.Read.All User.ReadWrite.All | User.Read.All <
  User.ReadWrite.All
DELETE /users/{id}/profile, POST /users/{id}/profile/notes, PATCH /users/{id}/profile/names/{id} |
  User.ReadWrite User.ReadWrite.All < | User.ReadWrite.All <
POST /me/profile/names, PATCH /me/profile/notes/{id} | User.Read < User.ReadWrite
  User.ReadWrite.All | -
GET /me/photo, GET /me/photos, GET /me/photos/{id} | User.Read < ProfilePhoto.Read.All
  ProfilePhoto.ReadWrite.All User.ReadBasic.All | -
PATCH /me/photo, PUT /me/photo/$value, DELETE /me/photo/$value | User.ReadWrite <
  ProfilePhoto.ReadWrite.All | -
GET /users/{id}/photo, GET /users/{id}/photos/{id} | User.Read ProfilePhoto.Read.All <
  ProfilePhoto.ReadWrite.All User.ReadBasic.All | ProfilePhoto.Read.All <
  ProfilePhoto.ReadWrite.All User.Read.All User.ReadBasic.All
PATCH /users/{id}/photo, PUT /users/{id}/photo/$value | User.ReadWrite ProfilePhoto.ReadWrite.All
  < | ProfilePhoto.ReadWrite.All < User.ReadWrite.All
GET /groups/{id}/photo, GET /groups/{id}/photos/{id} | ProfilePhoto.Read.All < Group.Read.All
  ProfilePhoto.ReadWrite.All | =
PATCH /groups/{id}/photo, DELETE /groups/{id}/photo, PUT /groups/{id}/photo/$value |
  ProfilePhoto.ReadWrite.All < Group.ReadWrite.All | =
PATCH /teams/{id}/photo | TeamSettings.ReadWrite.All < | =
`;

interface Said {
  readonly least: readonly string[];
  readonly all: readonly string[];
}

function read(cell: string): Said {
  if (cell === '-') return { least: [], all: [] };
  const [least = '', wider = ''] = cell.split('<');
  const words = (text: string) => text.split(' ').filter((word) => word !== '');
  return { least: words(least), all: [...words(least), ...words(wider)] };
}

/** Whether a permission does what another does, and more: it writes, or reaches further. */
function isWider(name: string, than: string): boolean {
  if (name === than) return true;
  const [, resource, verb, reach = ''] = /^([\w-]+)\.(\w+?)(Basic)?(?:\.\w+)?$/.exec(than) ?? [];
  const isDirectory = name.startsWith('Directory.') && /^(User|Group|GroupMember|Team)/.test(than);
  const wider = new RegExp(`^${resource}\\.${verb}(Write)?(\\.All)?$`);
  return wider.test(name) || (isDirectory && name.includes(`.${verb}`)) || reach === name;
}

/** What the table adds, by operation, with the reason in docs/decisions/permissions.md. */
const added = new Map([
  ['POST /directory/deletedItems/{id}/restore', ['Group.ReadWrite.All']],
  ['POST /me/profile/names', ['User.ReadBasic.All', 'User.Read.All']],
  ['PATCH /me/profile/notes/{id}', ['User.ReadBasic.All', 'User.Read.All']],
  ['GET /me/memberOf', ['Group.Read.All', 'Group.ReadWrite.All']],
  ['PATCH /teams/{id}/photo', ['Group.ReadWrite.All']],
  ['POST /users/{id}/checkMemberGroups', ['User.Read', 'Group.ReadBasic.All', 'Device.Read.All']],
  ['POST /groups/{id}/getMemberGroups', ['Device.Read.All']],
]);

/** Of what is published for people, these reach nobody but themselves. */
const ownOnly = /^(User|People|Contacts|MailboxSettings)\.(Read|ReadWrite)$/;

function check(row: PermissionRow, list: 'people' | 'application', said: Said): void {
  const { operation, self, delegated, application } = row;
  const has = list === 'application' ? application : [...new Set([...self, ...delegated])];
  const missing = said.all.filter((name) => !has.includes(name));
  assert.deepEqual(missing, [], `${operation} lacks what is published`);
  const more = has.filter((name) => {
    const isKnown = added.get(operation)?.includes(name) ?? false;
    return !isKnown && !said.all.some((each) => isWider(name, each));
  });
  assert.deepEqual(more, [], `${operation} lets in what is not published`);
  const first = list === 'application' ? [application[0]] : [self[0], delegated[0]];
  const isLeast = first.every((name) => {
    const isAdded = name !== undefined && added.get(operation)?.includes(name);
    return name === undefined || isAdded || said.least.includes(name);
  });
  assert.ok(isLeast, `${operation} begins with ${first.join(', ')}, not ${said.least.join(', ')}`);
  const reaching = delegated.filter((name) => ownOnly.test(name) && self !== delegated);
  assert.deepEqual(reaching, [], `${operation} reaches others by permissions for oneself`);
}

for (const line of documented.trim().split(/\n(?! )/)) {
  const [operations = '', people = '', applications = ''] = line.replace(/\s+/g, ' ').split(' | ');
  for (const operation of operations.split(', ')) {
    test(`${operation} wants what Graph publishes`, () => {
      const row = findPermissions(operation);
      assert.ok(row, `There is no row of ${operation}.`);
      check(row, 'people', read(people));
      check(row, 'application', read(applications === '=' ? people : applications));
    });
  }
}
