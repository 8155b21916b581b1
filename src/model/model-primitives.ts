export const spatialNames = [
  'Edm.Geography',
  'Edm.GeographyPoint',
  'Edm.GeographyLineString',
  'Edm.GeographyPolygon',
  'Edm.GeographyMultiPoint',
  'Edm.GeographyMultiLineString',
  'Edm.GeographyMultiPolygon',
  'Edm.GeographyCollection',
  'Edm.Geometry',
  'Edm.GeometryPoint',
  'Edm.GeometryLineString',
  'Edm.GeometryPolygon',
  'Edm.GeometryMultiPoint',
  'Edm.GeometryMultiLineString',
  'Edm.GeometryMultiPolygon',
  'Edm.GeometryCollection',
] as const;
/** A type of places; its values are GeoJSON objects. */
export type SpatialName = (typeof spatialNames)[number];

export const primitiveNames = [
  'Edm.Binary',
  'Edm.Boolean',
  'Edm.Byte',
  'Edm.Date',
  'Edm.DateTimeOffset',
  'Edm.Decimal',
  'Edm.Double',
  'Edm.Duration',
  'Edm.Guid',
  'Edm.Int16',
  'Edm.Int32',
  'Edm.Int64',
  'Edm.SByte',
  'Edm.Single',
  'Edm.Stream',
  'Edm.String',
  'Edm.TimeOfDay',
  ...spatialNames,
  // Any primitive value, and any value at all.
  'Edm.PrimitiveType',
  'Edm.Untyped',
] as const;
export type PrimitiveName = (typeof primitiveNames)[number];

/** A type that OData defines. */
export interface PrimitiveType {
  readonly kind: 'primitive';
  readonly name: PrimitiveName;
}

const primitives: ReadonlyMap<string, PrimitiveType> = new Map(
  primitiveNames.map((name) => [name, Object.freeze({ kind: 'primitive', name })]),
);

/** The built-in type of that qualified name, or undefined. */
export function findPrimitive(name: string): PrimitiveType | undefined {
  return primitives.get(name);
}
