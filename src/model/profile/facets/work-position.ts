import { beta } from '../../beta.ts';
import { entityType, many, one, type TypeDeclaration } from '../../schema.ts';

/** A job, past or present. */
export const workPosition: readonly TypeDeclaration[] = [
  entityType('workPosition', {
    ...beta,
    base: 'itemFacet',
    properties: {
      categories: many('Edm.String'),
      detail: one('positionDetail'),
      manager: one('relatedPerson'),
      colleagues: many('relatedPerson'),
      isCurrent: one('Edm.Boolean'),
    },
  }),
];
