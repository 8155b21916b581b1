import type { PrimitiveName } from '#model/model.ts';
import { findPrimitive } from '#model/model-primitives.ts';
import type { Value } from '#plan/document.ts';
import type { Literal } from '#plan/expression.ts';
import type { LiteralSyntax, LiteralType } from '../../language/expressions/syntax.ts';
import type { GeoSyntax } from '../../language/literals/geo-syntax.ts';
import type { Binder, Scope, ValueType } from '../binder.ts';
import { findNamedType } from '../paths/find-named-type.ts';
import { refusalAt } from '../refuse-at.ts';
import { readEnum } from './read-enum.ts';
import { edm, nullLiteral } from './value-types.ts';

type TextType = Exclude<
  LiteralType,
  'null' | 'boolean' | 'integer' | 'enum' | 'geography' | 'geometry'
>;

const textTypes: Readonly<Record<TextType, PrimitiveName>> = {
  decimal: 'Edm.Decimal',
  double: 'Edm.Double',
  string: 'Edm.String',
  guid: 'Edm.Guid',
  date: 'Edm.Date',
  dateTimeOffset: 'Edm.DateTimeOffset',
  timeOfDay: 'Edm.TimeOfDay',
  duration: 'Edm.Duration',
  binary: 'Edm.Binary',
};

/** A literal by its own spelling; what it is compared with may give it another type. */
export function bindLiteral(binder: Binder, syntax: LiteralSyntax, scope: Scope): Literal {
  const { type, text, geo } = syntax;
  switch (type) {
    case 'null':
      return nullLiteral();
    case 'boolean':
      return literal(edm('Edm.Boolean'), text === 'true');
    case 'integer':
      return bindInteger(text);
    case 'decimal':
    case 'double':
      return literal(edm(textTypes[type]), numberOf(text));
    case 'enum':
      return bindEnum(binder, syntax, scope);
    case 'geography':
    case 'geometry':
      return bindGeo(type, geo!);
    default:
      return literal(edm(textTypes[type]), text);
  }
}

/** A constant of a type. */
export function literal(type: ValueType, value: Value): Literal {
  return { kind: 'literal', result: { type, collection: false }, value };
}

/** The least type that holds the number. */
function bindInteger(text: string): Literal {
  const number = BigInt(text.startsWith('+') ? text.slice(1) : text);
  const value = Number.isSafeInteger(Number(number)) ? Number(number) : String(number);
  if (BigInt.asIntN(32, number) === number) return literal(edm('Edm.Int32'), value);
  return literal(edm(BigInt.asIntN(64, number) === number ? 'Edm.Int64' : 'Edm.Decimal'), value);
}

/** A JSON number where it says the same as the text, else the text. */
function numberOf(text: string): number | string {
  const plain = text.startsWith('+') ? text.slice(1) : text;
  const digits = plain
    .replace(/[eE].*$/, '')
    .replaceAll(/\D/g, '')
    .replace(/^0+/, '');
  const number = Number(plain);
  return digits.length <= 15 && Number.isFinite(number) ? number : plain;
}

function bindEnum(binder: Binder, { at, text, enumType }: LiteralSyntax, scope: Scope): Literal {
  const place = { option: scope.option, at };
  const type = findNamedType(binder.model, enumType!);
  if (type?.kind !== 'enum') {
    throw refusalAt(place, `The type '${enumType}' is not an enumeration of this service.`);
  }
  const value = readEnum(type, text);
  if (value !== undefined) return literal(type, value);
  throw refusalAt(place, `The string '${text}' is not a valid enumeration type constant.`);
}

/** A place as GeoJSON, its coordinate system as OData writes it (OData JSON 4.01, section 7.1). */
function bindGeo(kind: 'geography' | 'geometry', { srid, shape }: GeoSyntax): Literal {
  const prefix = kind === 'geography' ? 'Edm.Geography' : 'Edm.Geometry';
  const type = findPrimitive(`${prefix}${shape.type.replace('Geometry', '')}`);
  const crs = { type: 'name', properties: { name: `EPSG:${srid}` } };
  return literal(type ?? edm(prefix), { ...(structuredClone(shape) as object), crs });
}
