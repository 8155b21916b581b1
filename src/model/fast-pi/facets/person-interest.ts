import { entityType, many, one, type TypeDeclaration } from '../../schema.ts';
import { fastPi } from '../dialect.ts';

/** Something that a person cares about. */
export const personInterest: readonly TypeDeclaration[] = [
  entityType('personInterest', {
    ...fastPi,
    base: 'itemFacet',
    properties: {
      categories: many('Edm.String'),
      description: one('Edm.String'),
      displayName: one('Edm.String', { nullable: false }),
      webUrl: one('Edm.String'),
      collaborationTags: many('Edm.String'),
      thumbnailUrl: one('Edm.String'),
    },
  }),
];
