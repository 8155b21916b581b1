import type { TypeDeclaration } from '../schema.ts';
import { addresses } from './addresses.ts';
import { companiesAndPositions } from './companies-and-positions.ts';
import { educationalActivity } from './facets/educational-activity.ts';
import { itemAddress } from './facets/item-address.ts';
import { itemEmail } from './facets/item-email.ts';
import { itemPatent } from './facets/item-patent.ts';
import { itemPhone } from './facets/item-phone.ts';
import { itemPublication } from './facets/item-publication.ts';
import { languageProficiency } from './facets/language-proficiency.ts';
import { personAnnotation } from './facets/person-annotation.ts';
import { personAnnualEvent } from './facets/person-annual-event.ts';
import { personAward } from './facets/person-award.ts';
import { personCertification } from './facets/person-certification.ts';
import { personExtension } from './facets/person-extension.ts';
import { personInterest } from './facets/person-interest.ts';
import { personName } from './facets/person-name.ts';
import { personWebsite } from './facets/person-website.ts';
import { projectParticipation } from './facets/project-participation.ts';
import { skillProficiency } from './facets/skill-proficiency.ts';
import { userAccountInformation } from './facets/user-account-information.ts';
import { webAccount } from './facets/web-account.ts';
import { workPosition } from './facets/work-position.ts';
import { itemFacet } from './item-facet.ts';
import { organizationSettings } from './organization-settings.ts';
import { profile } from './profile.ts';
import { settings } from './settings.ts';
import { user } from './user.ts';
import { userSettings } from './user-settings.ts';

/** The types of the profile, in the Fast.PI dialect. */
export const fastPiTypes: readonly TypeDeclaration[] = [
  ...user,
  ...profile,
  ...itemFacet,
  ...companiesAndPositions,
  ...addresses,
  ...settings,
  ...userSettings,
  ...organizationSettings,
  ...userAccountInformation,
  ...itemAddress,
  ...personAnnualEvent,
  ...personAward,
  ...personCertification,
  ...educationalActivity,
  ...itemEmail,
  ...personExtension,
  ...personInterest,
  ...languageProficiency,
  ...personName,
  ...personAnnotation,
  ...itemPatent,
  ...itemPhone,
  ...workPosition,
  ...projectParticipation,
  ...itemPublication,
  ...skillProficiency,
  ...webAccount,
  ...personWebsite,
];
