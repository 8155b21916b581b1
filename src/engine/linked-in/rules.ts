import type { TypeRules } from '../type-rules.ts';

/** What everybody has of their own before anything is written: it has their id. */
export const ownSingletonRules: TypeRules = {
  initial: ({ place }) => ({ id: place.ownerId }),
  complete: (members, { place }) => ({ ...members, id: place.ownerId }),
};
