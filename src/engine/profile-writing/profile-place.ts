import type { Navigation } from '#model/model.ts';
import { facetNames } from '#model/profile/facet-members.ts';
import type { Step, Target } from '#plan/target.ts';
import { notServed } from '../place.ts';
import { PROFILE } from '../reading/inline-facets.ts';

/** A profile as a target names it, or one of its facets. */
export interface ProfilePlace {
  /** The way to the person. */
  readonly person: Target;
  /** The collection that is named, if one is. */
  readonly facet: Navigation | undefined;
  /** The key of the one facet that is named. */
  readonly key: string | undefined;
}

/** The profile or facet that a target means, if it means one; the way to it has no conditions. */
export function profilePlace(target: Target): ProfilePlace | undefined {
  const { steps, resource } = target;
  if (resource.isForeign || steps.length === 0) return undefined;
  const at = steps.findIndex((step) => isProfile(step));
  if (at < 0) return undefined;
  const [navigation, key, ...others] = steps.slice(at + 1);
  const facet = navigation?.kind === 'navigation' ? navigation.navigation : undefined;
  // What stands beside the facets has no rules of theirs.
  if (facet && !facetNames.includes(facet.name)) return undefined;
  const isPlain = navigation === undefined || facet !== undefined;
  const isKeyed = key === undefined || (key.kind === 'key' && !key.filtered && !key.alternate);
  if (!isPlain || !isKeyed || others.length > 0) throw notServed();
  return {
    person: { ...target, steps: steps.slice(0, at), collection: false },
    facet,
    key: key?.kind === 'key' ? key.value : undefined,
  };
}

function isProfile(step: Step): boolean {
  return step.kind === 'navigation' && step.navigation.target.name === PROFILE;
}
