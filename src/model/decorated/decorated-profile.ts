import {
  complexType,
  entityType,
  enumType,
  many,
  one,
  type TypeDeclaration,
  toMany,
} from '../schema.ts';
import { isUrl } from '../schema-annotations.ts';

/** How LinkedIn names a member: the id stands behind it. */
const memberUrn = 'urn:li:member:';

/** A member as one viewer sees them; what depends on the viewer or is derived is computed. */
export const decoratedProfile: readonly TypeDeclaration[] = [
  entityType('DecoratedProfile', {
    base: 'entity',
    keyPrefix: memberUrn,
    derived: true,
    properties: {
      profileUrl: one('Edm.String', { nullable: false }),
      firstName: one('Edm.String', { nullable: false }),
      lastName: one('Edm.String'),
      headline: one('Edm.String'),
      industryName: one('Edm.String'),
      summary: one('Edm.String'),
      location: one('Edm.String'),
      picture: one('Edm.String', { annotations: isUrl }),
      recentPositions: many('Position', { computed: true, description: 'The three most recent.' }),
      totalPositionCount: one('Edm.Int32', { nullable: false, computed: true }),
      recentEducations: many('Education', {
        computed: true,
        description: 'The three most recent.',
      }),
      totalEducationCount: one('Edm.Int32', { nullable: false, computed: true }),
      skills: many('Edm.String'),
      emails: many('Edm.String'),
      phoneNumbers: many('PhoneNumber'),
      ims: many('IM'),
      websites: many('liWebsite'),
      bornOn: one('Date'),
      locale: one('Locale', { nullable: false, computed: true }),
      connection: one('Connection', { computed: true }),
      connected: one('Edm.Boolean', { computed: true, description: 'See `connectionDegree`.' }),
      connectionDegree: one('ConnectionDegree', { computed: true }),
      invitationSentFromViewer: one('Edm.Boolean', { computed: true }),
      pendingInvitationSentFromViewee: one('liInvitation', { computed: true }),
      simpleProfileHighlights: many('SimpleProfileHighlight', { computed: true }),
      profileHighlights: many('DecoratedProfileProfileHighlights', { computed: true }),
      viewerCanConnectViewee: one('Edm.Boolean', { computed: true }),
      viewerCanFollowViewee: one('Edm.Boolean', { computed: true }),
      salesNavigatorInfo: one('SalesNavigatorInfo', { computed: true }),
      newsMentions: many('NewsMention'),
      totalEndorsedSkillCount: one('Edm.Int32', { nullable: false, computed: true }),
      userGeneratedContents: many('UserGeneratedContent'),
      leftOut: many('Edm.String', {
        roots: [],
        description:
          'Facets from the directory that the member does not show here; no root has it.',
      }),
      endorsements: many('kith.endorsement', {
        roots: [],
        description: 'Who vouches for which skill; no root shows it.',
      }),
    },
    navigation: {
      endorsedSkills: toMany('SkillEndorsement', { contains: true, derived: true }),
    },
  }),
  complexType('Connection', {
    properties: {
      count: one('Edm.Int32', { nullable: false }),
      countObfuscated: one('Edm.Boolean', {
        nullable: false,
        description: 'True where `count` stands for "this many or more".',
      }),
    },
  }),
  enumType('ConnectionDegree', [
    'OUT_OF_NETWORK',
    'SELF',
    'DISTANCE_1',
    'DISTANCE_2',
    'DISTANCE_3',
  ]),
  entityType('memberName', {
    namespace: 'kith',
    roots: [],
    key: ['id'],
    description: 'The names in a profile, by which people are found; no root shows it.',
    properties: {
      id: one('Edm.String', { nullable: false, description: 'The id of the person.' }),
      displayName: one('Edm.String'),
    },
  }),
];
