import type { StructuredType } from '#model/model.ts';

/** What the generator of Graph's pages writes where a day would stand. */
const PLACEHOLDER = 'Date';
const DAY = /^\d{4}-\d\d-\d\d$/;

/**
 * A body as the pages of Graph's profiles and contacts write some: null or a single text stands for
 * a collection, the placeholder of a day for none, and a day for the instant with which it begins
 * in UTC. Anything else is left as it is.
 */
export function relaxCollections(type: StructuredType, body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  if (Array.isArray(body)) return body.map((each: unknown) => relaxObject(type, each));
  return relaxObject(type, body);
}

function relaxObject(type: StructuredType, body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const members = Object.entries(body);
  return Object.fromEntries(members.map(([name, each]) => [name, relaxMember(type, name, each)]));
}

function relaxMember(type: StructuredType, name: string, value: unknown): unknown {
  const property = type.properties.get(name);
  const contained = type.navigation.get(name);
  if (contained) return relaxCollections(contained.target, value);
  if (!property) return value;
  const { type: inside, collection } = property;
  if (collection && value === null) return [];
  if (inside.kind === 'complex') return relaxCollections(inside, value);
  if (collection) return typeof value === 'string' ? [value] : value;
  const isDay = typeof value === 'string' && DAY.test(value);
  if (inside.name === 'Edm.DateTimeOffset' && isDay) return `${value}T00:00:00Z`;
  return inside.name === 'Edm.Date' && value === PLACEHOLDER ? null : value;
}
