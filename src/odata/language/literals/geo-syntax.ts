/** A longitude and a latitude, perhaps an altitude and a measure (OData ABNF, positionLiteral). */
export type PositionSyntax = readonly number[];

/** A shape, named and nested as GeoJSON does (RFC 7946, section 3.1). */
export type ShapeSyntax =
  | { readonly type: 'Point'; readonly coordinates: PositionSyntax }
  | { readonly type: 'LineString' | 'MultiPoint'; readonly coordinates: readonly PositionSyntax[] }
  | {
      readonly type: 'Polygon' | 'MultiLineString';
      readonly coordinates: readonly (readonly PositionSyntax[])[];
    }
  | {
      readonly type: 'MultiPolygon';
      readonly coordinates: readonly (readonly (readonly PositionSyntax[])[])[];
    }
  | { readonly type: 'GeometryCollection'; readonly geometries: readonly ShapeSyntax[] };

/** A geography or geometry value: its reference system and its shape. */
export interface GeoSyntax {
  readonly srid: number;
  readonly shape: ShapeSyntax;
}
