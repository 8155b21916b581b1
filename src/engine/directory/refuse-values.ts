import { Refusal, type RefusalDetail } from '#errors.ts';
import type { Document } from '#plan/document.ts';
import { valueAt } from '#plan/key-text.ts';

/** Graph's refusal of a value that a property cannot have; the detail says why. */
export function invalidValue(resource: string, property: string, why: string): Refusal {
  const message = `Invalid value specified for property '${property}' of resource '${resource}'.`;
  const details = [{ code: 'InvalidValue', message: why, target: property }];
  return new Refusal('badRequest', message, { target: property, details });
}

/** Graph's refusal of a value that another object has. */
export function sameValue(property: string, value: string): Refusal {
  const message = `Another object with the same value for property ${property} already exists.`;
  const details = [
    { code: 'ObjectConflict', message, target: property },
    { code: 'ConflictingObjects', message: `'${value}' is taken.`, target: property },
  ];
  return new Refusal('conflict', message, { target: property, details });
}

/** Graph's refusal to write what only the server sets. */
export function readOnlyProperty(property: string): Refusal {
  const message = `Property '${property}' is read-only and cannot be set.`;
  return new Refusal('badRequest', message, {
    target: property,
    details: [{ code: 'ReadOnly', message, target: property }],
  });
}

/** Graph's refusal of properties that are changed by a request of their own. */
export function ownRequest(names: readonly string[], target: string): Refusal {
  const message = 'The request is currently not supported on the targeted entity set';
  const advice = `Change ${names.join(', ')} by a PATCH without any other property.`;
  const details = [{ code: 'OwnRequestNeeded', message: advice, target }];
  return new Refusal('malformedRequest', message, { target, details });
}

/** Refuses members without those that are needed, each in the words that are given for it. */
export function checkRequired(
  members: Document,
  paths: readonly string[],
  describe: (path: string) => string,
): void {
  const missing = paths.filter((path) => (valueAt(members, path.split('/')) ?? '') === '');
  const [first] = missing;
  if (first === undefined) return;
  const details: RefusalDetail[] = missing.map((path) => {
    return { code: 'PropertyRequired', message: describe(path), target: path };
  });
  throw new Refusal('badRequest', describe(first), { target: first, details });
}
