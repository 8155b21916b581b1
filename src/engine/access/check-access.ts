import { Refusal } from '#errors.ts';
import { findPropertyRows } from '#model/find-property-permissions.ts';
import type { Model } from '#model/model.ts';
import type { PermissionLists, PermissionRow } from '#model/permissions/permission-row.ts';
import { findPermissions } from '#model/permissions.ts';
import type { Caller } from '#plan/caller.ts';
import type { Change } from '#plan/change.ts';
import type { Addressed, Target } from '#plan/target.ts';
import { checkWay } from './check-way.ts';
import { denied, grants } from './grants.ts';
import { operationOf } from './operation-name.ts';
import { PerCaller } from './per-caller.ts';

/** What a caller may reach by an operation, and what would reach further. */
export interface Access {
  readonly reach: 'everybody' | 'self';
  readonly row: PermissionLists;
}

type Rules = Pick<Model, 'isForeign'>;

const nobody: PermissionLists = Object.freeze({ delegated: [], self: [], application: [] });
const open: Access = Object.freeze({ reach: 'everybody', row: nobody });

/**
 * Whether the caller may do the operation: for everybody, or only for their own things. Refuses
 * with 403 and the permissions that would do, least first, and with 501 where the operation has no
 * behaviour. Models of other services declare no permissions: whoever is let in may do everything.
 */
export function checkAccess(
  caller: Caller,
  method: string,
  target: Addressed,
  model: Model,
): Access {
  if (model.isForeign) return open;
  checkWay(model, caller, target);
  return reachOf(caller, rowOf(operationOf(method, target)));
}

/**
 * The same of a PATCH of a target: of its properties some want permissions of their own, which are
 * enough for them. Refuses naming the property.
 */
export function checkUpdate(caller: Caller, target: Target, change: Change, model: Model): Access {
  if (model.isForeign) return open;
  checkWay(model, caller, target);
  return checkChange(caller, operationOf('PATCH', target), change, model);
}

/** The same of an operation by its name, such as those that a body with nested entities means. */
export function checkOperation(caller: Caller, operation: string, model: Rules): Access {
  return model.isForeign || caller.isServer ? open : reachOf(caller, rowOf(operation));
}

/** As `checkUpdate`, of an operation by its name. */
export function checkChange(
  caller: Caller,
  operation: string,
  change: Change,
  model: Rules,
): Access {
  if (model.isForeign || caller.isServer) return open;
  const row = rowOf(operation);
  const special = findPropertyRows(change.type.name);
  let access: Access | undefined;
  const others = change.related.size + change.undeclared.size;
  let isOrdinary = change.members.size === 0 || others > 0;
  for (const name of change.members.keys()) {
    // What is written by an operation of its own wants what that wants.
    const isApart = operation.endsWith(`/${name}`);
    const lists = isApart ? undefined : special.get(name)?.write;
    if (!lists) isOrdinary ||= name !== 'id';
    else access = narrower(access, reachOf(caller, lists, name));
  }
  return isOrdinary || !access ? narrower(reachOf(caller, row), access) : access;
}

/** Refuses an operation on what a root entity has, of which the caller is not let in so far. */
export function checkOwned(
  { caller, model }: { readonly caller: Caller; readonly model: Rules },
  operation: string,
  ownerId: string,
): void {
  checkSelf(caller, checkOperation(caller, operation, model), ownerId);
}

/** Refuses what a new entity is given that wants permissions of its own. */
export function checkGiven(caller: Caller, change: Change, model: Rules): void {
  if (model.isForeign) return;
  const special = findPropertyRows(change.type.name);
  if (special.size === 0) return;
  for (const name of change.members.keys()) {
    const row = special.get(name);
    if (!row || row.isGivenAtCreation) continue;
    const { reach } = reachOf(caller, row.write, name);
    if (reach === 'self') throw denied(row.write.delegated, 'delegated', name);
  }
}

function narrower(first: Access | undefined, second: Access | undefined): Access {
  return first?.reach === 'self' || !second ? first! : second;
}

function rowOf(operation: string): PermissionRow {
  const row = findPermissions(operation);
  if (!row) throw new Refusal('notImplemented', 'This operation target is not yet supported.');
  return row;
}

/** What the lists let a caller reach; the decision is kept for as long as the caller is known. */
function reachOf(caller: Caller, lists: PermissionLists, property?: string): Access {
  return known.find(caller, lists) ?? known.keep(caller, lists, decide(caller, lists, property));
}

const known = new PerCaller<PermissionLists, Access>();

function decide(caller: Caller, row: PermissionLists, property: string | undefined): Access {
  const everybody: Access = { reach: 'everybody', row };
  if (caller.isUnrestricted) return everybody;
  if (caller.user === undefined) {
    if (grants(caller, row.application)) return everybody;
    throw denied(row.application, 'application', property);
  }
  if (grants(caller, row.delegated)) return everybody;
  if (grants(caller, row.self)) return { reach: 'self', row };
  throw denied(row.self, 'delegated', property);
}

/**
 * Refuses a caller who reached for another's resource with permissions for their own. The answer is
 * the same whether the other exists or not.
 */
export function checkSelf(caller: Caller, access: Access, owner: string | undefined): void {
  if (access.reach === 'everybody' || (owner !== undefined && owner === caller.user)) return;
  throw denied(access.row.delegated, 'delegated');
}
