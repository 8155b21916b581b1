import type { PermissionLists } from './permission-row.ts';

/**
 * How much of an entity its reader sees. Whoever may read it by an operation, but is in none of
 * the lists, sees its id alone, as Graph shows members of a group whom the caller may not read.
 */
export interface ReadingRule {
  /** Qualified name of the entity type. */
  readonly type: string;
  /** What shows all properties but those with permissions of their own. */
  readonly whole: PermissionLists;
  /** What shows the basic properties. */
  readonly basic: readonly string[];
  readonly basicProperties: readonly string[];
}

const readUsers = [
  'User.Read.All',
  'User.ReadWrite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
];
const readGroups = [
  'Group.Read.All',
  'Directory.Read.All',
  'Group.ReadWrite.All',
  'Directory.ReadWrite.All',
];
const readTeams = [
  'TeamSettings.Read.All',
  'TeamSettings.ReadWrite.All',
  'Group.Read.All',
  'Directory.Read.All',
  'Group.ReadWrite.All',
  'Directory.ReadWrite.All',
];

function same(permissions: readonly string[]): PermissionLists {
  return { self: permissions, delegated: permissions, application: permissions };
}

/** Types of which some callers see less than others. */
export const readingRules: readonly ReadingRule[] = [
  {
    type: 'microsoft.graph.user',
    whole: {
      self: ['User.Read', 'User.ReadWrite', ...readUsers],
      delegated: readUsers,
      application: readUsers,
    },
    basic: ['User.ReadBasic.All'],
    basicProperties: ['displayName', 'givenName', 'surname', 'mail', 'userPrincipalName'],
  },
  {
    type: 'microsoft.graph.group',
    whole: same(readGroups),
    basic: [
      'GroupMember.ReadBasic.All',
      'Group.ReadBasic.All',
      'GroupMember.Read.All',
      'GroupMember.ReadWrite.All',
    ],
    basicProperties: [
      'createdDateTime',
      'description',
      'displayName',
      'groupTypes',
      'mail',
      'mailEnabled',
      'mailNickname',
      'securityEnabled',
      'visibility',
    ],
  },
  {
    type: 'microsoft.graph.team',
    whole: same(readTeams),
    basic: ['Team.ReadBasic.All'],
    basicProperties: ['displayName', 'description', 'visibility'],
  },
];
