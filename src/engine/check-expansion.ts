import type { Model, Navigation } from '#model/model.ts';
import { findPermissions, type PermissionRow } from '#model/permissions.ts';
import type { Caller } from '#plan/caller.ts';
import { denied } from './check-access.ts';
import { notServed, type Place } from './place.ts';

/**
 * Refuses with 403 to show inline what the caller may not read where it stands alone. What an
 * entity contains is read with it, unless its own reading is declared; what it is related to is
 * not.
 */
export function checkExpansion(
  { isForeign }: Pick<Model, 'isForeign'>,
  caller: Caller,
  { place, navigation }: { readonly place: Place; readonly navigation: Navigation },
): void {
  if (isForeign || caller.isUnrestricted) return;
  const { set, path } = place.address;
  const isOwn = set === 'users' && place.ownerId === caller.user;
  const way = [...(path === '' ? [] : path.split('/')), navigation.name].join('/');
  const row =
    (isOwn ? findPermissions(`GET /me/${way}`) : undefined) ??
    findPermissions(`GET /${set}/{id}/${way}`);
  if (!row) {
    if (navigation.contains) return;
    throw notServed();
  }
  const { permissions, kind } = neededOf(row, caller, isOwn);
  if (permissions.some((each) => caller.permissions.has(each))) return;
  throw denied(permissions, kind);
}

function neededOf(row: PermissionRow, { user }: Caller, isOwn: boolean) {
  if (user === undefined) return { permissions: row.application, kind: 'application' } as const;
  return { permissions: isOwn ? row.self : row.delegated, kind: 'delegated' } as const;
}
