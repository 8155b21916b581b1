import type { Combination, CombinationsAnswer } from '#plan/answer.ts';
import { type EncodeOptions, encodeMember, encodePage } from './encode-entity.ts';
import { urlOf } from './encode-links.ts';
import type { JsonObject } from './encode-members.ts';
import { controlPrefix } from './json-format.ts';

/** Of whatever sets: no context URL names what is expanded (OData Protocol 4.01, section 10.16). */
const CONTEXT = 'Collection(Edm.ComplexType)';

/**
 * The JSON text of one page of combinations (OData URL Conventions 4.01, section 4.15): objects
 * with a navigation link to an entity of each set, or the entity where it is expanded.
 */
export function encodeCombinations(
  { members, count }: CombinationsAnswer,
  options: EncodeOptions,
  nextLink: string | undefined,
): string {
  // Nothing else tells where what is expanded stands.
  const inside = { ...options, showsIds: true };
  const objects = members.map((each) => JSON.stringify(combinationObject(each, inside)));
  return encodePage({ context: CONTEXT, count }, objects, { ...options, nextLink });
}

function combinationObject(entities: Combination, options: EncodeOptions): JsonObject {
  const { format } = options;
  const prefix = controlPrefix(format);
  const isFull = format.metadata === 'full';
  const object: JsonObject = {};
  for (const { name, path, entity, isReference } of entities) {
    const url = urlOf(path, options);
    const isLinked = format.metadata !== 'none' && (isFull || !(entity || isReference));
    if (isLinked) object[`${name}${prefix}navigationLink`] = url;
    if (isReference) object[name] = { [`${prefix}id`]: url };
    if (entity) object[name] = encodeMember(entity, options);
  }
  return object;
}
