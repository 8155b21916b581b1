import {
  type AnnotationObject,
  type Annotations,
  type AnnotationValue,
  isAnnotationObject,
  taggedConstants,
} from '#model/schema-annotations.ts';
import type { JsonValue } from '../json.ts';
import type { CsdlNames } from './csdl-names.ts';

const CONSTANTS = new Set<string>(taggedConstants);
const NUMBERS = new Set(['Decimal', 'Float', 'Int']);

/**
 * The annotations of an element as members of its object, behind `prefix`: the name of an
 * enumeration member, for instance (OData CSDL JSON 4.01, section 14.2).
 */
export function encodeJsonAnnotations(
  annotations: Annotations,
  names: CsdlNames,
  prefix = '',
): Record<string, JsonValue> {
  const members = Object.entries(annotations).map(([key, value]) => [
    `${prefix}@${shortenKey(key, names)}`,
    encodeValue(value, names),
  ]);
  return Object.fromEntries(members) as Record<string, JsonValue>;
}

/** `Org.OData.Core.V1.X#Q@a.B` with short namespaces. */
function shortenKey(key: string, names: CsdlNames): string {
  return key
    .split('@')
    .map((term) => {
      const [name = '', ...qualifier] = term.split('#');
      return [names.shorten(name), ...qualifier].join('#');
    })
    .join('@');
}

/** What stands right under an annotation or a record's member. */
function encodeValue(value: AnnotationValue, names: CsdlNames): JsonValue {
  if (isAnnotationObject(value) && typeof value.$EnumMember === 'string') {
    return memberNames(value.$EnumMember);
  }
  return encodeExpression(value, names);
}

function encodeExpression(value: AnnotationValue, names: CsdlNames): JsonValue {
  if (Array.isArray(value)) {
    return (value as readonly AnnotationValue[]).map((each) => encodeExpression(each, names));
  }
  if (!isAnnotationObject(value)) return value as JsonValue;
  const [first = ''] = Object.keys(value);
  return first.startsWith('$')
    ? encodeOperator(first.slice(1), value, names)
    : encodeRecord(value, names);
}

function encodeOperator(name: string, object: AnnotationObject, names: CsdlNames): JsonValue {
  const operand = object[`$${name}`] ?? null;
  if (typeof operand === 'string' && CONSTANTS.has(name)) {
    if (name === 'EnumMember') return castMember(operand, names);
    if (name.endsWith('Path')) return names.shortenPath(operand);
    return NUMBERS.has(name) && !Number.isNaN(Number(operand)) ? Number(operand) : operand;
  }
  const members = Object.entries(object).map(([key, value]) => {
    if (key.startsWith('@'))
      return [`@${shortenKey(key.slice(1), names)}`, encodeValue(value, names)];
    const isName = ['$Path', '$Type', '$LabeledElementReference'].includes(key);
    if (isName) return [key, names.shortenPath(String(value))];
    return [key, encodeExpression(value, names)];
  });
  return Object.fromEntries(members) as JsonValue;
}

function encodeRecord(record: AnnotationObject, names: CsdlNames): JsonValue {
  const members = Object.entries(record).map(([key, value]) => {
    if (key === '@type' && typeof value === 'string') {
      const short = names.shorten(value);
      return [key, `${names.uriOf(value)}#${short}`];
    }
    const [name = '', ...terms] = key.split('@');
    if (terms.length === 0) return [key, encodeValue(value, names)];
    return [`${name}@${shortenKey(terms.join('@'), names)}`, encodeValue(value, names)];
  });
  return Object.fromEntries(members) as JsonValue;
}

/** `Read,Write` for `Core.Permission/Read Core.Permission/Write`. */
function memberNames(text: string): string {
  return text
    .split(/\s+/)
    .map((member) => member.slice(member.indexOf('/') + 1))
    .join(',');
}

/** Where no term says the type of an enumeration member, a cast does. */
function castMember(text: string, names: CsdlNames): JsonValue {
  const type = text.slice(0, text.indexOf('/'));
  return { $Cast: memberNames(text), $Type: names.shorten(type) };
}
