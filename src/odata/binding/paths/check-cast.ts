import { isKindOf, type StructuredType } from '#model/model.ts';
import { type Place, refusalAt } from '../refuse-at.ts';

/** Whether values of one type can be of the other: one inherits from the other. */
export function areRelated(one: StructuredType, other: StructuredType): boolean {
  return isKindOf(one, other) || isKindOf(other, one);
}

/** Refuses a cast to a type that has nothing to do with the one before it, in Graph's words. */
export function checkCast(
  place: Place,
  from: StructuredType,
  to: StructuredType,
  prefix = '',
): void {
  if (areRelated(from, to)) return;
  const reason = `'${to.name}' is not assignable from '${from.name}'.`;
  const message = `${prefix}Encountered invalid type cast. ${reason}`;
  throw refusalAt(place, message, { target: to.name });
}
