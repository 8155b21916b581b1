import { Refusal } from '#errors.ts';
import { type EntityType, findType, type Model } from '#model/model.ts';
import { type Document, TYPE, type Value } from '#plan/document.ts';
import { keyTextOf } from '#plan/key-text.ts';
import type { CallTarget, ResultPath, Step } from '#plan/target.ts';

/**
 * What a path behind a call addresses of its result, without the store: members and keys of what
 * was given, and what is of a derived type. Refuses with 404 what is not there, with 501 what only
 * the store knows.
 */
export function followResult(
  model: Model,
  { operation, rest }: CallTarget,
  result: Value | undefined,
): Value | undefined {
  if (!rest || result === undefined) return result;
  const { returns } = operation;
  let value: Value | undefined = result;
  let type = returns?.type.kind === 'entity' ? returns.type : undefined;
  for (const step of rest.steps) {
    value = followStep(model, value, { step, type });
    if (step.kind === 'cast') type = step.type;
  }
  return followEnding(rest, value);
}

/** Whether a path behind a call can be followed without the store. */
export function isInResult({ steps }: ResultPath): boolean {
  return steps.every(({ kind }) => kind === 'key' || kind === 'cast');
}

function followStep(
  model: Model,
  value: Value | undefined,
  { step, type }: { step: Step; type: EntityType | undefined },
): Value | undefined {
  if (step.kind === 'key' && Array.isArray(value) && type && !step.alternate) {
    const found = value.find((each) => keyTextOf(type, each as Document) === step.value);
    if (found) return found;
    throw notThere(step.value);
  }
  if (step.kind === 'cast') {
    const isOf = (each: Value | undefined) => isKind(model, each, step.type);
    if (Array.isArray(value)) return value.filter(isOf);
    if (isOf(value)) return value;
    throw notThere(step.type.name);
  }
  throw new Refusal('notImplemented', 'This way behind an operation is not served.');
}

function isKind(model: Model, value: Value | undefined, type: EntityType): boolean {
  const written = String((value as Document | undefined)?.[TYPE] ?? '');
  return type.kinds.has(findType(model, written)?.name ?? '');
}

function followEnding({ ending }: ResultPath, value: Value | undefined): Value | undefined {
  if (ending.kind === 'entities') return value;
  if (ending.kind === 'count') return Array.isArray(value) ? value.length : 0;
  if (ending.kind !== 'property') {
    throw new Refusal('notImplemented', 'This way behind an operation is not served.');
  }
  let found = value;
  for (const { name } of ending.path) found = (found as Document | null | undefined)?.[name];
  if (ending.isCount) return Array.isArray(found) ? found.length : 0;
  return found;
}

function notThere(name: string): Refusal {
  return new Refusal('notFound', `The result has no '${name}'.`, { target: name });
}
