import { complexType, entityType, enumType, one, type TypeDeclaration } from '../../schema.ts';
import { fastPi } from '../dialect.ts';

/** A note about a person. */
export const personAnnotation: readonly TypeDeclaration[] = [
  entityType('personAnnotation', {
    ...fastPi,
    base: 'itemFacet',
    properties: {
      detail: one('itemBody'),
      displayName: one('Edm.String'),
      thumbnailUrl: one('Edm.String'),
    },
  }),
  complexType('itemBody', {
    ...fastPi,
    properties: {
      contentType: one('bodyType'),
      content: one('Edm.String'),
    },
  }),
  enumType('bodyType', ['text', 'html'], fastPi),
];
