import { beta } from '../../beta.ts';
import { entityType, many, one, type TypeDeclaration } from '../../schema.ts';

/** A website of a person. */
export const personWebsite: readonly TypeDeclaration[] = [
  entityType('personWebsite', {
    ...beta,
    base: 'itemFacet',
    properties: {
      categories: many('Edm.String'),
      description: one('Edm.String'),
      displayName: one('Edm.String'),
      webUrl: one('Edm.String'),
      thumbnailUrl: one('Edm.String'),
    },
  }),
];
