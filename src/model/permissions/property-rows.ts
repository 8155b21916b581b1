import { none, type PermissionLists } from './permission-row.ts';

/** Properties that want permissions of their own. */
export interface PropertyRow {
  /** Qualified name of the entity type. */
  readonly type: string;
  readonly properties: readonly string[];
  /** What shows them; where it is absent, whatever shows the whole entity. */
  readonly read?: PermissionLists;
  /** What lets them be changed, by the permissions of the entity's own PATCH or without these. */
  readonly write: PermissionLists;
  /** Whether whoever makes the entity gives them, without permissions of their own. */
  readonly isGivenAtCreation: boolean;
}

const type = 'microsoft.graph.user';
const writeUsers = ['User.ReadWrite.All', 'Directory.ReadWrite.All'];
const readAssigned = [
  'CustomSecAttributeAssignment.Read.All',
  'CustomSecAttributeAssignment.ReadWrite.All',
];
const writeAssigned = ['CustomSecAttributeAssignment.ReadWrite.All'];
const readLifeCycle = ['User-LifeCycleInfo.Read.All', 'User-LifeCycleInfo.ReadWrite.All'];
const writeLifeCycle = ['User-LifeCycleInfo.ReadWrite.All'];
const readMailbox = ['MailboxSettings.Read', 'MailboxSettings.ReadWrite'];
const setPassword = ['User-PasswordProfile.ReadWrite.All'];

function same(permissions: readonly string[]): PermissionLists {
  return { self: permissions, delegated: permissions, application: permissions };
}

function widened(special: string): PermissionLists {
  const all = [special, ...writeUsers];
  return { self: [special, 'User.ReadWrite', ...writeUsers], delegated: all, application: all };
}

/** Sensitive properties, as the page Update user and the permissions' own descriptions name them. */
export const propertyRows: readonly PropertyRow[] = [
  {
    type,
    properties: ['businessPhones', 'mobilePhone'],
    write: widened('User-Phone.ReadWrite.All'),
    isGivenAtCreation: true,
  },
  {
    type,
    properties: ['otherMails'],
    write: widened('User-Mail.ReadWrite.All'),
    isGivenAtCreation: true,
  },
  {
    type,
    properties: ['passwordProfile'],
    write: {
      self: [...setPassword, 'User.ReadWrite.All'],
      delegated: [...setPassword, 'User.ReadWrite.All'],
      application: setPassword,
    },
    isGivenAtCreation: true,
  },
  {
    type,
    properties: ['accountEnabled'],
    write: same(['User.EnableDisableAccount.All', ...writeUsers]),
    isGivenAtCreation: true,
  },
  {
    type,
    properties: ['identities', 'userPrincipalName'],
    write: same(['User.ManageIdentities.All', ...writeUsers]),
    isGivenAtCreation: true,
  },
  {
    type,
    properties: ['mailboxSettings'],
    read: { self: readMailbox, delegated: none, application: readMailbox },
    // The page writes them with the other properties; their own path has an operation of its own.
    write: widened('MailboxSettings.ReadWrite'),
    isGivenAtCreation: true,
  },
  {
    type,
    properties: ['employeeLeaveDateTime'],
    read: same(readLifeCycle),
    write: same(writeLifeCycle),
    isGivenAtCreation: false,
  },
  {
    type,
    properties: ['customSecurityAttributes'],
    read: same(readAssigned),
    write: same(writeAssigned),
    isGivenAtCreation: false,
  },
  {
    type,
    properties: ['signInActivity'],
    read: same(['AuditLog.Read.All']),
    write: same(none),
    isGivenAtCreation: false,
  },
];
