import { isGuid } from '#ids.ts';
import type { PrimitiveName } from '#model/model.ts';
import { type SpatialName, spatialNames } from '#model/model-primitives.ts';
import { instantTicks } from '#plan/compare.ts';
import type { Value } from '#plan/document.ts';

/** A number of a body with more digits than a JavaScript number keeps. */
export class ExactNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Check = (value: unknown) => boolean;

const DATE = /^\d{4}-(\d\d)-(\d\d)$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,12})?)?$/;
/** The form in which nearly all instants come, of days that every month of every year has. */
const UTC =
  /^[12]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,12})?Z$/;
const INSTANT_ZONE = /^[+-](?:0\d|1[0-4]):[0-5]\d$/;
const DURATION = /^-?P(?=\d|T\d)(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/;
const DECIMAL = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;
/** base64url, and the alphabet of RFC 4648, section 4, in which most clients write binary values. */
const BINARY = /^(?:[\w+/-]{4})*(?:[\w+/-]{2}(?:==)?|[\w+/-]{3}=?)?$/;
const NOT_FINITE = new Set(['INF', '-INF', 'NaN']);
const INT64_MAX = 2n ** 63n;

/** Whether a JSON value is one of the primitive type (OData JSON 4.01, section 7.1). */
export function isPrimitive(name: PrimitiveName, value: unknown): boolean {
  return checks[name](value);
}

/**
 * A JSON value of the primitive type in the form in which documents hold it: large integers and
 * decimals that come as text are numbers where a number says the same, binary values base64url.
 * Undefined for what is no value of the type.
 */
export function decodePrimitive(name: PrimitiveName, value: unknown): Value | undefined {
  if (value instanceof ExactNumber) {
    const isExact = name === 'Edm.Int64' || name === 'Edm.Decimal';
    return decodePrimitive(name, isExact ? value.text : Number(value.text));
  }
  if (!isPrimitive(name, value)) return undefined;
  if (typeof value !== 'string') return value as Value;
  if (name === 'Edm.Int64') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }
  if (name === 'Edm.Binary') return value.replaceAll('+', '-').replaceAll('/', '_');
  if (name === 'Edm.Decimal') return String(Number(value)) === value ? Number(value) : value;
  return value;
}

/**
 * The value of the type that a text means: in a URL's key, or behind `/$value` (RFC 9110 leaves
 * the form to the type; OData ABNF 4.01 has it). Undefined for what is no value of the type.
 */
export function parsePrimitive(name: PrimitiveName, text: string): Value | undefined {
  if (name === 'Edm.Boolean') {
    const word = text.toLowerCase();
    return word === 'true' || word === 'false' ? word === 'true' : undefined;
  }
  if (isNumeric.has(name) && !NOT_FINITE.has(text)) {
    if (!DECIMAL.test(text)) return undefined;
    const isExact = name === 'Edm.Int64' || name === 'Edm.Decimal';
    return decodePrimitive(name, isExact ? text : Number(text));
  }
  return decodePrimitive(name, text);
}

const isNumeric: ReadonlySet<PrimitiveName> = new Set([
  'Edm.Byte',
  'Edm.Decimal',
  'Edm.Double',
  'Edm.Int16',
  'Edm.Int32',
  'Edm.Int64',
  'Edm.SByte',
  'Edm.Single',
]);

const spatialChecks = Object.fromEntries(
  spatialNames.map((name) => [name, (value: unknown) => isPlace(name, value)]),
) as Record<SpatialName, Check>;

const checks: Readonly<Record<PrimitiveName, Check>> = {
  'Edm.Binary': (value) => typeof value === 'string' && BINARY.test(value),
  'Edm.Boolean': (value) => typeof value === 'boolean',
  'Edm.Byte': integerBetween(0, 255),
  'Edm.Date': (value) => typeof value === 'string' && isDate(value),
  'Edm.DateTimeOffset': (value) => typeof value === 'string' && isInstant(value),
  'Edm.Decimal': (value) => Number.isFinite(value) || isText(value, DECIMAL),
  'Edm.Double': isFloat,
  'Edm.Duration': (value) => isText(value, DURATION),
  'Edm.Guid': (value) => typeof value === 'string' && isGuid(value),
  'Edm.Int16': integerBetween(-(2 ** 15), 2 ** 15 - 1),
  'Edm.Int32': integerBetween(-(2 ** 31), 2 ** 31 - 1),
  'Edm.Int64': isInt64,
  'Edm.SByte': integerBetween(-128, 127),
  'Edm.Single': isFloat,
  'Edm.Stream': () => false,
  // A lone surrogate has no UTF-8 form, so it could neither be stored nor sent.
  'Edm.String': (value) => typeof value === 'string' && value.isWellFormed(),
  'Edm.TimeOfDay': (value) => isText(value, TIME),
  ...spatialChecks,
  'Edm.PrimitiveType': (value) => ['boolean', 'number', 'string'].includes(typeof value),
  'Edm.Untyped': () => true,
};

/** A GeoJSON geometry of the kind that the type names; any geometry for the abstract types. */
function isPlace(name: SpatialName, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { type, coordinates, geometries } = value as Readonly<Record<string, unknown>>;
  const kind = name.replace(/^Edm\.Geo(graphy|metry)/, '');
  if (kind !== '' && type !== kind.replace(/^Collection$/, 'GeometryCollection')) return false;
  if (typeof type !== 'string') return false;
  return Array.isArray(type === 'GeometryCollection' ? geometries : coordinates);
}

function integerBetween(least: number, greatest: number): Check {
  return (value) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= greatest;
}

function isInt64(value: unknown): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  if (!isText(value, /^-?\d{1,19}$/)) return false;
  const number = BigInt(value as string);
  return number >= -INT64_MAX && number < INT64_MAX;
}

function isFloat(value: unknown): boolean {
  return Number.isFinite(value) || (typeof value === 'string' && NOT_FINITE.has(value));
}

function isText(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value);
}

function isDate(text: string): boolean {
  const match = DATE.exec(text);
  if (!match) return false;
  const year = Number(text.slice(0, text.length - 6));
  const month = Number(match[1]);
  const day = Number(match[2]);
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

function isInstant(text: string): boolean {
  if (UTC.test(text)) return true;
  const at = text.search(/[Tt]/);
  if (at < 0 || instantTicks(text) === null) return false;
  const zone = /[Zz]$/.test(text) ? '' : text.slice(-6);
  const time = text.slice(at + 1, text.length - (zone === '' ? 1 : 6));
  return isDate(text.slice(0, at)) && TIME.test(time) && (zone === '' || INSTANT_ZONE.test(zone));
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
