import type { EntityType } from '#model/model.ts';
import type { Document, Value } from '#plan/document.ts';
import type { Expression } from '#plan/expression.ts';
import { typeAt } from '#plan/key-text.ts';

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
    const result = { type: typeAt(type, path), collection: false };
    const steps = stepsAlong(type, path);
    return {
      kind: 'comparison',
      operator: 'eq',
      left: { kind: 'path', result, variable: '$it', steps },
      right: { kind: 'literal', result, value: value ?? null },
    };
  });
  return parts.length === 1 ? parts[0]! : { kind: 'and', operands: parts };
}

function stepsAlong(type: EntityType, path: readonly string[]) {
  let owner: { readonly properties: EntityType['properties'] } = type;
  return path.map((name) => {
    const property = owner.properties.get(name)!;
    if (property.type.kind === 'complex') owner = property.type;
    return { kind: 'property', property } as const;
  });
}
