import { Refusal } from '#errors.ts';
import type { EntityType } from '#model/model.ts';
import type { Expression } from '#plan/expression.ts';

/** Objects that one round follows (Graph's page "user: delta"). */
const KEYS_MAX = 50;

/**
 * The keys that a filter of a delta query names: `id eq '...' or id eq '...'` is all that Graph
 * takes. Refuses any other with 400, and more than 50 keys.
 */
export function keysIn(filter: Expression, type: EntityType): ReadonlySet<string> {
  const keys = new Set(collect(filter, type));
  if (keys.size <= KEYS_MAX) return keys;
  const message = `A delta query follows ${KEYS_MAX} objects at most.`;
  throw new Refusal('badRequest', message, { target: '$filter' });
}

function collect(filter: Expression, type: EntityType): string[] {
  if (filter.kind === 'or') return filter.operands.flatMap((each) => collect(each, type));
  if (filter.kind === 'comparison' && filter.operator === 'eq') {
    const { left, right } = filter;
    const [path, value] = isKey(left, type) ? [left, right] : [right, left];
    if (isKey(path, type)) return [keyOf(value)];
  }
  if (filter.kind === 'in' && isKey(filter.operand, type)) return filter.list.map(keyOf);
  throw unsupported();
}

function isKey(expression: Expression, { keyParts }: EntityType): boolean {
  if (expression.kind !== 'path' || expression.steps.length !== 1) return false;
  const [step] = expression.steps;
  return step!.kind === 'property' && step!.property.name === keyParts[0]?.name;
}

function keyOf(value: Expression): string {
  if (value.kind !== 'literal' || typeof value.value !== 'string') throw unsupported();
  return value.value.toLowerCase();
}

function unsupported(): Refusal {
  const message = "Delta queries are filtered by id alone: id eq '...' or id eq '...'.";
  return new Refusal('badRequest', message, { target: '$filter' });
}
