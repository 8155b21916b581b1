import { isUtf8 } from 'node:buffer';
import { Refusal } from '#errors.ts';
import type { EntityType, Model, Property, StructuredType } from '#model/model.ts';
import type { Change, MemberChange } from '#plan/change.ts';
import type { PropertyEnding } from '#plan/target.ts';
import { decodeMember } from './decode-change.ts';
import { parsePrimitive } from './decode-primitive.ts';

/** What a request sends for a property. */
export type PropertyBody =
  | { readonly kind: 'json'; readonly method: 'PUT' | 'PATCH' | 'POST'; readonly body: unknown }
  /** Behind `$value`. */
  | { readonly kind: 'raw'; readonly bytes: Uint8Array; readonly contentType: string }
  /** A DELETE. */
  | { readonly kind: 'nothing' };

/**
 * What a request to a property changes of its entity (OData Protocol 4.01, section 11.4.9): PUT
 * gives it another value, PATCH merges into a complex one, POST adds to a collection, DELETE leaves
 * null or nothing behind. Refuses with 400 values that do not fit, and with 415 other media types.
 */
export function decodeProperty(
  model: Model,
  type: EntityType,
  ending: PropertyEnding,
  sent: PropertyBody,
): Change {
  const { path, casts = [] } = ending;
  const last = path.at(-1)!;
  let member = changeOf(model, { type, property: last }, sent);
  for (let at = path.length - 2; at >= 0; at -= 1) {
    const property = path[at]!;
    const cast = casts.find(({ behind }) => behind === at + 1)?.type;
    const inside = cast ?? (property.type as StructuredType);
    const change = makeChange(inside, path[at + 1]!.name, member);
    member = { property, kind: 'merge', change };
  }
  return makeChange(type, path[0]!.name, member);
}

function changeOf(
  model: Model,
  { type, property }: { type: EntityType; property: Property },
  sent: PropertyBody,
): MemberChange {
  if (sent.kind === 'nothing') {
    return decodeMember(model, type, property, property.collection ? [] : null);
  }
  if (sent.kind === 'raw') return decodeMember(model, type, property, decodeRaw(property, sent));
  const { method, body } = sent;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Refusal('malformedRequest', 'The request body must be a JSON object.');
  }
  const value = sentValue(property, body);
  if (method === 'POST') {
    const values = Array.isArray(value) ? value : [value];
    const member = decodeMember(model, type, property, values);
    if (member.kind !== 'value') throw new Error('A collection is a value.');
    const { inside } = member;
    return { property, kind: 'append', values: member.value as [], inside };
  }
  const member = decodeMember(model, type, property, value);
  if (method === 'PATCH' || member.kind !== 'merge') return member;
  return { ...member, isWhole: true };
}

/** What the body holds as `value`; a complex value may be the body itself. */
function sentValue({ name, type }: Property, body: object): unknown {
  const isComplex = type.kind === 'complex';
  const hasValue = Object.hasOwn(body, 'value');
  if (isComplex && !(hasValue && !type.properties.has('value'))) return body;
  if (hasValue) return (body as { value: unknown }).value;
  const message = `The request body holds the value of '${name}' as 'value'.`;
  throw new Refusal('malformedRequest', message, { target: name });
}

function decodeRaw(
  property: Property,
  { bytes, contentType }: Extract<PropertyBody, { kind: 'raw' }>,
): unknown {
  const { type, name } = property;
  if (type.kind === 'primitive' && type.name === 'Edm.Binary') {
    return Buffer.from(bytes).toString('base64url');
  }
  if (!/^text\/plain\s*(;|$)/i.test(contentType)) {
    const message = `The Content-Type '${contentType}' is not supported; send text/plain.`;
    throw new Refusal('unsupportedMediaType', message, { target: 'Content-Type' });
  }
  const text = isUtf8(bytes) ? Buffer.from(bytes).toString('utf8') : undefined;
  const value =
    text !== undefined && type.kind === 'primitive' ? parsePrimitive(type.name, text) : text;
  if (value !== undefined) return value;
  throw new Refusal('badRequest', `The text is no value of '${name}'.`, { target: name });
}

function makeChange(type: StructuredType, name: string, member: MemberChange): Change {
  const members = new Map([[name, member]]);
  return { type, isTyped: false, members, undeclared: new Map(), related: new Map() };
}
