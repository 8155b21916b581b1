import { Refusal } from '#errors.ts';
import type { Model } from '#model/model.ts';
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
 * behaviour. Models of other services declare no permissions: whoever is let in may do everything.
 */
export function checkAccess(
  caller: Caller,
  method: string,
  target: Target,
  model: Pick<Model, 'isForeign'>,
): Access {
  return checkOperation(caller, operationOf(method, target), model);
}

/** The same of an operation by its name, such as those that a body with nested entities means. */
export function checkOperation(
  caller: Caller,
  operation: string,
  model: Pick<Model, 'isForeign'>,
): Access {
  if (model.isForeign) return { reach: 'everybody', row: unlisted(operation) };
  const row = findPermissions(operation);
  if (!row) throw new Refusal('notImplemented', 'This operation target is not yet supported.');
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

/**
 * The name under which permissions for a request are declared. Properties are read and written with
 * their entity; references and bytes are written by operations of their own. A cast needs no more
 * than what is cast.
 */
export function operationOf(method: string, target: Target): string {
  const { ending } = target;
  const template = withoutCasts(target);
  if (method === 'GET' || method === 'HEAD') return `GET ${template}`;
  if (ending.kind === 'property') return `PATCH ${template}`;
  if (ending.kind === 'references') return `${method} ${template}/$ref`;
  if (ending.kind !== 'media') return `${method} ${template}`;
  return ending.property ? `PATCH ${template}` : `${method} ${template}/$value`;
}

function withoutCasts({ template, steps }: Target): string {
  const casts = new Set<string>();
  for (const step of steps) if (step.kind === 'cast') casts.add(step.type.name);
  if (casts.size === 0) return template;
  const segments = template.split('/');
  return segments.filter((segment) => !casts.has(segment)).join('/');
}

function unlisted(operation: string): PermissionRow {
  return { operation, delegated: [], self: [], application: [] };
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

/** The refusal of a caller without permission; it names those that would do, least first. */
export function denied(permissions: readonly string[], kind: 'delegated' | 'application'): Refusal {
  const message =
    permissions.length > 0
      ? `One of these ${kind} permissions is needed, least first: ${permissions.join(', ')}.`
      : kind === 'application'
        ? 'This operation needs a signed-in user; an application cannot call it as itself.'
        : "No delegated permission reaches other people's resources of this kind.";
  return new Refusal('accessDenied', 'Insufficient privileges to complete the operation.', {
    details: [{ code: 'MissingPermission', message }],
  });
}
