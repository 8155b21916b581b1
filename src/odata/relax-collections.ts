import type { StructuredType } from '#model/model.ts';

/**
 * A body in which null or a single text stands for a collection of texts, as the pages of Graph's
 * profiles write some, with collections in their places. Anything else is left as it is.
 */
export function relaxCollections(type: StructuredType, body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  if (Array.isArray(body)) return body.map((each: unknown) => relaxCollections(type, each));
  const relaxed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(body)) relaxed[name] = relaxMember(type, name, value);
  return relaxed;
}

function relaxMember(type: StructuredType, name: string, value: unknown): unknown {
  const property = type.properties.get(name);
  const contained = type.navigation.get(name);
  if (contained) return relaxCollections(contained.target, value);
  if (!property) return value;
  const inside = property.type;
  if (inside.kind === 'complex') {
    return property.collection && value === null ? [] : relaxCollections(inside, value);
  }
  if (!property.collection || Array.isArray(value)) return value;
  if (value === null) return [];
  return typeof value === 'string' ? [value] : value;
}
