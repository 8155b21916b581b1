import type { EntityType, Property } from '#model/model.ts';
import { compareProperty } from '#plan/compare-property.ts';
import type { Document, Value } from '#plan/document.ts';
import type { Expression } from '#plan/expression.ts';

/** The filter that an entity is one of these, by their keys. */
export function isOneOf(type: EntityType, documents: readonly Document[]): Expression {
  const result = { type: undefined, collection: false };
  const each = documents.map((document) => hasKey(type, document));
  if (each.length === 1) return each[0]!;
  // Nothing is one of none.
  if (each.length === 0) return { kind: 'literal', result, value: false };
  return { kind: 'or', operands: each };
}

function hasKey(type: EntityType, document: Document): Expression {
  const parts = type.keyParts.map(({ path }): Expression => {
    let value: Value | undefined = document;
    for (const name of path) value = (value as Document | null | undefined)?.[name];
    return compareProperty(propertiesAlong(type, path), 'eq', value ?? null);
  });
  return parts.length === 1 ? parts[0]! : { kind: 'and', operands: parts };
}

function propertiesAlong(type: EntityType, path: readonly string[]): Property[] {
  let owner: { readonly properties: EntityType['properties'] } = type;
  return path.map((name) => {
    const property = owner.properties.get(name)!;
    if (property.type.kind === 'complex') owner = property.type;
    return property;
  });
}
