import { Refusal } from '#errors.ts';
import { findPermissions, type PermissionRow } from '#model/permissions.ts';
import type { Caller } from '#plan/caller.ts';
import type { Target } from '#plan/target.ts';

/** What a caller may reach by an operation, and what would reach further. */
export interface Access {
  readonly reach: 'everybody' | 'self';
  readonly row: PermissionRow;
}

/**
 * Whether the caller may do the operation: for everybody, or only for their own things. Refuses
 * with 403 and the permissions that would do, least first, and with 501 where the operation has no
 * behaviour.
 */
export function checkAccess(caller: Caller, method: string, target: Target): Access {
  const operation = `${method} ${target.template}`;
  const row = findPermissions(operation);
  if (!row || !isServed(method, target)) {
    throw new Refusal('notImplemented', 'This operation target is not yet supported.');
  }
  const everybody: Access = { reach: 'everybody', row };
  if (caller.isUnrestricted) return everybody;
  if (caller.user === undefined) {
    if (grants(caller, row.application)) return everybody;
    throw denied(row.application, 'application');
  }
  if (grants(caller, row.delegated)) return everybody;
  if (grants(caller, row.self)) return { reach: 'self', row };
  throw denied(row.self, 'delegated');
}

/** Writes go to one entity; reads also to collections, how many they have, and properties. */
function isServed(method: string, { collection, ending }: Target): boolean {
  if (method !== 'GET') return !collection && ending.kind === 'entities';
  return ending.kind !== 'references' && ending.kind !== 'media';
}

/**
 * Refuses a caller who reached for another's resource with permissions for their own. The answer is
 * the same whether the other exists or not.
 */
export function checkSelf(caller: Caller, access: Access, owner: string | undefined): void {
  if (access.reach === 'everybody' || (owner !== undefined && owner === caller.user)) return;
  throw denied(access.row.delegated, 'delegated');
}

function grants(caller: Caller, permissions: readonly string[]): boolean {
  return permissions.some((permission) => caller.permissions.has(permission));
}

function denied(permissions: readonly string[], kind: 'delegated' | 'application'): Refusal {
  const message =
    permissions.length === 0
      ? 'This operation needs a signed-in user; an application cannot call it as itself.'
      : `One of these ${kind} permissions is needed, least first: ${permissions.join(', ')}.`;
  return new Refusal('accessDenied', 'Insufficient privileges to complete the operation.', {
    details: [{ code: 'MissingPermission', message }],
  });
}
