import { entityType, many, one, type TypeDeclaration } from '../schema.ts';

/** A picture in one size; its id is that size. */
export const profilePhoto: readonly TypeDeclaration[] = [
  entityType('profilePhoto', {
    base: 'entity',
    hasStream: true,
    properties: {
      height: one('Edm.Int32'),
      width: one('Edm.Int32'),
      // For the store alone: what the sizes are made from, by the name of its bytes or by the text
      // of a drawing, and how large that is; the sizes beside the squares; and, of a photo that is
      // not there, how it is refused.
      masterHeight: one('Edm.Int32', { roots: [] }),
      masterWidth: one('Edm.Int32', { roots: [] }),
      sizes: many('Edm.String', { roots: [] }),
      source: one('Edm.String', { roots: [] }),
      state: one('Edm.String', { roots: [] }),
    },
  }),
];
