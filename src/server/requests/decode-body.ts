import type { EntityType, Model } from '#model/model.ts';
import { facetTypes } from '#model/profile/facet-members.ts';
import { decodeChange, decodeTagged } from '#odata/decode-change.ts';
import { relaxCollections } from '#odata/relax-collections.ts';
import type { Change } from '#plan/change.ts';

const relaxed: ReadonlySet<string> = new Set([
  ...facetTypes,
  'microsoft.graph.profile',
  'microsoft.graph.contact',
]);

/**
 * What a body asks for, perhaps of the versions that its entity tags name; of a profile, its
 * facets and a contact as the pages of Graph write it, too.
 */
export function decodeBody(
  model: Model,
  type: EntityType,
  body: unknown,
  isTagged = false,
): Change {
  const isRelaxed = !model.isForeign && relaxed.has(type.name);
  const decode = isTagged ? decodeTagged : decodeChange;
  return decode(model, type, isRelaxed ? relaxCollections(type, body) : body);
}
