import type { Cursor } from '../cursor.ts';
import { identifierEnd } from '../names.ts';
import type { GeoSyntax, PositionSyntax, ShapeSyntax } from './geo-syntax.ts';
import { expectDigits, scanNumber } from './scan-number.ts';

/**
 * Passes a value such as `SRID=0;Point(142.1 64.1)` (OData ABNF 4.01, fullPointLiteral ...); where
 * a default is given, the reference system may be left out, as most clients do.
 */
export function scanGeo(cursor: Cursor, defaultSrid?: number): GeoSyntax {
  if (!cursor.eatWord('srid')) {
    if (defaultSrid === undefined) cursor.refuse("'SRID='");
    return { srid: defaultSrid, shape: scanShape(cursor) };
  }
  cursor.expect(61);
  const start = cursor.position;
  expectDigits(cursor, 1, 5);
  const srid = Number(cursor.text.slice(start, cursor.position));
  cursor.expect(59);
  return { srid, shape: scanShape(cursor) };
}

const scanners: Readonly<Record<string, (cursor: Cursor) => ShapeSyntax>> = {
  point: (cursor) => ({ type: 'Point', coordinates: scanPoint(cursor) }),
  linestring: (cursor) => ({ type: 'LineString', coordinates: scanLine(cursor) }),
  polygon: (cursor) => ({ type: 'Polygon', coordinates: scanPolygon(cursor) }),
  multipoint: (cursor) => ({ type: 'MultiPoint', coordinates: scanList(cursor, scanPoint, 0) }),
  multilinestring: (cursor) => ({
    type: 'MultiLineString',
    coordinates: scanList(cursor, scanLine, 0),
  }),
  multipolygon: (cursor) => ({
    type: 'MultiPolygon',
    coordinates: scanList(cursor, scanPolygon, 0),
  }),
  geometrycollection: (cursor) => ({
    type: 'GeometryCollection',
    geometries: scanList(cursor, scanShape, 1),
  }),
};

function scanShape(cursor: Cursor): ShapeSyntax {
  const start = cursor.position;
  const end = identifierEnd(cursor.text, start);
  const name = cursor.text.slice(start, end).toLowerCase();
  const scan = Object.hasOwn(scanners, name) ? scanners[name] : undefined;
  if (!scan) cursor.refuse("a shape such as 'Point'");
  cursor.position = end;
  cursor.countNode();
  cursor.enter();
  const shape = scan(cursor);
  cursor.leave();
  return shape;
}

function scanList<Item>(cursor: Cursor, scan: (cursor: Cursor) => Item, min: number): Item[] {
  cursor.expect(40);
  const items: Item[] = [];
  if (min === 0 && cursor.eat(41)) return items;
  do {
    cursor.countNode();
    items.push(scan(cursor));
  } while (cursor.eatComma());
  if (items.length < min) cursor.refuse("','");
  cursor.expect(41);
  return items;
}

function scanPoint(cursor: Cursor): PositionSyntax {
  cursor.expect(40);
  const position = scanPosition(cursor);
  cursor.expect(41);
  return position;
}

function scanLine(cursor: Cursor): PositionSyntax[] {
  return scanList(cursor, scanPosition, 2);
}

function scanPolygon(cursor: Cursor): PositionSyntax[][] {
  return scanList(cursor, scanRing, 1);
}

function scanRing(cursor: Cursor): PositionSyntax[] {
  return scanList(cursor, scanPosition, 1);
}

function scanPosition(cursor: Cursor): PositionSyntax {
  const position = [scanCoordinate(cursor)];
  cursor.expect(32);
  position.push(scanCoordinate(cursor));
  while (position.length < 4 && cursor.eat(32)) position.push(scanCoordinate(cursor));
  return position;
}

function scanCoordinate(cursor: Cursor): number {
  const start = cursor.position;
  if (cursor.text.startsWith('NaN', start)) {
    cursor.position += 3;
    return Number.NaN;
  }
  scanNumber(cursor);
  return Number(cursor.text.slice(start, cursor.position).replace('INF', 'Infinity'));
}
