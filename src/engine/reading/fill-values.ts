import type { Property, StructuredType } from '#model/model.ts';
import { type Document, emptyValue, TYPE, type Value, writtenTypeOf } from '#plan/document.ts';

/**
 * The members of an entity with every declared member of its complex values, as the entity has its
 * own: the default, null or empty where nothing is written (OData JSON 4.01, section 4.5.8). The
 * values name the type that they are of.
 */
export function fillValues(
  types: ReadonlyMap<string, unknown>,
  type: StructuredType,
  members: Document,
): Document {
  const filled: Document = { ...members };
  for (const [name, property] of type.properties) {
    const value = members[name];
    if (property.type.kind === 'complex' && typeof value === 'object' && value !== null) {
      filled[name] = fillValue(types, property, value);
    }
  }
  return filled;
}

function fillValue(types: ReadonlyMap<string, unknown>, property: Property, value: Value): Value {
  if (Array.isArray(value)) return value.map((each) => fillValue(types, property, each));
  if (typeof value !== 'object' || value === null) return value;
  const named = types.get(writtenTypeOf(value));
  const type = (named ?? property.type) as StructuredType;
  const filled: Document = value[TYPE] === undefined ? {} : { [TYPE]: value[TYPE] };
  for (const [name, inside] of type.properties) {
    if (!isStream(inside)) filled[name] = value[name] ?? emptyValue(inside);
  }
  return fillValues(types, type, { ...filled, ...dropNothing(value) });
}

function isStream({ type }: Property): boolean {
  return type.kind === 'primitive' && type.name === 'Edm.Stream';
}

function dropNothing(value: Document): Document {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined));
}
