import type { EntityType, Model, Navigation, Resource, StructuredType } from '#model/model.ts';
import type { PermissionRow } from '#model/permissions/permission-row.ts';
import { findPermissions } from '#model/permissions.ts';
import type { Caller } from '#plan/caller.ts';
import type { Source } from '#plan/query.ts';
import { notServed, type Place } from '../place.ts';
import { denied, grants, needsUser } from './grants.ts';
import { isCallers } from './view.ts';

/** What an option of a query speaks of, as far as permissions are concerned. */
export interface Standpoint {
  readonly type: StructuredType;
  /** The entity's own type, where `type` is that of a complex value of its. */
  readonly entity: EntityType;
  /** The sets in which the root entity may be. */
  readonly sets: readonly string[];
  /** The way to it from the root entity, as permissions are declared: `/contacts/{id}`. */
  readonly way: string;
  /** Whether the root entity is the signed-in user. */
  readonly isOwn: boolean;
}

/** An entity that has been looked up. */
export function standAt(
  model: Model,
  caller: Caller,
  { address, ownerId }: Pick<Place, 'address' | 'ownerId'>,
  type: EntityType,
): Standpoint {
  const { set, path } = address;
  const way = wayOf(model, set, path);
  return { type, entity: type, sets: [set], way, isOwn: isCallers(caller, set, ownerId) };
}

/** The members of a collection; `ownerId` is the id of the root entity that contains it. */
export function standAmong(
  model: Model,
  caller: Caller,
  source: Source,
  ownerId: string | undefined,
): Standpoint {
  const { type } = source;
  const at = { type, entity: type, way: '', isOwn: false };
  if (source.kind === 'linked' || source.kind === 'union') return { ...at, sets: source.sets };
  if (source.kind === 'product') return { ...at, sets: source.factors.map(({ set }) => set) };
  const { set } = source;
  if (source.kind === 'set') return { ...at, sets: [set] };
  const isOwn = ownerId !== undefined && isCallers(caller, set, ownerId);
  return { ...at, sets: [set], way: wayOf(model, set, source.path), isOwn };
}

/** The path of something contained, with `{id}` behind each collection. */
function wayOf({ resources }: Model, set: string, path: string): string {
  if (path === '') return '';
  let type: StructuredType | undefined = resources.get(set)?.type;
  let way = '';
  for (const name of path.split('/')) {
    const navigation: Navigation | undefined = type?.navigation.get(name);
    way += `/${name}${navigation?.collection ? '/{id}' : ''}`;
    const property = type?.properties.get(name)?.type;
    type = navigation?.target ?? (property?.kind === 'complex' ? property : undefined);
  }
  return way;
}

/**
 * Where a navigation leads from a standpoint. Refuses with 403 what the caller may not read where
 * it stands alone. What an entity contains is read with it, unless its own reading is declared;
 * what it is related to is not.
 */
export function follow(caller: Caller, from: Standpoint, navigation: Navigation): Standpoint {
  const way = `${from.way}/${navigation.name}`;
  const rows = from.sets.flatMap((set) => findRow(set, way, from.isOwn));
  if (rows.length === 0 && !navigation.contains) throw notServed();
  for (const row of rows) checkRow(caller, row, from.isOwn);
  return leadAlong(from, navigation);
}

/** Whether what a navigation leads to is read where it stands alone, and not with its owner only. */
export function isReadAlone(
  model: Model,
  { address: { set, path } }: Pick<Place, 'address'>,
  { name }: Navigation,
): boolean {
  if (model.isForeign) return true;
  return findPermissions(`GET /${set}/{id}${wayOf(model, set, path)}/${name}`) !== undefined;
}

/** The same for whoever may go there. */
export function leadAlong(from: Standpoint, navigation: Navigation): Standpoint {
  const { name, contains, collection, target } = navigation;
  if (!contains) return { type: target, entity: target, sets: target.sets, way: '', isOwn: false };
  const way = `${from.way}/${name}${collection ? '/{id}' : ''}`;
  return { ...from, type: target, entity: target, way };
}

/** The standpoint once its type is narrowed to a derived one. */
export function seenAs(at: Standpoint, type: StructuredType): Standpoint {
  if (type.kind !== 'entity') return { ...at, type };
  const entity = type as EntityType;
  return { ...at, type, entity, sets: at.sets.length > 1 ? entity.sets : at.sets };
}

/** The entities of a set or singleton that an expression enters by `$root`. */
export function enter(caller: Caller, resource: Resource, isKeyed: boolean): Standpoint {
  const { name, type, set, path, isCaller } = resource;
  const row = findPermissions(`GET /${name}${isKeyed ? '/{id}' : ''}`);
  if (!row) throw notServed();
  if (isCaller && caller.user === undefined) throw needsUser();
  checkRow(caller, row, isCaller);
  const way = path === '' ? '' : `/${path}`;
  return { type, entity: type, sets: [set], way, isOwn: isCaller };
}

function findRow(set: string, way: string, isOwn: boolean): PermissionRow | [] {
  const own = isOwn ? findPermissions(`GET /me${way}`) : undefined;
  return own ?? findPermissions(`GET /${set}/{id}${way}`) ?? [];
}

function checkRow(caller: Caller, row: PermissionRow, isOwn: boolean): void {
  const isApp = caller.user === undefined;
  const needed = isApp ? row.application : isOwn ? row.self : row.delegated;
  if (!grants(caller, needed)) throw denied(needed, isApp ? 'application' : 'delegated');
}
