import type { TypeDeclaration } from '../schema.ts';
import { appRoles } from './app-roles.ts';
import { application } from './application.ts';
import { applicationSettings } from './application-settings.ts';
import { directoryObject } from './directory-object.ts';
import { entity } from './entity.ts';
import { extensions } from './extensions.ts';
import { group } from './group.ts';
import { identities } from './identities.ts';
import { invitation } from './invitation.ts';
import { licenses } from './licenses.ts';
import { organization } from './organization.ts';
import { person } from './person.ts';
import { provisioning } from './provisioning.ts';
import { search } from './search.ts';
import { subscription } from './subscription.ts';
import { team } from './team.ts';
import { user } from './user.ts';

/** The types of the directory: people, groups and teams, and the applications that serve them. */
export const directoryTypes: readonly TypeDeclaration[] = [
  ...entity,
  ...directoryObject,
  ...user,
  ...licenses,
  ...provisioning,
  ...group,
  ...team,
  ...identities,
  ...application,
  ...applicationSettings,
  ...appRoles,
  ...organization,
  ...person,
  ...invitation,
  ...extensions,
  ...search,
  ...subscription,
];
