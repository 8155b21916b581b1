import { beta } from '../../beta.ts';
import { entityType, many, one, type TypeDeclaration } from '../../schema.ts';

/** A part taken in a project. */
export const projectParticipation: readonly TypeDeclaration[] = [
  entityType('projectParticipation', {
    ...beta,
    base: 'itemFacet',
    properties: {
      categories: many('Edm.String'),
      client: one('companyDetail'),
      displayName: one('Edm.String'),
      detail: one('positionDetail'),
      colleagues: many('relatedPerson'),
      sponsors: many('relatedPerson'),
      collaborationTags: many('Edm.String'),
      thumbnailUrl: one('Edm.String'),
    },
  }),
];
