import { beta } from '../beta.ts';
import {
  action,
  type OperationDeclaration,
  type ParameterDeclaration,
} from '../schema-operations.ts';
import { calling, given, on, onAll, optional } from '../schema-parameters.ts';

const text = { type: 'Edm.String', collection: false } as const;
const texts = { type: 'Edm.String', collection: true } as const;
const boolean = { type: 'Edm.Boolean', collection: false } as const;

/** An action that gives the entity on which it is called, of the set of that entity. */
function changing(
  name: string,
  type: string,
  parameters: readonly ParameterDeclaration[],
): OperationDeclaration {
  return action(name, {
    bound: true,
    entitySetPath: 'bindingParameter',
    parameters: [on(type), ...parameters],
    returns: { type, collection: false },
  });
}

const licences = [
  given('addLicenses', { type: 'assignedLicense', collection: true }),
  given('removeLicenses', { type: 'Edm.Guid', collection: true }),
];
const memberships = [optional('securityEnabledOnly', boolean)];
const naming = [
  optional('displayName', text),
  optional('mailNickname', text),
  optional('onBehalfOfUserId', { type: 'Edm.Guid', collection: false }),
];

/** What is done with users, groups and what they have in common, beside reading and writing. */
export const directoryOperations: readonly OperationDeclaration[] = [
  calling('getMemberGroups', [on('directoryObject'), ...memberships], texts),
  calling('getMemberObjects', [on('directoryObject'), ...memberships], texts),
  calling('checkMemberGroups', [on('directoryObject'), given('groupIds', texts)], texts),
  calling('checkMemberObjects', [on('directoryObject'), given('ids', texts)], texts),
  changing('restore', 'directoryObject', [
    optional('autoReconcileProxyConflict', boolean),
    optional('newUserPrincipalName', text),
  ]),
  action('getByIds', {
    bound: true,
    entitySetPath: 'bindingParameter',
    parameters: [onAll('directoryObject'), given('ids', texts), optional('types', texts)],
    returns: { type: 'directoryObject', collection: true },
  }),
  calling('validateProperties', [
    onAll('directoryObject'),
    optional('entityType', text),
    ...naming,
  ]),
  calling('validateProperties', [on('group'), ...naming]),
  action('getAvailableExtensionProperties', {
    bound: true,
    parameters: [onAll('directoryObject'), optional('isSyncedFromOnPremises', boolean)],
    returns: { type: 'extensionProperty', collection: true },
  }),

  changing('assignLicense', 'user', licences),
  changing('assignLicense', 'group', licences),
  changing('reprocessLicenseAssignment', 'user', []),
  calling('changePassword', [
    on('user'),
    optional('currentPassword', text),
    optional('newPassword', text),
  ]),
  calling('revokeSignInSessions', [on('user')], boolean),
  { ...calling('invalidateAllRefreshTokens', [on('user')], boolean), ...beta },
  calling('retryServiceProvisioning', [on('user')]),
  calling('retryServiceProvisioning', [on('group')]),

  calling('renew', [on('group')]),
  calling('addFavorite', [on('group')]),
  calling('removeFavorite', [on('group')]),
  calling('subscribeByMail', [on('group')]),
  calling('unsubscribeByMail', [on('group')]),
  calling('resetUnseenCount', [on('group')]),

  calling('reauthorize', [on('subscription')]),
];
