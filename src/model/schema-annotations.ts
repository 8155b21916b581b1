/**
 * Annotations: what vocabularies say of a model element, as free data that is kept for output.
 * What Kith itself acts on is written in the same way; `compile-annotations.ts` reads it.
 */

export const CORE = 'Org.OData.Core.V1';
export const CAPABILITIES = 'Org.OData.Capabilities.V1';
export const VALIDATION = 'Org.OData.Validation.V1';

/**
 * The annotations of one element by qualified term: `Org.OData.Core.V1.Description`. A qualifier
 * stands behind `#`, an annotation of an annotation behind the other's name and `@`.
 */
export type Annotations = Readonly<Record<string, AnnotationValue>>;

/** That a text is a URL. */
export const isUrl: Annotations = { [`${CORE}.IsURL`]: true };

/**
 * An annotation's expression (OData CSDL JSON 4.01, section 14.4). Where CSDL XML says more than
 * the text does, a constant has a tag: `{ $Date: '2026-01-01' }`, `{ $PropertyPath: 'name' }`,
 * `{ $EnumMember: 'a.Kind/b a.Kind/c' }`. Types are named by namespace, never by alias.
 */
export type AnnotationValue =
  | null
  | boolean
  | number
  | string
  | readonly AnnotationValue[]
  | AnnotationObject;

/**
 * A record, its type in `@type`, or an expression whose first member begins with `$`:
 * `{ $Path: 'a/b' }`, `{ $And: [x, y] }`, `{ $Apply: [x], $Function: 'odata.concat' }`.
 */
export interface AnnotationObject {
  readonly [member: string]: AnnotationValue;
}

/** Constants that are text in CSDL JSON and have an element of their own in CSDL XML. */
export const taggedConstants = [
  'Binary',
  'Date',
  'DateTimeOffset',
  'Decimal',
  'Duration',
  'EnumMember',
  'Float',
  'Guid',
  'Int',
  'TimeOfDay',
  'AnnotationPath',
  'ModelElementPath',
  'NavigationPropertyPath',
  'PropertyPath',
] as const;

/** Whether a value is a record or an expression with members. */
export function isAnnotationObject(value: AnnotationValue | undefined): value is AnnotationObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text of a value that is text, tagged or not: paths, dates, strings; else undefined. */
export function annotationText(value: AnnotationValue | undefined): string | undefined {
  if (typeof value === 'string') return value;
  if (!isAnnotationObject(value)) return undefined;
  const [[name, inside] = ['', null]] = Object.entries(value);
  return name.startsWith('$') && typeof inside === 'string' ? inside : undefined;
}
