import { Refusal } from '#errors.ts';
import type { TypeRules } from './type-rules.ts';

/** Every person has a profile; its id is the person's, and its facets stand beside it. */
export const profileRules: TypeRules = {
  initial: ({ place }) => ({ id: place.ownerId }),
};

/** What Graph says of a facet that is not there, or is not the caller's to know of. */
export const facetRules: TypeRules = {
  missing: () => new Refusal('facetNotFound', ''),
};
