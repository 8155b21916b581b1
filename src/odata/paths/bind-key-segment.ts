import type { KeyPart, PropertyType, StructuredType } from '#model/model.ts';
import type { Value } from '#plan/document.ts';
import { canonicalKeyValue, typeAt } from '#plan/key-text.ts';
import { readEnum } from '../binding/operands/read-enum.ts';
import { isPrimitive } from '../decode-primitive.ts';

const NUMBER = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/**
 * The value of a key's part that a segment of its own writes: as in parentheses, but texts without
 * quotes, enum members and durations without a prefix (OData URL Conventions 4.01, section 4.3.6).
 * Undefined for a text that is no such value.
 */
export function bindKeySegment(
  type: StructuredType,
  { path }: KeyPart,
  text: string,
): Value | undefined {
  const wanted = typeAt(type, path);
  const value = readValue(wanted, text);
  return value === undefined ? undefined : canonicalKeyValue(wanted, value);
}

function readValue(type: PropertyType | undefined, text: string): Value | undefined {
  if (type?.kind === 'enum') return readEnum(type, text);
  if (type?.kind !== 'primitive') return undefined;
  if (type.name === 'Edm.Boolean') return readBoolean(text);
  const number = NUMBER.test(text) ? Number(text) : undefined;
  if (number !== undefined && isPrimitive(type.name, number)) return number;
  return isPrimitive(type.name, text) ? text : undefined;
}

function readBoolean(text: string): boolean | undefined {
  return text === 'true' || text === 'false' ? text === 'true' : undefined;
}
