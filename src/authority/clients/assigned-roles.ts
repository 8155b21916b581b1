import type { Tenant } from '#plan/caller.ts';
import { nothingAsked } from '#plan/query.ts';
import type { FoundEntity, Reader } from '#plan/store.ts';
import type { GrantParts } from './granted-scopes.ts';
import { membersNaming } from './members-naming.ts';

const ASSIGNMENTS = 'appRoleAssignments';
/** Groups of one person that are looked at. */
const LOOKED_AT_MAX = 999;

/** Who has roles: an application by its client id, or a person by surrogate and id. */
export type RoleHolder =
  | { readonly app: string }
  | { readonly user: { readonly owner: number; readonly id: string } };

/**
 * The values of the roles of an application that somebody has been assigned; people have those of
 * their groups too (Graph's page "appRoleAssignment resource type").
 */
export async function assignedRoles(
  tenant: Tenant,
  holder: RoleHolder,
  resourceAppId: string,
  { store, model }: GrantParts,
): Promise<readonly string[]> {
  if (!model.resources.has(ASSIGNMENTS) || (await store.count(tenant, ASSIGNMENTS)) === 0)
    return [];
  const reader = store.reader(tenant);
  const resource = await reader.find('servicePrincipals', 'appId', resourceAppId, 'nothing');
  if (!resource) return [];
  const place = { set: ASSIGNMENTS, property: 'principalId' };
  const principals = await principalsOf(holder, reader, model);
  const found = await Promise.all(principals.map((id) => membersNaming(reader, model, place, id)));
  const assigned = found
    .flat()
    .map(({ text }) => JSON.parse(text) as Assignment)
    .filter(({ resourceId }) => resourceId === resource.id);
  if (assigned.length === 0) return [];
  const names = await namesOfRoles(reader, resourceAppId, resource);
  const roles = assigned.flatMap(({ appRoleId }) => names.get(appRoleId) ?? []);
  return [...new Set(roles)];
}

interface Assignment {
  readonly resourceId: string;
  readonly appRoleId: string;
}

interface Declared {
  readonly appRoles?: readonly { id: string; value: string | null; isEnabled: boolean }[] | null;
}

/** What has been read of applications that offer many roles, by the versions of its documents. */
const known = new Map<string, ReadonlyMap<string, string>>();
const KNOWN_MAX = 100;

/** The values of the roles that an application offers, by their ids. */
async function namesOfRoles(
  reader: Reader,
  appId: string,
  principal: FoundEntity,
): Promise<ReadonlyMap<string, string>> {
  const application = await reader.find('applications', 'appId', appId, 'nothing');
  const versions = [principal, application].map((each) => `${each?.owner} ${each?.version}`);
  const name = [principal.id, ...versions].join(' ');
  const before = known.get(name);
  if (before) return before;
  const sets = ['servicePrincipals', 'applications'];
  const found = await Promise.all(sets.map((set) => reader.find(set, 'appId', appId, 'doc')));
  const roles = found.flatMap((each) => {
    return each ? ((JSON.parse(each.text) as Declared).appRoles ?? []) : [];
  });
  const names = new Map(
    roles.flatMap(({ id, value, isEnabled }) => (value && isEnabled ? [[id, value]] : [])),
  );
  if (known.size >= KNOWN_MAX) known.clear();
  known.set(name, names);
  return names;
}

/** Ids of the directory objects that a holder is, or is a member of. */
async function principalsOf(
  holder: RoleHolder,
  reader: Reader,
  model: GrantParts['model'],
): Promise<readonly string[]> {
  if ('app' in holder) {
    const found = await reader.find('servicePrincipals', 'appId', holder.app, 'nothing');
    return found ? [found.id] : [];
  }
  const { owner, id } = holder.user;
  const type = model.resources.get('groups')!.type;
  const relation = { relation: 'members', inverse: true, owner };
  const source = { kind: 'linked', ...relation, sets: ['groups'], type } as const;
  const page = await reader.query(source, { ...nothingAsked, pageSize: LOOKED_AT_MAX }, 'nothing');
  return [id, ...page.members.map(({ key }) => key)];
}
