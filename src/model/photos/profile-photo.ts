import { entityType, many, one, type TypeDeclaration } from '../schema.ts';

/** A picture in one size; its id is that size. */
export const profilePhoto: readonly TypeDeclaration[] = [
  entityType('profilePhoto', {
    base: 'entity',
    hasStream: true,
    properties: {
      height: one('Edm.Int32'),
      width: one('Edm.Int32'),
      // What the sizes are made from, and those beside the standard ones; for the store alone.
      masterHeight: one('Edm.Int32', { roots: [] }),
      masterWidth: one('Edm.Int32', { roots: [] }),
      sizes: many('Edm.String', { roots: [] }),
    },
  }),
];
