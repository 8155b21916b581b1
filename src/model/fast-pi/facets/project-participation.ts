import { entityType, many, one, type TypeDeclaration } from '../../schema.ts';
import { fastPi } from '../dialect.ts';

/** A part taken in a project. */
export const projectParticipation: readonly TypeDeclaration[] = [
  entityType('projectParticipation', {
    ...fastPi,
    base: 'itemFacet',
    properties: {
      categories: many('Edm.String'),
      client: one('companyDetail'),
      displayName: one('Edm.String', { nullable: false }),
      detail: one('positionDetail'),
      colleagues: many('relatedPerson'),
      sponsors: many('relatedPerson'),
      collaborationTags: many('Edm.String'),
      thumbnailUrl: one('Edm.String'),
    },
  }),
];
