import { beta } from '../../beta.ts';
import { complexType, entityType, enumType, one, type TypeDeclaration } from '../../schema.ts';

/** A note about a person. */
export const personAnnotation: readonly TypeDeclaration[] = [
  entityType('personAnnotation', {
    ...beta,
    base: 'itemFacet',
    properties: {
      detail: one('itemBody'),
      displayName: one('Edm.String'),
      thumbnailUrl: one('Edm.String'),
    },
  }),
  complexType('itemBody', {
    ...beta,
    properties: {
      contentType: one('bodyType'),
      content: one('Edm.String'),
    },
  }),
  enumType('bodyType', ['text', 'html'], beta),
];
