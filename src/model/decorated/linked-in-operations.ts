import { action, functionOf, type OperationDeclaration } from '../schema-operations.ts';
import { calling, given, on, onAll, optional } from '../schema-parameters.ts';

const text = { type: 'Edm.String', collection: false } as const;
const boolean = { type: 'Edm.Boolean', collection: false } as const;
const one = (type: string) => ({ type, collection: false }) as const;
const required = <Value extends object>(value: Value) => ({ ...value, nullable: false }) as const;

const ofEnabled = { bound: true, entitySetPath: 'bindingParameter' } as const;
const people = { type: 'user', collection: true } as const;

/** What is done with invitations, leads, flags and the binding of accounts. */
export const linkedInOperations: readonly OperationDeclaration[] = [
  calling(
    'inviteeClosingInvitation',
    [
      onAll('InvitationV2'),
      given('inviteActionData', { type: 'InviteActionData', collection: true, nullable: false }),
      given('inviteeActionType', required(one('InviteeActionType'))),
    ],
    one('InviteActionResults'),
  ),
  calling(
    'saveVieweeAsLead',
    [
      on('salesNavigatorSaveLeadResource'),
      given('viewee', required(text)),
      optional('accountName', text),
    ],
    boolean,
  ),
  calling(
    'unsaveVieweeAsLead',
    [on('salesNavigatorSaveLeadResource'), given('viewee', required(text))],
    boolean,
  ),
  calling('flagContent', [
    on('userFlaggingResource'),
    given('flagContentRequest', required(one('FlagContentRequest'))),
  ]),

  functionOf('getLinkedInStatus', one('linkedInStatus'), {
    bound: true,
    parameters: [on('user')],
  }),
  calling('setLinkedInStatus', [on('user'), given('status', required(one('userLinkedInStatus')))]),
  calling('setLinkedInEnabled', [on('user'), given('value', required(boolean))]),
  calling('revokeDualGrant', [on('user'), optional('IDP', text), optional('memberId', text)]),
  calling('revokeLocalGrant', [on('user')], text),
  calling('revokeLocalGrantByMid', [onAll('user'), given('mid', required(text))], text),
  action('notifyConsent', {
    bound: true,
    parameters: [
      onAll('user'),
      ...['userId', 'clientId', 'resourceId'].map((name) => given(name, required(text))),
    ],
  }),
  functionOf('getEnabledUsersForLinkedIn', people, { ...ofEnabled, parameters: [onAll('user')] }),
  functionOf('getEnabledUsersForLinkedIn', people, {
    ...ofEnabled,
    parameters: [onAll('user'), given('pageToken', text)],
  }),

  functionOf('getAppFamilyStatus', one('appFamilyLinkedInStatus'), {
    bound: true,
    parameters: [onAll('organization')],
  }),
  functionOf('getAppFamilyDetails', one('appFamilyDetails'), {
    bound: true,
    parameters: [onAll('organization')],
  }),
  functionOf('getGroupSupportedAppFamilyStatus', text, {
    bound: true,
    parameters: [onAll('organization')],
  }),
  calling('setAppFamilyStatus', [
    onAll('organization'),
    given('status', required(one('appFamilyLinkedInStatus'))),
    optional('groupId', text),
  ]),
  calling('provisionAppFamily', [onAll('organization')]),
];
