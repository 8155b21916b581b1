import { Refusal, type RefusalDetail } from '#errors.ts';
import { type EntityType, localName } from '#model/model.ts';

/** The name by which Graph's errors call a type: `User`. */
export function resourceName(type: EntityType): string {
  const name = localName(type.name);
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** Refuses a query that advanced queries answer, and says what is missing. */
export function needsAdvanced(target: string, advice: RefusalDetail): Refusal {
  return new Refusal('unsupportedQuery', 'Unsupported Query.', { target, details: [advice] });
}

/** Refuses a property with an operator that it does not support, or not in such a query. */
export function notFilterable(type: EntityType, property: string, detail: RefusalDetail): Refusal {
  const what = 'Unsupported or invalid query filter clause specified for property';
  const message = `${what} '${property}' of resource '${resourceName(type)}'.`;
  return new Refusal('unsupportedQuery', message, { target: property, details: [detail] });
}

/** Refuses an operator or function that directory objects do not have at all. */
export function noOperator(name: string): Refusal {
  const operator = name.charAt(0).toUpperCase() + name.slice(1);
  const message = `Filter operator '${operator}' is not supported.`;
  const detail = 'Directory objects have eq, ne, ge, le, in, not, startswith, endswith and any.';
  return new Refusal('unsupportedQuery', message, {
    target: '$filter',
    details: [{ code: 'OperatorNotSupported', message: detail }],
  });
}

/** Refuses a filter of a form that directory objects do not have. */
export function noClause(type: EntityType): Refusal {
  const what = 'Unsupported or invalid query filter clause specified for resource';
  const detail = 'A clause compares one property with a constant.';
  return new Refusal('unsupportedQuery', `${what} '${resourceName(type)}'.`, {
    target: '$filter',
    details: [{ code: 'ClauseNotSupported', message: detail }],
  });
}

/** Refuses a query option with Graph's sentence, and says beside it what to do. */
export function refuseOption(option: string, message: string, advice: string): Refusal {
  return new Refusal('unsupportedQuery', message, {
    target: option,
    details: [{ code: 'OptionNotSupported', message: advice, target: option }],
  });
}
