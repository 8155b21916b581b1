import type { TypeRules } from './type-rules.ts';

/** Every person has a profile; its id is the person's, and its facets stand beside it. */
export const profileRules: TypeRules = {
  initial: ({ place }) => ({ id: place.ownerId }),
};
