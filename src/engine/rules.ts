import { facetTypes } from '#model/profile/facet-members.ts';
import { FAST_PI, GRAPH } from '#model/schema.ts';
import { decoratedConnectionRules } from './decorated-profile/connection-rules.ts';
import { decoratedProfileRules } from './decorated-profile/rules.ts';
import { extensionPropertyRules, openTypeExtensionRules } from './directory/extension-rules.ts';
import { appRoleAssignmentRules, permissionGrantRules } from './directory/granted-rules.ts';
import { groupRules } from './directory/group-rules.ts';
import { schemaExtensionRules } from './directory/schema-extension-rules.ts';
import { userRules } from './directory/user-rules.ts';
import { blockedMemberRules } from './linked-in/blocks.ts';
import { ownSingletonRules } from './linked-in/rules.ts';
import { contactFolderRules, contactRules } from './mailbox/contact-rules.ts';
import { applicationRules, servicePrincipalRules } from './new-applications.ts';
import { peopleSettingsRules } from './people-settings-rules.ts';
import { photoRules } from './photos/photo-rules.ts';
import { facetRules, profileRules } from './profile-rules.ts';
import { settingsRules } from './settings/rules.ts';
import type { TypeRules } from './type-rules.ts';

/** Types that are what their documents say. */
const plainRules: TypeRules = {};

const rules: ReadonlyMap<string, TypeRules> = new Map<string, TypeRules>([
  ['microsoft.graph.user', userRules],
  ['microsoft.graph.group', groupRules],
  ['microsoft.graph.contact', contactRules],
  ['microsoft.graph.application', applicationRules],
  ['microsoft.graph.servicePrincipal', servicePrincipalRules],
  ['microsoft.graph.contactFolder', contactFolderRules],
  ['microsoft.graph.appRoleAssignment', appRoleAssignmentRules],
  ['microsoft.graph.oAuth2PermissionGrant', permissionGrantRules],
  ['microsoft.graph.openTypeExtension', openTypeExtensionRules],
  ['microsoft.graph.extensionProperty', extensionPropertyRules],
  ['microsoft.graph.schemaExtension', schemaExtensionRules],
  ['microsoft.graph.profilePhoto', photoRules],
  ['microsoft.graph.profile', profileRules],
  ['microsoft.graph.DecoratedProfile', decoratedProfileRules],
  ['microsoft.graph.linkedIn', ownSingletonRules],
  ['microsoft.graph.salesNavigatorSaveLeadResource', ownSingletonRules],
  ['microsoft.graph.userFlaggingResource', ownSingletonRules],
  ['microsoft.graph.blockedMember', blockedMemberRules],
  ['microsoft.graph.DecoratedProfileConnection', decoratedConnectionRules],
  ...peopleSettingsRules.map(([name, each]) => [`${GRAPH}.${name}`, each] as const),
  ...settingsRules.map(([name, each]) => [`${FAST_PI}.${name}`, each] as const),
  ...facetTypes.map((name) => [name, facetRules] as const),
]);

/** Whether a change of an entity concerns more than the members that it names. */
export function changesItself(rules: TypeRules): boolean {
  const { initial, missing, resolve, complete, spread, keep, decorate } = rules;
  return [initial, missing, resolve, complete, spread, keep, decorate].some(
    (rule) => rule !== undefined,
  );
}

/** The rules of a type, by its qualified name; a type without any is what its document says. */
export function rulesOf(typeName: string): TypeRules {
  return rules.get(typeName) ?? plainRules;
}
