import { directoryOperations } from './permissions/directory-operations.ts';
import { extensionOperations } from './permissions/extension-operations.ts';
import { groupOperations } from './permissions/group-operations.ts';
import { linkedInOperations } from './permissions/linked-in-operations.ts';
import { mailboxOperations } from './permissions/mailbox-operations.ts';
import { peopleSettingsOperations } from './permissions/people-settings-operations.ts';
import type { PermissionLists, PermissionRow } from './permissions/permission-row.ts';
import { photoOperations } from './permissions/photo-operations.ts';
import { profileOperations } from './permissions/profile-operations.ts';
import { propertyRows } from './permissions/property-rows.ts';
import { settingsOperations } from './permissions/settings-operations.ts';
import { userOperations } from './permissions/user-operations.ts';

/**
 * Which permissions let a caller do what: one row for each operation, each list least privileged
 * first. Published rows follow Graph's permission reference; the reasons for the others are in
 * docs/decisions/permissions.md.
 */
export const permissionRows: readonly PermissionRow[] = [
  ...userOperations,
  ...groupOperations,
  ...directoryOperations,
  ...mailboxOperations,
  ...profileOperations,
  ...linkedInOperations,
  ...peopleSettingsOperations,
  ...settingsOperations,
  ...photoOperations,
  ...extensionOperations,
];

const byOperation = new Map(permissionRows.map((row) => [row.operation, row]));

/** The row of an operation, or undefined where the operation has no behaviour. */
export function findPermissions(operation: string): PermissionRow | undefined {
  return byOperation.get(operation);
}

const lists: readonly PermissionLists[] = [
  ...permissionRows,
  ...propertyRows.flatMap(({ read, write }) => [read, write].filter((each) => each !== undefined)),
];

/** Every permission of people that Kith knows. */
export const delegatedPermissions: readonly string[] = unique(
  lists.flatMap(({ delegated, self }) => [...delegated, ...self]),
);

/** Every permission of applications that Kith knows. */
export const applicationPermissions: readonly string[] = unique(
  lists.flatMap(({ application }) => application),
);

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}
