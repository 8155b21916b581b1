import type { EntityType, Navigation } from '#model/model.ts';
import { type Expansion, nothingAsked, type Selection } from '#plan/query.ts';

/** The type whose contained collections stand in it unasked. */
export const PROFILE = 'microsoft.graph.profile';
/** More than the facets of one kind that anybody has. */
const FACETS_MAX = 10_000;
const everything: Selection = { properties: undefined, expand: [], compute: [] };

/**
 * What is shown of a profile: all its facets where nothing is said, or those that `$select` names,
 * stand in it without being expanded (Microsoft Graph, Get profile).
 */
export function inlineFacets(type: EntityType, selection: Selection): Selection {
  if (type.name !== PROFILE || selection.expand.length > 0) return selection;
  const { properties, links } = selection;
  const all = properties === undefined ? [...type.navigation.values()] : (links ?? []);
  const selected = properties === undefined ? {} : { links: [] };
  return { ...selection, ...selected, expand: all.map(inline) };
}

function inline(navigation: Navigation): Expansion {
  return {
    navigation,
    type: navigation.target,
    kind: 'entities',
    selection: everything,
    query: { ...nothingAsked, pageSize: FACETS_MAX },
    levels: 1,
  };
}
