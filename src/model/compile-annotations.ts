import type { KeyPart, Property } from './model.ts';
import type { PropertyDeclaration } from './schema.ts';
import {
  type Annotations,
  type AnnotationValue,
  annotationText,
  CORE,
  isAnnotationObject,
  VALIDATION,
} from './schema-annotations.ts';

type Permissions = Property['permissions'];

/** The annotations of an element, with its description among them. */
export function describe(declaration: {
  readonly annotations?: Annotations;
  readonly description?: string;
}): Annotations {
  const { annotations, description } = declaration;
  if (description === undefined) return annotations ?? {};
  return { [`${CORE}.Description`]: description, ...annotations };
}

/** The annotations of a property, with what its declaration says in short among them. */
export function annotateProperty(declaration: PropertyDeclaration): Annotations {
  const { computed, immutable, allowed } = declaration;
  return {
    ...(computed ? { [`${CORE}.Computed`]: true } : {}),
    ...(immutable ? { [`${CORE}.Immutable`]: true } : {}),
    ...(allowed ? { [`${VALIDATION}.AllowedValues`]: allowed.map((Value) => ({ Value })) } : {}),
    ...describe(declaration),
  };
}

/** Whether a tagging term is there and not false. */
export function isTagged(annotations: Annotations, term: string): boolean {
  return annotations[term] === true;
}

/** What Core.Permissions lets clients do; everything where nothing is said. */
export function readPermissions(annotations: Annotations): Permissions {
  const text = annotationText(annotations[`${CORE}.Permissions`]);
  if (text === undefined) return 'ReadWrite';
  const names = text.split(/[\s,]+/).map((name) => name.slice(name.lastIndexOf('/') + 1));
  if (names.includes('ReadWrite')) return 'ReadWrite';
  const reads = names.includes('Read');
  const writes = names.includes('Write');
  if (reads && writes) return 'ReadWrite';
  if (reads) return 'Read';
  return writes ? 'Write' : 'None';
}

/** The only values of a property (Validation.AllowedValues); undefined where any value fits. */
export function readAllowed(annotations: Annotations): (string | number)[] | undefined {
  const values = annotations[`${VALIDATION}.AllowedValues`];
  if (!Array.isArray(values)) return undefined;
  const allowed = (values as readonly AnnotationValue[]).map((each) => {
    const value = isAnnotationObject(each) ? each.Value : undefined;
    return typeof value === 'number' ? value : annotationText(value);
  });
  return allowed.every((value) => value !== undefined) ? allowed : undefined;
}

/** The alternate keys of an entity type (Core.AlternateKeys). */
export function readAlternateKeys(annotations: Annotations): KeyPart[][] {
  const keys = annotations[`${CORE}.AlternateKeys`];
  if (!Array.isArray(keys)) return [];
  return (keys as readonly AnnotationValue[]).flatMap((key) => {
    const parts = isAnnotationObject(key) ? key.Key : undefined;
    if (!Array.isArray(parts)) return [];
    return [(parts as readonly AnnotationValue[]).flatMap(readKeyPart)];
  });
}

function readKeyPart(value: AnnotationValue): KeyPart[] {
  if (!isAnnotationObject(value)) return [];
  const path = annotationText(value.Name);
  if (path === undefined) return [];
  return [{ name: annotationText(value.Alias) ?? path, path: path.split('/') }];
}

/** Core.AlternateKeys for single properties. */
export function annotateAlternateKeys(names: readonly string[]): Annotations {
  if (names.length === 0) return {};
  const keys = names.map((name) => ({ Key: [{ Name: { $PropertyPath: name }, Alias: name }] }));
  return { [`${CORE}.AlternateKeys`]: keys };
}
