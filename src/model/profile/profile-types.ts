import type { TypeDeclaration } from '../schema.ts';
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
import { personInterest } from './facets/person-interest.ts';
import { personName } from './facets/person-name.ts';
import { personWebsite } from './facets/person-website.ts';
import { projectParticipation } from './facets/project-participation.ts';
import { skillProficiency } from './facets/skill-proficiency.ts';
import { userAccountInformation } from './facets/user-account-information.ts';
import { webAccount } from './facets/web-account.ts';
import { workPosition } from './facets/work-position.ts';
import { itemFacet } from './item-facet.ts';
import { peopleSettings } from './people-settings.ts';
import { profile } from './profile.ts';

/** The types of the profile, in the namespace `microsoft.graph`. */
export const profileTypes: readonly TypeDeclaration[] = [
  ...profile,
  ...itemFacet,
  ...companiesAndPositions,
  ...userAccountInformation,
  ...itemAddress,
  ...personAnnualEvent,
  ...personAward,
  ...personCertification,
  ...educationalActivity,
  ...itemEmail,
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
  ...peopleSettings,
];
