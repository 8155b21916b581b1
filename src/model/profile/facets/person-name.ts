import { beta } from '../../beta.ts';
import { complexType, entityType, one, type TypeDeclaration } from '../../schema.ts';

/** A name in one language, and how it is spoken. */
export const personName: readonly TypeDeclaration[] = [
  entityType('personName', {
    ...beta,
    base: 'itemFacet',
    properties: {
      displayName: one('Edm.String'),
      first: one('Edm.String'),
      initials: one('Edm.String'),
      last: one('Edm.String'),
      languageTag: one('Edm.String'),
      maiden: one('Edm.String'),
      middle: one('Edm.String'),
      nickname: one('Edm.String'),
      suffix: one('Edm.String'),
      title: one('Edm.String'),
      pronunciation: one('personNamePronounciation'),
    },
  }),
  complexType('personNamePronounciation', {
    ...beta,
    properties: {
      displayName: one('Edm.String'),
      first: one('Edm.String'),
      maiden: one('Edm.String'),
      middle: one('Edm.String'),
      last: one('Edm.String'),
    },
  }),
];
