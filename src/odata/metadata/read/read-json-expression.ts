import type { AnnotationValue } from '#model/schema-annotations.ts';

/**
 * An annotation's expression as CSDL JSON writes it (OData CSDL JSON 4.01, section 14.4): what the
 * model keeps, but for values that JSON does not have.
 */
export function readJsonExpression(value: unknown): AnnotationValue {
  if (Array.isArray(value)) return value.map(readJsonExpression);
  if (typeof value !== 'object' || value === null) return value as AnnotationValue;
  const members = Object.entries(value).map(([name, each]) => {
    return [name, readJsonExpression(each)] as const;
  });
  return Object.fromEntries(members);
}
