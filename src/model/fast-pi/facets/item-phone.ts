import { entityType, one, type TypeDeclaration } from '../../schema.ts';
import { fastPi } from '../dialect.ts';

/** A phone number. */
export const itemPhone: readonly TypeDeclaration[] = [
  entityType('itemPhone', {
    ...fastPi,
    base: 'itemFacet',
    properties: {
      displayName: one('Edm.String'),
      type: one('phoneType', { nullable: false }),
      number: one('Edm.String', { nullable: false }),
    },
  }),
];
