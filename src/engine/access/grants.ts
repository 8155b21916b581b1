import { Refusal } from '#errors.ts';
import type { Caller } from '#plan/caller.ts';

/** Whether a caller has one of the permissions. */
export function grants(caller: Caller, permissions: readonly string[]): boolean {
  return permissions.some((permission) => caller.permissions.has(permission));
}

/**
 * The refusal of a caller without permission; it names those that would do, least first, and the
 * property for which they are needed where it is no other.
 */
export function denied(
  permissions: readonly string[],
  kind: 'delegated' | 'application',
  property?: string,
): Refusal {
  const what = property === undefined ? '' : ` for '${property}'`;
  const message =
    permissions.length > 0
      ? `One of these ${kind} permissions is needed${what}, least first: ${permissions.join(', ')}.`
      : kind === 'application'
        ? `This needs a signed-in user${what}; an application cannot do it as itself.`
        : `No delegated permission reaches other people's resources of this kind${what}.`;
  return new Refusal('accessDenied', 'Insufficient privileges to complete the operation.', {
    ...(property === undefined ? {} : { target: property }),
    details: [{ code: 'MissingPermission', message }],
  });
}

/** Graph's refusal of an application that asks for what is its user's. */
export function needsUser(): Refusal {
  const message = '/me request is only valid with delegated authentication flow.';
  return new Refusal('malformedRequest', message);
}
