import { entityType, many, one, type TypeDeclaration } from '../../schema.ts';
import { fastPi } from '../dialect.ts';

/** A job, past or present. */
export const workPosition: readonly TypeDeclaration[] = [
  entityType('workPosition', {
    ...fastPi,
    base: 'itemFacet',
    properties: {
      categories: many('Edm.String'),
      detail: one('positionDetail', { nullable: false }),
      manager: one('relatedPerson'),
      colleagues: many('relatedPerson'),
      isCurrent: one('Edm.Boolean'),
    },
  }),
];
