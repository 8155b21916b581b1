import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { narrowToOwn, wantsAdministrator } from './effective-permissions.ts';

const rows: readonly (readonly [granted: string, effective: readonly string[]])[] = [
  ['User.Read', ['User.Read']],
  ['User.ReadWrite', ['User.ReadWrite']],
  ['User.Read.All', ['User.Read.All']],
  ['User.ReadBasic.All', ['User.ReadBasic.All']],
  ['User.ReadWrite.All', ['User.ReadWrite', 'User.Read.All']],
  ['Directory.ReadWrite.All', ['Directory.ReadWrite', 'Directory.Read.All']],
  ['User.ManageIdentities.All', []],
  ['User.EnableDisableAccount.All', []],
  ['User.DeleteRestore.All', []],
  ['AuditLog.Read.All', []],
  ['CustomSecAttributeAssignment.Read.All', []],
  ['User-Phone.ReadWrite.All', ['User-Phone.ReadWrite', 'User-Phone.Read.All']],
  ['Group.Create', []],
  ['Contacts.ReadWrite', ['Contacts.ReadWrite']],
  ['User-PasswordProfile.ReadWrite.All', ['Directory.AccessAsUser.All']],
  [
    'AppRoleAssignment.ReadWrite.All',
    ['AppRoleAssignment.ReadWrite', 'AppRoleAssignment.Read.All'],
  ],
  ['openid', ['openid']],
];

describe('what a person who does not administer can do with', () => {
  for (const [granted, effective] of rows) {
    test(granted, () => assert.deepEqual(narrowToOwn([granted]), effective));
  }
});

test('an administrator agrees to what reaches everybody', () => {
  assert.ok(wantsAdministrator('User.Read.All'));
  assert.ok(!wantsAdministrator('User.ReadWrite'));
});
