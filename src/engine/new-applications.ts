import { formatInstant } from '#clock.ts';
import { Refusal } from '#errors.ts';
import { newId } from '#ids.ts';
import type { Document } from '#plan/document.ts';
import type { TypeRules } from './type-rules.ts';

/** An application gets the id by which it signs in, if it does not bring one. */
export const applicationRules: TypeRules = {
  begin(members, { now }) {
    requireText('displayName', 'Application', members);
    return {
      signInAudience: 'AzureADMyOrg',
      ...members,
      appId: members.appId ?? newId(),
      createdDateTime: formatInstant(now),
    };
  },
};

/** What stands for an application in a tenant may be signed in to, unless it is said not to. */
export const servicePrincipalRules: TypeRules = {
  begin(members) {
    const appId = requireText('appId', 'ServicePrincipal', members);
    return {
      accountEnabled: true,
      servicePrincipalType: 'Application',
      ...members,
      servicePrincipalNames: members.servicePrincipalNames ?? [appId],
    };
  },
  /** It is called as its application is, where that is registered here. */
  async settle({ appId, displayName }, { isNew, reader }) {
    if (!isNew) return {};
    const found = await reader.find('applications', 'appId', String(appId), 'doc');
    const { displayName: name } = JSON.parse(found?.text ?? '{}') as Document;
    if (typeof name !== 'string') return {};
    return { appDisplayName: name, displayName: displayName ?? name };
  },
};

function requireText(name: string, resource: string, members: Document): string {
  const { [name]: value } = members;
  if (typeof value === 'string' && value !== '') return value;
  const message = `A value is required for property '${name}' of resource '${resource}'.`;
  throw new Refusal('badRequest', message, { target: name });
}
