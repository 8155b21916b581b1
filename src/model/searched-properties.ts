import type { EntityType } from './model.ts';

/** Properties whose words are searched where the model does not say which. */
const USUAL = ['displayName', 'description'];

/**
 * The properties of a type that are searched by words: `displayName` and `description`, or every
 * single string where the type has neither and clients see it.
 */
export function searchedProperties(type: EntityType): readonly string[] {
  const known = searched.get(type);
  if (known) return known;
  const names = findSearched(type);
  searched.set(type, names);
  return names;
}

const searched = new WeakMap<EntityType, readonly string[]>();

/** What the store keeps for itself is searched by what things are called, if at all. */
const OWN = /^kith\./;

function findSearched(type: EntityType): readonly string[] {
  const strings = [...type.properties.values()].filter(
    (property) =>
      property.type.kind === 'primitive' &&
      property.type.name === 'Edm.String' &&
      !property.collection &&
      !property.secret,
  );
  const names = strings.map(({ name }) => name);
  const usual = names.filter((name) => USUAL.includes(name));
  if (usual.length > 0 || OWN.test(type.name)) return usual;
  return names.filter((name) => !type.key.includes(name));
}
