import { formatInstant } from '#clock.ts';
import { Refusal } from '#errors.ts';
import { compareProperty } from '#plan/compare-property.ts';
import type { Document, Value } from '#plan/document.ts';
import { nothingAsked } from '#plan/query.ts';
import type { FoundEntity } from '#plan/store.ts';
import type { SettleContext, TypeRules } from '../type-rules.ts';

/** The role that an application has which declares none. */
const DEFAULT_ROLE = '00000000-0000-0000-0000-000000000000';
const PRINCIPALS = [
  ['users', 'User'],
  ['groups', 'Group'],
  ['servicePrincipals', 'ServicePrincipal'],
] as const;
/** What one principal or application has that is looked through for the same once more. */
const ASSIGNED_MAX = 999;

/** An assignment says who has which role of which application, and how they are called. */
export const appRoleAssignmentRules: TypeRules = {
  async settle(written, context) {
    if (!context.isNew) return {};
    const { principalId, resourceId, appRoleId } = written;
    const [principal, resource] = await Promise.all([
      findPrincipal(principalId, context),
      find('servicePrincipals', resourceId, context),
    ]);
    if (!principal) throw unknown('principalId', principalId);
    if (!resource) throw unknown('resourceId', resourceId);
    const offered = await rolesOf(resource, context);
    const isOffered = offered.some(({ id, isEnabled }) => id === appRoleId && isEnabled);
    if (appRoleId !== DEFAULT_ROLE && !isOffered) {
      const message = 'Permission being assigned was not found on application';
      throw new Refusal('badRequest', message, { target: 'appRoleId' });
    }
    if (await isAssigned(written, context)) {
      const message = 'Permission being assigned already exists on the object';
      throw new Refusal('badRequest', message, { target: 'appRoleId' });
    }
    const now = formatInstant(context.now);
    return {
      createdDateTime: now,
      creationTimestamp: now,
      principalDisplayName: principal.displayName,
      principalType: principal.type,
      resourceDisplayName: textOf(resource, 'displayName'),
    };
  },
};

/** A grant of scopes names applications that are there, and a person unless it is for all. */
export const permissionGrantRules: TypeRules = {
  async settle(written, context) {
    if (!context.isNew) return {};
    for (const name of ['clientId', 'resourceId'] as const) {
      if (!(await find('servicePrincipals', written[name], context))) {
        throw unknown(name, written[name]);
      }
    }
    const { consentType, principalId } = written;
    if (consentType !== 'AllPrincipals' && consentType !== 'Principal') {
      const message = "'consentType' is AllPrincipals or Principal.";
      throw new Refusal('badRequest', message, { target: 'consentType' });
    }
    const isForAll = consentType === 'AllPrincipals';
    const isRight = isForAll
      ? (principalId ?? null) === null
      : await find('users', principalId, context);
    if (!isRight) throw unknown('principalId', principalId);
    if (await isGranted(written, context)) {
      const message = 'Permission entry already exists.';
      throw new Refusal('badRequest', message, { target: 'clientId' });
    }
    return {};
  },
};

async function findPrincipal(
  id: Value | undefined,
  context: SettleContext,
): Promise<{ type: string; displayName: string | null } | undefined> {
  for (const [set, type] of PRINCIPALS) {
    const found = await find(set, id, context);
    if (found) return { type, displayName: textOf(found, 'displayName') };
  }
  return undefined;
}

async function find(
  set: string,
  id: Value | undefined,
  { reader }: SettleContext,
): Promise<FoundEntity | undefined> {
  return typeof id === 'string' ? reader.find(set, 'id', id.toLowerCase(), 'doc') : undefined;
}

/** The roles that an application offers, and those of what stands for another tenant's. */
async function rolesOf(
  resource: FoundEntity,
  { reader }: SettleContext,
): Promise<readonly Document[]> {
  const { appId, appRoles } = JSON.parse(resource.text) as Document;
  const application = await reader.find('applications', 'appId', String(appId), 'doc');
  const declared = application && (JSON.parse(application.text) as Document).appRoles;
  return [...((appRoles ?? []) as Document[]), ...((declared ?? []) as Document[])];
}

function isAssigned(written: Document, context: SettleContext): Promise<boolean> {
  const place = { set: 'appRoleAssignments', name: 'principalId' };
  return hasSame(written, ['appRoleId', 'resourceId'], place, context);
}

/** One grant says all that a person, or everybody, has granted to an application of another's. */
function isGranted(written: Document, context: SettleContext): Promise<boolean> {
  const place = { set: 'oauth2PermissionGrants', name: 'clientId' };
  return hasSame(written, ['resourceId', 'consentType', 'principalId'], place, context);
}

/** Whether a member of the set says the same as what is written, of one property and of others. */
async function hasSame(
  written: Document,
  others: readonly string[],
  { set, name }: { readonly set: string; readonly name: string },
  { reader, model }: SettleContext,
): Promise<boolean> {
  const type = model.resources.get(set)?.type;
  if (!type) return false;
  const filter = compareProperty([type.properties.get(name)!], 'eq', String(written[name]));
  const query = { ...nothingAsked, filter, pageSize: ASSIGNED_MAX };
  const page = await reader.query({ kind: 'set', set, type }, query, 'doc');
  return page.members.some(({ text }) => {
    const member = JSON.parse(text) as Document;
    return others.every((each) => (member[each] ?? null) === (written[each] ?? null));
  });
}

function textOf({ text }: FoundEntity, name: string): string | null {
  const value = (JSON.parse(text) as Document)[name];
  return typeof value === 'string' ? value : null;
}

function unknown(name: string, value: Value | undefined): Refusal {
  if (typeof value === 'string') {
    const rest = 'does not exist or one of its queried reference-property objects are not present.';
    return new Refusal('notFound', `Resource '${value}' ${rest}`, { target: name });
  }
  const message = `A value is required for property '${name}'.`;
  return new Refusal('badRequest', message, { target: name });
}
