import {
  findType,
  isKindOf,
  type Model,
  type Property,
  type PropertyType,
  type StructuredType,
} from '#model/model.ts';
import { type Document, emptyValue, TYPE, type Value } from '#plan/document.ts';
import { controlPrefix, type JsonFormat } from './json-format.ts';

declare global {
  interface JSON {
    /** A value that is written as the text stands (TC39, JSON.parse source text access). */
    rawJSON(text: string): object;
  }
}

/** A JSON object before it is written; its members may be raw JSON. */
export type JsonObject = Record<string, unknown>;

/** How values are written. */
export interface Notation {
  readonly model: Model;
  readonly format: JsonFormat;
  /** Whether every typed object names its type, as the contract's pages show. */
  readonly annotated: boolean;
  /** What URLs of the service begin with. */
  readonly serviceRoot?: string;
}

/** What is shown of a structured value. */
export interface ShownMembers {
  readonly type: StructuredType;
  readonly members: Document;
  readonly names: Iterable<string>;
  /** Types of members that the type does not declare. */
  readonly computed?: ReadonlyMap<string, PropertyType> | undefined;
}

const EXACT = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const NOT_FINITE = new Set<unknown>(['INF', '-INF', 'NaN']);

/**
 * The members of an entity or complex value as JSON carries them (OData JSON 4.01, sections 6 and
 * 7), each behind the control information that belongs to it.
 */
export function encodeMembers(shown: ShownMembers, notation: Notation): JsonObject {
  const { type, members, names, computed } = shown;
  const { format } = notation;
  const result: JsonObject = {};
  for (const name of names) {
    const property = type.properties.get(name);
    const value = members[name];
    if (!property) encodeUndeclared(result, { name, value, type: computed?.get(name) }, notation);
    else if (property.type.name !== 'Edm.Stream') {
      const held = value === undefined ? emptyValue(property) : value;
      if (format.omits && isOmitted(property, held, format.omits)) continue;
      if (format.metadata === 'full') annotate(result, { name, value: held, of: property }, format);
      const encoded = encodeValue(property.type, held, notation);
      result[name] = property.isUrl ? encodeUrl(encoded, notation) : encoded;
    }
  }
  return result;
}

/** The path of something that the service itself has, behind its root. */
const OWN_PATH = /^\w+\('[^']*'\)\//;

/** A URL; what Kith says of something of its own is behind the root that is asked. */
function encodeUrl(value: unknown, { model, serviceRoot }: Notation): unknown {
  const isOwn = typeof value === 'string' && !model.isForeign && OWN_PATH.test(value);
  return isOwn && serviceRoot !== undefined ? `${serviceRoot}/${encodeURI(value)}` : value;
}

/** A value, or a collection of values, of a declared type. */
export function encodeValue(type: PropertyType, value: Value, notation: Notation): unknown {
  if (value === null) return value;
  if (Array.isArray(value)) return value.map((each) => encodeValue(type, each, notation));
  if (type.kind === 'complex') return encodeComplex(type, value as Document, notation);
  const isExact = type.name === 'Edm.Int64' || type.name === 'Edm.Decimal';
  return isExact ? encodeExact(value, notation.format) : value;
}

/** What is said of a value's type where JSON does not tell it; undefined where it does (4.6.3). */
export function typeControl(
  type: PropertyType,
  value: Value,
  { version }: Pick<JsonFormat, 'version'>,
): string | undefined {
  const isCollection = Array.isArray(value);
  if (value === null || (!isCollection && isTold(type, value))) return undefined;
  const isBuiltIn = type.kind === 'primitive';
  const name = isBuiltIn ? type.name.slice('Edm.'.length) : type.name;
  const whole = isCollection ? `Collection(${name})` : name;
  return isBuiltIn && version === '4.01' ? whole : `#${whole}`;
}

function isTold(type: PropertyType, value: Value): boolean {
  // A complex value names its type itself.
  if (type.kind === 'complex') return true;
  if (type.name === 'Edm.Double') return !Number.isInteger(value) && !NOT_FINITE.has(value);
  return ['Edm.Boolean', 'Edm.Int32', 'Edm.String', 'Edm.Untyped'].includes(type.name);
}

function annotate(
  result: JsonObject,
  { name, value, of }: { name: string; value: Value; of: Property },
  format: JsonFormat,
): void {
  const control = typeControl(of.type, value, format);
  if (control !== undefined) result[`${name}${controlPrefix(format)}type`] = control;
}

/** What an open type holds, or `$compute` adds, or control information of a member. */
function encodeUndeclared(
  result: JsonObject,
  { name, value, type }: { name: string; value: Value | undefined; type: PropertyType | undefined },
  notation: Notation,
): void {
  const { format } = notation;
  if (value === undefined || (value === null && format.omits)) return;
  const control = name.indexOf('@odata.');
  if (control >= 0) {
    const isType = name.endsWith(TYPE);
    if (isType && format.metadata === 'none') return;
    const prefix = controlPrefix(format);
    const isBuiltIn = isType && /^#(?:Collection\()?\w+\)?$/.test(String(value));
    const said = isBuiltIn && format.version === '4.01' ? String(value).slice(1) : value;
    result[name.slice(0, control) + prefix + name.slice(control + '@odata.'.length)] = said;
    return;
  }
  if (!type) {
    result[name] = encodeDynamic(value, notation);
    return;
  }
  const written = format.metadata === 'none' ? undefined : typeControl(type, value, format);
  if (written !== undefined) result[`${name}${controlPrefix(format)}type`] = written;
  result[name] = encodeValue(type, value, notation);
}

function encodeDynamic(value: Value, notation: Notation): unknown {
  if (Array.isArray(value)) return value.map((each) => encodeDynamic(each, notation));
  if (value === null || typeof value !== 'object') return value;
  const type = namedComplex(notation.model, value);
  if (type) return { ...typeOf(type, notation), ...memberwise(type, value, notation) };
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, encodeDynamic(each ?? null, notation)]),
  );
}

function encodeComplex(declared: StructuredType, value: Document, notation: Notation): JsonObject {
  const { annotated, format } = notation;
  const named = value[TYPE];
  const other = named === declared.name ? undefined : namedComplex(notation.model, value);
  // At a root where the declared type is another one, a value is of that.
  const isDerived = other !== undefined && other !== declared && isKindOf(other, declared);
  const type = isDerived ? other : declared;
  const members = memberwise(type, value, notation);
  if (format.metadata === 'none') return members;
  const prefix = controlPrefix(format);
  // As documents have it, and as the contract's pages show it.
  if (annotated && format.metadata === 'minimal') {
    return typeof named === 'string' ? { [`${prefix}type`]: named, ...members } : members;
  }
  const isNamed = isDerived || format.metadata === 'full';
  return isNamed ? { [`${prefix}type`]: `#${type.name}`, ...members } : members;
}

function typeOf({ name }: StructuredType, { format }: Notation): JsonObject {
  return format.metadata === 'none' ? {} : { [`${controlPrefix(format)}type`]: `#${name}` };
}

/**
 * The members that a complex value has; those that are absent stay so, and those that only another
 * root declares are not shown.
 */
function memberwise(type: StructuredType, value: Document, notation: Notation): JsonObject {
  const names = Object.keys(value).filter((name) => {
    const isDeclared = type.properties.has(name) || type.navigation.has(name);
    const isShown = type.open || isDeclared || name.includes('@');
    return name !== TYPE && value[name] !== undefined && isShown;
  });
  return encodeMembers({ type, members: value, names }, notation);
}

function namedComplex(model: Model, value: Document): StructuredType | undefined {
  const type = typeof value[TYPE] === 'string' ? findType(model, value[TYPE]) : undefined;
  return type?.kind === 'complex' ? type : undefined;
}

/** The digits as they are kept: as a string, or as a number that no double has rounded. */
function encodeExact(value: Value, { isIeee754Compatible }: JsonFormat): unknown {
  const text = String(value);
  if (isIeee754Compatible || !EXACT.test(text)) return text;
  return typeof value === 'number' ? value : JSON.rawJSON(text);
}

function isOmitted(property: Property, value: Value, omits: 'nulls' | 'defaults'): boolean {
  if (omits === 'nulls') return value === null;
  const { initial } = property;
  return initial === undefined ? value === null : value === initial;
}
