import { beta } from '../../beta.ts';
import { entityType, many, one, type TypeDeclaration } from '../../schema.ts';

/** Something that a person cares about. */
export const personInterest: readonly TypeDeclaration[] = [
  entityType('personInterest', {
    ...beta,
    base: 'itemFacet',
    properties: {
      categories: many('Edm.String'),
      description: one('Edm.String'),
      displayName: one('Edm.String'),
      webUrl: one('Edm.String'),
      collaborationTags: many('Edm.String'),
      thumbnailUrl: one('Edm.String'),
    },
  }),
];
