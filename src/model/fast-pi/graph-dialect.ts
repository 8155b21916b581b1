import type { DialectDeclaration } from '../dialect.ts';
import { FAST_PI, GRAPH } from '../schema.ts';

/** Types that both dialects have under one name. */
const alike = [
  'user',
  'profile',
  'profilePhoto',
  'itemFacet',
  'userAccountInformation',
  'itemAddress',
  'personAnnualEvent',
  'personAward',
  'personCertification',
  'educationalActivity',
  'itemEmail',
  'personInterest',
  'languageProficiency',
  'personName',
  'personAnnotation',
  'itemPatent',
  'itemPhone',
  'workPosition',
  'projectParticipation',
  'itemPublication',
  'skillProficiency',
  'webAccount',
  'personWebsite',
  'allowedAudiences',
  'identity',
  'identitySet',
  'inferenceData',
  'personDataSources',
  'companyDetail',
  'positionDetail',
  'relatedPerson',
  'personRelationship',
  'physicalAddress',
  'physicalAddressType',
  'emailType',
  'phoneType',
  'localeInfo',
  'geoCoordinates',
  'personAnnualEventType',
  'educationalActivityDetail',
  'institutionData',
  'languageProficiencyLevel',
  'personNamePronounciation',
  'itemBody',
  'bodyType',
  'skillProficiencyLevel',
  'serviceInformation',
] as const;

/** What Graph says of every facet and Fast.PI does not. */
const FACET = ['sources'] as const;

/**
 * How the Fast.PI dialect says what Graph's says. Facets are kept in Graph's; every member has its
 * name there. What Graph's alone has stays in a facet that is written in Fast.PI, and `user` is the
 * directory's user with nothing of it but the id.
 */
export const fastPiDialect: DialectDeclaration = {
  namespace: FAST_PI,
  means: GRAPH,
  types: Object.fromEntries(alike.map((name) => [name, name])),
  members: {},
  unsaid: {
    profilePhoto: ['height', 'width'],
    itemFacet: FACET,
    userAccountInformation: ['originTenantInfo', 'userPersona'],
    companyDetail: ['companyCode', 'costCenter', 'division', 'secondaryDepartment'],
    positionDetail: [
      'employeeId',
      'employeeType',
      'layer',
      'level',
      'secondaryJobTitle',
      'secondaryRole',
    ],
    relatedPerson: ['userId'],
  },
  own: { profile: ['extensions'] },
  resources: { user: 'users' },
};
