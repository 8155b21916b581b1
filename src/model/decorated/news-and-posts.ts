import { complexType, enumType, many, one, type TypeDeclaration } from '../schema.ts';

/** News about a member and what the member shares. */
export const newsAndPosts: readonly TypeDeclaration[] = [
  complexType('NewsMention', {
    properties: {
      createdOn: one('Date', { nullable: false }),
      snippet: one('Edm.String'),
      thumbnail: one('Edm.String'),
      title: one('Edm.String'),
      url: one('Edm.String', { nullable: false }),
    },
  }),
  complexType('UserGeneratedContent', {
    properties: {
      createdOn: one('Date', { nullable: false }),
      description: one('Edm.String'),
      mediaCategory: one('ShareMediaCategory', { nullable: false }),
      thumbnails: many('Edm.String'),
      title: one('Edm.String'),
      url: one('Edm.String', { nullable: false }),
    },
  }),
  enumType('ShareMediaCategory', [
    'ARTICLE',
    'IMAGE',
    'NONE',
    'RICH',
    'VIDEO',
    'LEARNING_COURSE',
    'JOB',
    'QUESTION',
    'ANSWER',
    'CAROUSEL',
    'TOPIC',
    'NATIVE_DOCUMENT',
    'URN_REFERENCE',
    'LIVE_VIDEO',
  ]),
];
