/** The earth as a sphere, in metres: the mean radius of WGS 84. */
const EARTH_RADIUS = 6_371_008.8;
/** Points beyond which a value is not looked at. */
const POINTS_MAX = 10_000;

type Point = readonly [x: number, y: number];

/** A place as SQL functions read it: lines of points; a polygon is the rings around it. */
interface Shape {
  readonly kind: 'Point' | 'LineString' | 'Polygon';
  readonly srid: number | undefined;
  readonly lines: readonly (readonly Point[])[];
}

/** Where coordinates are: degrees on the earth, or lengths on a plane. */
export type Surface = 'earth' | 'plane';

const NUMBER = String.raw`[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?`;
const WRITTEN =
  /^\s*(?:SRID=(\d{1,6});)?\s*(POINT|LINESTRING|POLYGON)\s*\(([-+\d.eE,()\s]*)\)\s*$/i;
const POSITION = new RegExp(`^\\s*(${NUMBER})\\s+(${NUMBER})(?:\\s+${NUMBER}){0,2}\\s*$`);
const kinds = { POINT: 'Point', LINESTRING: 'LineString', POLYGON: 'Polygon' } as const;

/**
 * The distance of two points, `geo.distance` (OData URL Conventions 4.01, section 5.1.1.11.1): on
 * the earth along the great circle in metres, to the millimetre. Null where a text is no point, or
 * the two are not in one coordinate system.
 */
export function distance(one: string, other: string, surface: Surface): number | null {
  const [from, to] = [readShape(one), readShape(other)];
  if (from?.kind !== 'Point' || to?.kind !== 'Point' || !isAlike(from, to, surface)) return null;
  return tidy(between(from.lines[0]![0]!, to.lines[0]![0]!, surface), surface);
}

/** The length of a line, `geo.length` (section 5.1.1.11.3). */
export function lengthOf(text: string, surface: Surface): number | null {
  const shape = readShape(text);
  if (shape?.kind !== 'LineString') return null;
  const [line = []] = shape.lines;
  let total = 0;
  for (const [index, point] of line.entries()) {
    if (index > 0) total += between(line[index - 1]!, point, surface);
  }
  return tidy(total, surface);
}

/**
 * Whether two places have a point in common, `geo.intersects` (section 5.1.1.11.2). Edges are
 * straight between their coordinates, as in GeoJSON (RFC 7946, section 3.1.1), and belong to what
 * they bound.
 */
export function intersects(one: string, other: string, surface: Surface): boolean | null {
  const [left, right] = [readShape(one), readShape(other)];
  if (!left || !right || !isAlike(left, right, surface)) return null;
  const others = edgesOf(right);
  const isCrossed = edgesOf(left).some((edge) => others.some((each) => doCross(edge, each)));
  return isCrossed || holds(left, right) || holds(right, left);
}

/** Reads GeoJSON, or the text that a literal has between its quotes. */
function readShape(text: string): Shape | null {
  const read = text.trimStart().startsWith('{') ? readJson(text) : readWritten(text);
  if (!read) return null;
  const points = read.lines.flat();
  const isWhole = read.lines.every(({ length }) => length > 0) && points.length <= POINTS_MAX;
  const areNumbers = points.every(
    (point) => Number.isFinite(point[0]) && Number.isFinite(point[1]),
  );
  return points.length > 0 && isWhole && areNumbers ? read : null;
}

function readJson(text: string): Shape | null {
  const { type, coordinates, crs } = parseObject(text);
  const kind = Object.values(kinds).find((each) => each === type);
  const depth = kind === 'Point' ? 0 : kind === 'LineString' ? 1 : 2;
  if (!kind || !isNested(coordinates, depth)) return null;
  const nested = depth === 0 ? [[coordinates]] : depth === 1 ? [coordinates] : coordinates;
  const name = /^EPSG:(\d{1,6})$/.exec(String(crs?.properties?.name))?.[1];
  return { kind, lines: nested as Point[][], srid: name === undefined ? undefined : Number(name) };
}

interface GeoJson {
  readonly type?: unknown;
  readonly coordinates?: unknown;
  readonly crs?: { readonly properties?: { readonly name?: unknown } };
}

/** The object that a text is; an empty one where it is no JSON. */
function parseObject(text: string): GeoJson {
  try {
    return JSON.parse(text) as GeoJson;
  } catch {
    return {};
  }
}

/** Whether arrays of numbers lie in arrays to the depth. */
function isNested(value: unknown, depth: number): boolean {
  if (!Array.isArray(value)) return false;
  if (depth > 0) return value.every((each) => isNested(each, depth - 1));
  return typeof value[0] === 'number' && typeof value[1] === 'number';
}

function readWritten(text: string): Shape | null {
  const [, srid, name, inside] = WRITTEN.exec(text) ?? [];
  if (name === undefined || inside === undefined) return null;
  const kind = kinds[name.toUpperCase() as keyof typeof kinds];
  const rings = kind === 'Polygon' ? splitRings(inside) : [inside];
  const lines = rings?.map((ring) => ring.split(',').map(readPosition));
  if (!lines || (kind === 'Point' && lines[0]!.length > 1)) return null;
  return { kind, lines, srid: srid === undefined ? undefined : Number(srid) };
}

/** The rings of a polygon, each in parentheses. */
function splitRings(text: string): readonly string[] | undefined {
  if (!/^\s*\([^()]*\)\s*(?:,\s*\([^()]*\)\s*)*$/.test(text)) return undefined;
  return [...text.matchAll(/\(([^()]*)\)/g)].map(([, ring]) => ring!);
}

function readPosition(text: string): Point {
  const [, x, y] = POSITION.exec(text) ?? [];
  return x === undefined ? [Number.NaN, Number.NaN] : [Number(x), Number(y)];
}

function isAlike(one: Shape, other: Shape, surface: Surface): boolean {
  const usual = surface === 'earth' ? 4326 : 0;
  return (one.srid ?? usual) === (other.srid ?? usual);
}

function between(one: Point, other: Point, surface: Surface): number {
  if (surface === 'plane') {
    const [x, y] = [other[0] - one[0], other[1] - one[1]];
    return Math.sqrt(x * x + y * y);
  }
  const radians = Math.PI / 180;
  const [from, to] = [one[1] * radians, other[1] * radians];
  const up = Math.sin((to - from) / 2);
  const along = Math.sin(((other[0] - one[0]) * radians) / 2);
  const part = up * up + Math.cos(from) * Math.cos(to) * along * along;
  return 2 * EARTH_RADIUS * Math.asin(Math.sqrt(Math.min(part, 1)));
}

/** Lengths on the earth to the millimetre, in which databases do not differ. */
function tidy(length: number, surface: Surface): number {
  return surface === 'plane' ? length : Math.floor(length * 1000 + 0.5) / 1000;
}

type Edge = readonly [Point, Point];

/** The edges of a place; a point is an edge to itself. */
function edgesOf({ lines }: Shape): Edge[] {
  return lines.flatMap((line): Edge[] => {
    if (line.length === 1) return [[line[0]!, line[0]!]];
    return line.slice(1).map((point, index): Edge => [line[index]!, point]);
  });
}

function doCross([a, b]: Edge, [c, d]: Edge): boolean {
  const sides = [side(c, d, a), side(c, d, b), side(a, b, c), side(a, b, d)] as const;
  if (sides[0] * sides[1] < 0 && sides[2] * sides[3] < 0) return true;
  return (
    (sides[0] === 0 && isWithin(c, d, a)) ||
    (sides[1] === 0 && isWithin(c, d, b)) ||
    (sides[2] === 0 && isWithin(a, b, c)) ||
    (sides[3] === 0 && isWithin(a, b, d))
  );
}

/** On which side of a line a point lies: -1, 0 or 1. */
function side(a: Point, b: Point, point: Point): number {
  return Math.sign((b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]));
}

/** Whether a point lies in the box of an edge. */
function isWithin(a: Point, b: Point, [x, y]: Point): boolean {
  const isBeside = x < Math.min(a[0], b[0]) || x > Math.max(a[0], b[0]);
  return !isBeside && y >= Math.min(a[1], b[1]) && y <= Math.max(a[1], b[1]);
}

/** Whether a polygon has the other's first point inside: by how often a ray leaves a ring. */
function holds(polygon: Shape, { lines }: Shape): boolean {
  if (polygon.kind !== 'Polygon') return false;
  const [x, y] = lines[0]![0]!;
  let isInside = false;
  for (const [a, b] of edgesOf(polygon)) {
    if (a[1] > y === b[1] > y) continue;
    if (x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) isInside = !isInside;
  }
  return isInside;
}
