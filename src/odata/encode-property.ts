import type { Property, PropertyType } from '#model/model.ts';
import type { Expanded } from '#plan/answer.ts';
import type { Value } from '#plan/document.ts';
import { addExpanded, type EncodeOptions, encodeContext, encodePage } from './encode-entity.ts';
import { encodeValue, type JsonObject, typeControl } from './encode-members.ts';
import { controlPrefix } from './json-format.ts';

/** The value of a property, or of an operation, and what its context URL says. */
export interface ShownValue {
  readonly context: string;
  readonly type: PropertyType;
  /** One value, or a page of a collection. */
  readonly value: Exclude<Value, null>;
  readonly count?: number | undefined;
  /** What is shown inline, behind the way to it inside the value. */
  readonly expanded?: readonly Expanded[];
}

/**
 * The JSON text of a value (OData JSON 4.01, section 11): a complex value as an object, any other
 * one and a collection under `value`.
 */
export function encodeProperty(
  answer: ShownValue,
  options: EncodeOptions,
  nextLink?: string,
): string {
  const { type, value, context, expanded = [] } = answer;
  const { format } = options;
  if (Array.isArray(value)) {
    const members = value.map((each) => encodeValue(type, each, options));
    for (const each of expanded) addExpanded(members as unknown as JsonObject, each, options);
    const texts = members.map((each) => JSON.stringify(each));
    return encodePage(answer, texts, { ...options, nextLink });
  }
  const encoded = encodeValue(type, value, options);
  for (const each of expanded) addExpanded(encoded as JsonObject, each, options);
  const head = encodeContext(context, options);
  if (type.kind === 'complex') {
    const members = JSON.stringify(encoded as JsonObject).slice(1, -1);
    return members === '' ? `{${head.slice(0, -1)}}` : `{${head}${members}}`;
  }
  const told = format.metadata === 'full' ? typeControl(type, value, format) : undefined;
  const control =
    told === undefined ? '' : `"${controlPrefix(format)}type":${JSON.stringify(told)},`;
  return `{${head}${control}"value":${JSON.stringify(encoded)}}`;
}

/** A value as it is sent alone (OData Protocol 4.01, section 11.2.4.1). */
export interface RawValue {
  readonly contentType: string;
  readonly body: string | Buffer;
}

/** The raw form of a primitive value: bytes of a binary one, text of any other. */
export function encodeRaw({ type }: Pick<Property, 'type'>, value: Value): RawValue {
  if (type.name === 'Edm.Binary') {
    const body = Buffer.from(String(value), 'base64url');
    return { contentType: 'application/octet-stream', body };
  }
  const isPlace = typeof value === 'object' && value !== null;
  return {
    contentType: 'text/plain;charset=utf-8',
    body: isPlace ? JSON.stringify(value) : String(value),
  };
}
