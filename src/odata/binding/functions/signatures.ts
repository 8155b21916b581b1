import type { PrimitiveName } from '#model/model.ts';
import type { FunctionName } from '#plan/expression.ts';

/** What a parameter takes: any of the types named, a number, or a collection. */
export type ParameterKind = readonly PrimitiveName[] | 'integer' | 'number' | 'collection';

/** What a canonical function takes and gives; `same` is the promoted type of its argument. */
export interface Signature {
  readonly parameters: readonly ParameterKind[];
  /** How many of the parameters may be left out. */
  readonly optional: number;
  readonly result: PrimitiveName | 'same';
}

const text: ParameterKind = ['Edm.String'];
const day: ParameterKind = ['Edm.Date', 'Edm.DateTimeOffset'];
const clock: ParameterKind = ['Edm.DateTimeOffset', 'Edm.TimeOfDay'];
const instant: ParameterKind = ['Edm.DateTimeOffset'];
// Texts may write a place as literals do, which `cast` reads too.
const anywhere = ['Edm.Geography', 'Edm.Geometry', 'Edm.String'] as const;
const point: ParameterKind = ['Edm.GeographyPoint', 'Edm.GeometryPoint', ...anywhere];
const line: ParameterKind = ['Edm.GeographyLineString', 'Edm.GeometryLineString', ...anywhere];
// The specification has points in polygons; lines and other polygons are looked at just so.
const place: ParameterKind = [
  ...(['Edm.GeographyPolygon', 'Edm.GeometryPolygon'] as const),
  ...new Set([...point, ...line]),
];

function takes(result: Signature['result'], ...parameters: readonly ParameterKind[]): Signature {
  return { parameters, result, optional: 0 };
}

/** The canonical functions (OData URL Conventions 4.01, sections 5.1.1.5 to 5.1.1.11). */
export const signatures: Readonly<Record<FunctionName, Signature>> = {
  concat: takes('Edm.String', text, text),
  contains: takes('Edm.Boolean', text, text),
  endswith: takes('Edm.Boolean', text, text),
  indexof: takes('Edm.Int32', text, text),
  length: takes('Edm.Int32', text),
  startswith: takes('Edm.Boolean', text, text),
  substring: { ...takes('Edm.String', text, 'integer', 'integer'), optional: 1 },
  hassubset: takes('Edm.Boolean', 'collection', 'collection'),
  hassubsequence: takes('Edm.Boolean', 'collection', 'collection'),
  matchespattern: { ...takes('Edm.Boolean', text, text, text), optional: 1 },
  tolower: takes('Edm.String', text),
  toupper: takes('Edm.String', text),
  trim: takes('Edm.String', text),
  date: takes('Edm.Date', instant),
  day: takes('Edm.Int32', day),
  fractionalseconds: takes('Edm.Decimal', clock),
  hour: takes('Edm.Int32', clock),
  maxdatetime: takes('Edm.DateTimeOffset'),
  mindatetime: takes('Edm.DateTimeOffset'),
  minute: takes('Edm.Int32', clock),
  month: takes('Edm.Int32', day),
  now: takes('Edm.DateTimeOffset'),
  second: takes('Edm.Int32', clock),
  time: takes('Edm.TimeOfDay', instant),
  totaloffsetminutes: takes('Edm.Int32', instant),
  totalseconds: takes('Edm.Decimal', ['Edm.Duration']),
  year: takes('Edm.Int32', day),
  ceiling: takes('same', 'number'),
  floor: takes('same', 'number'),
  round: takes('same', 'number'),
  'geo.distance': takes('Edm.Double', point, point),
  'geo.intersects': takes('Edm.Boolean', place, place),
  'geo.length': takes('Edm.Double', line),
};

/** Functions of texts that the specification has for collections too. */
export const forCollections: ReadonlySet<FunctionName> = new Set([
  'concat',
  'contains',
  'endswith',
  'indexof',
  'startswith',
  'substring',
]);
