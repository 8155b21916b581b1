import { type Document, TYPE, type Value } from '#plan/document.ts';
import { invalidValue } from './refuse-values.ts';

/** The type of a set of custom security attributes, as Graph's answers name it. */
const SET = '#microsoft.graph.customSecurityAttributeValue';

/**
 * Custom security attributes as they are kept: an attribute goes with null or with an empty
 * collection (Graph's "Assign, update, list, or remove custom security attribute assignments"), a
 * set with its last attribute; null where nothing is left. Refuses a set that is none.
 */
export function withoutEmptySets(attributes: Document): Document | null {
  const kept: Document = {};
  const sets = Object.entries(attributes).filter(([name]) => name !== TYPE);
  for (const [name, set] of sets) {
    if (set === null || set === undefined || name.includes('@')) continue;
    if (!isSet(set)) {
      const why = `'${name}' is a set of attributes: an object.`;
      throw invalidValue('User', 'customSecurityAttributes', why);
    }
    const left = withoutEmptyValues(set);
    if (left !== undefined) kept[name] = left;
  }
  if (Object.keys(kept).length === 0) return null;
  const type = attributes[TYPE];
  return type === undefined ? kept : { [TYPE]: type, ...kept };
}

function withoutEmptyValues(set: Document): Document | undefined {
  const left: Document = { [TYPE]: SET };
  for (const [name, value] of Object.entries(set)) {
    const isNothing = value === null || (Array.isArray(value) && value.length === 0);
    if (isNothing || value === undefined || name.includes('@')) continue;
    const type = set[`${name}${TYPE}`];
    if (type !== undefined) left[`${name}${TYPE}`] = type;
    left[name] = value;
  }
  return Object.keys(left).length === 1 ? undefined : left;
}

function isSet(value: Value): value is Document {
  return typeof value === 'object' && !Array.isArray(value);
}
