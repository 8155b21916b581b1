import { Refusal } from '#errors.ts';
import type { EnumType, Property } from '#model/model.ts';
import type { Value } from '#plan/document.ts';
import { decodePrimitive, ExactNumber } from './decode-primitive.ts';

/** Where in the body a value stands, for refusals: `passwordProfile/password`. */
export interface Position {
  readonly path: string;
  /** Local name of the entity's type, as Graph names it in messages. */
  readonly resource: string;
  /** How many objects and collections it stands in. */
  readonly depth: number;
}

/** How deep a body nests at most; each level is a level of recursion. */
const DEPTH_MAX = 64;
/** A simple identifier (OData CSDL 4.01, section 15.2). */
const IDENTIFIER = /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}\p{Cf}]{0,127}$/u;

/**
 * One value of a property's primitive or enumeration type, in the form in which documents hold it.
 * Refuses what is of another type, or beyond what the property allows.
 */
export function decodeScalar(property: Property, value: unknown, position: Position): Value {
  const { type, maxLength, allowed } = property;
  if (type.kind === 'enum') return decodeEnum(type, value, position);
  if (type.kind !== 'primitive') throw invalid(position);
  const decoded = decodePrimitive(type.name, value);
  if (decoded === undefined) throw invalid(position);
  if (maxLength !== undefined && lengthOf(decoded, type.name) > maxLength) {
    const unit = type.name === 'Edm.Binary' ? 'bytes' : 'characters';
    throw invalid(position, `The value is longer than ${maxLength} ${unit}.`);
  }
  if (type.name === 'Edm.Decimal') checkDecimal(property, String(decoded), position);
  if (allowed && !allowed.includes(decoded as string | number)) {
    throw invalid(position, `The value must be one of ${allowed.join(', ')}.`);
  }
  return decoded;
}

/** The value of a member that an open type does not declare: any JSON but lone surrogates. */
export function decodeUndeclared(value: unknown, position: Position): Value {
  if (typeof value === 'string' && !value.isWellFormed()) throw invalid(position);
  if (value instanceof ExactNumber) return Number(value.text);
  if (typeof value !== 'object' || value === null) return value as Value;
  if (Array.isArray(value)) {
    const element = deeper(position);
    return value.map((each: unknown) => decodeUndeclared(each, element));
  }
  const members = Object.entries(value).map(([name, each]) => {
    const isNamed = name.includes('@') || isIdentifier(name);
    if (!isNamed) throw invalid(inside(position, name), `'${name}' is no name of a member.`);
    return [name, decodeUndeclared(each, inside(position, name))] as const;
  });
  return Object.fromEntries(members);
}

/** Whether a name can be that of a member; one stands for something else in every object. */
export function isIdentifier(name: string): boolean {
  return IDENTIFIER.test(name) && name !== '__proto__';
}

/** The position of a member. */
export function inside(position: Position, name: string): Position {
  const { path, resource, depth } = position;
  const inner = path === '' ? name : `${path}/${name}`;
  return { path: inner, resource, depth: checkedDepth(depth + 1) };
}

/** One level further in. Refuses a body that nests too deep. */
export function deeper(position: Position): Position {
  const { path, resource, depth } = position;
  return { path, resource, depth: checkedDepth(depth + 1) };
}

function checkedDepth(depth: number): number {
  if (depth <= DEPTH_MAX) return depth;
  const message = `The request body is nested more than ${DEPTH_MAX} levels deep.`;
  throw new Refusal('malformedRequest', message);
}

/** Graph's refusal of a value that does not fit its property, with the reason as a detail. */
export function invalid(position: Position, reason?: string): Refusal {
  const { path, resource } = position;
  const message = `Invalid value specified for property '${path}' of resource '${resource}'.`;
  const details = [{ code: 'InvalidValue', message: reason ?? message, target: path }];
  return new Refusal('badRequest', message, { target: path, details });
}

/** Member names, separated by commas for flags; numbers stand for the member that has them. */
function decodeEnum(type: EnumType, value: unknown, position: Position): string {
  if (typeof value !== 'string' || !value.isWellFormed()) throw invalid(position);
  if (type.acceptsAnyString) return value;
  const parts = type.flags ? value.split(',').map((part) => part.trim()) : [value];
  return parts.map((part) => decodeMember(type, part, position)).join(',');
}

function decodeMember(type: EnumType, part: string, position: Position): string {
  if (type.members.has(part)) return part;
  for (const [name, number] of type.members) if (String(number) === part) return name;
  const names = type.flags && /^\d+$/.test(part) ? flagsOf(type, BigInt(part)) : undefined;
  if (names) return names;
  throw invalid(position, `The value must be one of ${[...type.members.keys()].join(', ')}.`);
}

/** The members whose flags make up a number, if some do. */
function flagsOf(type: EnumType, number: bigint): string | undefined {
  let rest = number;
  const names: string[] = [];
  for (const [name, value] of type.members) {
    const flag = BigInt(value);
    if (flag <= 0n || (number & flag) !== flag || (rest & flag) === 0n) continue;
    names.push(name);
    rest &= ~flag;
  }
  return rest === 0n && names.length > 0 ? names.join(',') : undefined;
}

function lengthOf(value: Value, type: string): number {
  if (typeof value !== 'string') return 0;
  return type === 'Edm.Binary' ? Buffer.byteLength(value, 'base64url') : value.length;
}

/** Digits in all, and behind the point (OData CSDL 4.01, sections 7.2.3 and 7.2.4). */
function checkDecimal({ precision, scale }: Property, text: string, position: Position): void {
  if (/e/i.test(text)) return;
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const front = whole.replace(/^0+/, '').length;
  const digits = front + fraction.replace(/0+$/, '').length;
  if (typeof scale === 'number' && fraction.replace(/0+$/, '').length > scale) {
    throw invalid(position, `The value has more than ${scale} digits behind the point.`);
  }
  if (precision === undefined) return;
  if (digits > precision) throw invalid(position, `The value has more than ${precision} digits.`);
  const most = typeof scale === 'number' ? precision - scale : precision;
  if (front <= most) return;
  throw invalid(position, `The value has more than ${most} digits in front of the point.`);
}
