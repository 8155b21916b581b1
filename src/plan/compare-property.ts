import type { Property } from '#model/model.ts';
import type { Value } from './document.ts';
import type { Comparison } from './expression.ts';

/** The filter that the last of these properties, each inside the one before it, compares so. */
export function compareProperty(
  properties: readonly Property[],
  operator: Comparison['operator'],
  value: Value,
): Comparison {
  const result = { type: properties.at(-1)!.type, collection: false };
  const steps = properties.map((property) => ({ kind: 'property', property }) as const);
  return {
    kind: 'comparison',
    operator,
    left: { kind: 'path', result, variable: '$it', steps },
    right: { kind: 'literal', result, value },
  };
}
