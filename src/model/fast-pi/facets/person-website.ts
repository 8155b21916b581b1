import { entityType, many, one, type TypeDeclaration } from '../../schema.ts';
import { fastPi } from '../dialect.ts';

/** A website of a person. */
export const personWebsite: readonly TypeDeclaration[] = [
  entityType('personWebsite', {
    ...fastPi,
    base: 'itemFacet',
    properties: {
      categories: many('Edm.String'),
      description: one('Edm.String'),
      displayName: one('Edm.String', { nullable: false }),
      webUrl: one('Edm.String', { nullable: false }),
      thumbnailUrl: one('Edm.String'),
    },
  }),
];
