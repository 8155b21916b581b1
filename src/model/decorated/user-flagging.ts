import { complexType, entityType, enumType, one, type TypeDeclaration } from '../schema.ts';

/** Reports of content that somebody objects to. */
export const userFlagging: readonly TypeDeclaration[] = [
  entityType('userFlaggingResource', { base: 'entity' }),
  entityType('flaggedContent', {
    namespace: 'kith',
    roots: [],
    key: ['id'],
    properties: {
      id: one('Edm.String', { nullable: false, description: 'A hash of the content.' }),
      contentUrn: one('Edm.String', { nullable: false }),
      flaggingReason: one('microsoft.graph.UserReportedFlagReason', { nullable: false }),
      flaggedAt: one('Edm.Int64', { description: 'Milliseconds since 1970.' }),
    },
  }),
  complexType('FlagContentRequest', {
    properties: {
      contentUrn: one('Edm.String', { nullable: false }),
      flaggingReason: one('UserReportedFlagReason', { nullable: false }),
    },
  }),
  enumType('UserReportedFlagReason', [
    'ADVERTISEMENT',
    'COPYRIGHT',
    'PORNOGRAPHIC',
    'INAPPROPRIATE_CONTENT',
    'SPAM_CONTENT',
    'INAPPROPRIATE_PICTURE',
    'MISREPRESENTATION',
    'OUT_OF_DATE',
    'PLAGIARISM',
    'OTHER',
    'IRRELEVANT',
    'PROMOTION',
    'GRATUITOUSLY_SHOCKING',
    'HARASSMENT',
    'THREATS_OF_VIOLENCE',
    'ACCOUNT_HACKED',
    'OFFENSIVE',
    'IMPERSONATION',
    'FAKE_IDENTITY',
    'FAKE_CONTENT',
    'SUICIDAL',
    'INACCURATE_MEMBER_INFORMATION',
    'DECEASED',
    'SEEN_OFTEN',
    'BROKEN_LINKS',
  ]),
];
