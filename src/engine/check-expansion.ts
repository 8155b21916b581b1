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
  const { set } = place.address;
  const isOwn = set === 'users' && place.ownerId === caller.user;
  const way = wayTo(place, navigation);
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

/** Whether what a navigation leads to is read where it stands alone, and not with its owner only. */
export function isReadAlone(
  { isForeign }: Pick<Model, 'isForeign'>,
  place: Place,
  navigation: Navigation,
): boolean {
  if (isForeign) return true;
  const operation = `GET /${place.address.set}/{id}/${wayTo(place, navigation)}`;
  return findPermissions(operation) !== undefined;
}

function wayTo({ address: { path } }: Place, { name }: Navigation): string {
  return path === '' ? name : `${path}/${name}`;
}

function neededOf(row: PermissionRow, { user }: Caller, isOwn: boolean) {
  if (user === undefined) return { permissions: row.application, kind: 'application' } as const;
  return { permissions: isOwn ? row.self : row.delegated, kind: 'delegated' } as const;
}
