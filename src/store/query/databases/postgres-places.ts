const NUMBER = String.raw`[-+]{0,1}[0-9]+(\.[0-9]+){0,1}([eE][-+]{0,1}[0-9]+){0,1}`;
const POSITION = `[ ]*${NUMBER}[ ]+${NUMBER}([ ]+${NUMBER}){0,2}[ ]*`;
const LINE = `${POSITION}(,${POSITION})*`;
const WRITTEN = [
  '^[ ]*(SRID=[0-9]{1,6};){0,1}[ ]*',
  `(POINT[ ]*[(]${POSITION}[)]|LINESTRING[ ]*[(]${LINE}[)]|`,
  `POLYGON[ ]*[(][ ]*[(]${LINE}[)][ ]*(,[ ]*[(]${LINE}[)][ ]*)*[)])[ ]*$`,
].join('');

/**
 * The functions of places on PostgreSQL, as `functions/place.ts` has them for SQLite: the same
 * steps on the same floats. Points are arrays of floats, one x and y behind the other. What cannot
 * be read is null, whatever is wrong with it, so that no row ends a query.
 */
export const postgresPlaces: readonly string[] = [
  define(
    'kith_place(t text) RETURNS jsonb',
    'srid integer; kind text; pairs text;',
    `IF left(ltrim(t), 1) = '{' THEN RETURN kith_place_json(t::jsonb); END IF;
     t := upper(translate(t, E'\\t\\n\\r', '   '));
     IF t !~ '${WRITTEN}' THEN RETURN NULL; END IF;
     srid := substring(t FROM 'SRID=([0-9]+);')::integer;
     t := regexp_replace(t, '^[ ]*(SRID=[0-9]+;){0,1}[ ]*', '');
     kind := substring(t FROM '^[A-Z]+');
     -- Texts between quotes are read as floats further on; plus signs are no JSON.
     pairs := regexp_replace(substr(t, length(kind) + 1),
       '[ ]*(${NUMBER})[ ]+(${NUMBER})([ ]+${NUMBER}){0,2}[ ]*', '["\\1","\\4"]', 'g');
     pairs := translate(pairs, '() ', '[]');
     RETURN jsonb_build_object('srid', srid, 'kind', kind, 'lines',
       CASE kind WHEN 'POLYGON' THEN pairs::jsonb ELSE jsonb_build_array(pairs::jsonb) END);`,
  ),
  define(
    'kith_place_json(j jsonb) RETURNS jsonb',
    'kind text; c jsonb; lines jsonb;',
    `kind := upper(j ->> 'type'); c := j -> 'coordinates';
     IF jsonb_typeof(c) <> 'array' THEN RETURN NULL; END IF;
     lines := CASE kind WHEN 'POINT' THEN jsonb_build_array(jsonb_build_array(c))
       WHEN 'LINESTRING' THEN jsonb_build_array(c) WHEN 'POLYGON' THEN c END;
     IF lines IS NULL OR EXISTS (
       SELECT 1 FROM jsonb_array_elements(lines) line, jsonb_array_elements(line) point
       WHERE jsonb_typeof(point -> 0) IS DISTINCT FROM 'number'
         OR jsonb_typeof(point -> 1) IS DISTINCT FROM 'number') THEN RETURN NULL; END IF;
     RETURN jsonb_build_object('kind', kind, 'lines', lines, 'srid',
       substring(j #>> '{crs,properties,name}' FROM '^EPSG:([0-9]{1,6})$')::integer);`,
  ),
  // The points of one line.
  define(
    'kith_place_line(j jsonb) RETURNS float8[]',
    'line float8[];',
    `SELECT array_agg(n ORDER BY at, part) INTO line FROM (
       SELECT at, 1 AS part, (point ->> 0)::float8 AS n
         FROM jsonb_array_elements(j) WITH ORDINALITY AS each(point, at)
       UNION ALL SELECT at, 2, (point ->> 1)::float8
         FROM jsonb_array_elements(j) WITH ORDINALITY AS each(point, at)) numbers;
     RETURN line;`,
  ),
  // The edges, four numbers each; a point is an edge to itself.
  define(
    'kith_place_edges(j jsonb) RETURNS float8[]',
    "edges float8[] := '{}'; one jsonb; line float8[]; i integer;",
    `FOR one IN SELECT value FROM jsonb_array_elements(j -> 'lines') LOOP
       line := kith_place_line(one);
       IF line IS NULL THEN RETURN NULL; END IF;
       IF array_length(line, 1) = 2 THEN edges := edges || line || line; END IF;
       FOR i IN 1 .. array_length(line, 1) / 2 - 1 LOOP
         edges := edges || line[2 * i - 1 : 2 * i + 2];
       END LOOP;
     END LOOP;
     RETURN CASE WHEN array_length(edges, 1) <= 40000 THEN edges END;`,
  ),
  define(
    'kith_place_alike(a jsonb, b jsonb, surface text) RETURNS boolean',
    "usual text := CASE surface WHEN 'earth' THEN '4326' ELSE '0' END;",
    `RETURN coalesce(a ->> 'srid', usual) = coalesce(b ->> 'srid', usual);`,
  ),
  define(
    'kith_place_between(x1 float8, y1 float8, x2 float8, y2 float8, surface text) RETURNS float8',
    'r float8 := pi() / 180; lat1 float8; lat2 float8; up float8; along float8;',
    `IF surface = 'plane' THEN RETURN sqrt((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1)); END IF;
     lat1 := y1 * r; lat2 := y2 * r;
     up := sin((lat2 - lat1) / 2); along := sin((x2 - x1) * r / 2);
     RETURN 2 * 6371008.8::float8
       * asin(sqrt(least(up * up + cos(lat1) * cos(lat2) * along * along, 1)));`,
  ),
  define(
    'kith_place_tidy(n float8, surface text) RETURNS float8',
    '',
    `RETURN CASE surface WHEN 'plane' THEN n ELSE floor(n * 1000 + 0.5) / 1000 END;`,
  ),
  guarded(
    'kith_geo_distance(a text, b text, surface text) RETURNS float8',
    'one jsonb := kith_place(a); other jsonb := kith_place(b); p float8[]; q float8[];',
    `IF NOT coalesce(one ->> 'kind' = 'POINT' AND other ->> 'kind' = 'POINT'
       AND kith_place_alike(one, other, surface), FALSE) THEN RETURN NULL; END IF;
     p := kith_place_line(one #> '{lines,0}'); q := kith_place_line(other #> '{lines,0}');
     RETURN kith_place_tidy(kith_place_between(p[1], p[2], q[1], q[2], surface), surface);`,
  ),
  guarded(
    'kith_geo_length(t text, surface text) RETURNS float8',
    'j jsonb := kith_place(t); edges float8[]; total float8 := 0; i integer;',
    `IF (j ->> 'kind' = 'LINESTRING') IS NOT TRUE THEN RETURN NULL; END IF;
     edges := kith_place_edges(j);
     IF edges IS NULL THEN RETURN NULL; END IF;
     FOR i IN 0 .. array_length(edges, 1) / 4 - 1 LOOP
       total := total + kith_place_between(edges[4 * i + 1], edges[4 * i + 2],
         edges[4 * i + 3], edges[4 * i + 4], surface);
     END LOOP;
     RETURN kith_place_tidy(total, surface);`,
  ),
  define(
    'kith_place_side(e float8[], i integer, x float8, y float8) RETURNS float8',
    '',
    `RETURN sign((e[i + 2] - e[i]) * (y - e[i + 1]) - (e[i + 3] - e[i + 1]) * (x - e[i]));`,
  ),
  define(
    'kith_place_within(e float8[], i integer, x float8, y float8) RETURNS boolean',
    '',
    `RETURN x BETWEEN least(e[i], e[i + 2]) AND greatest(e[i], e[i + 2])
       AND y BETWEEN least(e[i + 1], e[i + 3]) AND greatest(e[i + 1], e[i + 3]);`,
  ),
  define(
    'kith_place_cross(e float8[], i integer, f float8[], k integer) RETURNS boolean',
    's1 float8; s2 float8; s3 float8; s4 float8;',
    `s1 := kith_place_side(f, k, e[i], e[i + 1]); s2 := kith_place_side(f, k, e[i + 2], e[i + 3]);
     s3 := kith_place_side(e, i, f[k], f[k + 1]); s4 := kith_place_side(e, i, f[k + 2], f[k + 3]);
     RETURN (s1 * s2 < 0 AND s3 * s4 < 0)
       OR (s1 = 0 AND kith_place_within(f, k, e[i], e[i + 1]))
       OR (s2 = 0 AND kith_place_within(f, k, e[i + 2], e[i + 3]))
       OR (s3 = 0 AND kith_place_within(e, i, f[k], f[k + 1]))
       OR (s4 = 0 AND kith_place_within(e, i, f[k + 2], f[k + 3]));`,
  ),
  define(
    'kith_place_holds(polygon float8[], x float8, y float8) RETURNS boolean',
    'inside boolean := FALSE; i integer; x1 float8; y1 float8; x2 float8; y2 float8;',
    `FOR i IN 0 .. array_length(polygon, 1) / 4 - 1 LOOP
       x1 := polygon[4 * i + 1]; y1 := polygon[4 * i + 2];
       x2 := polygon[4 * i + 3]; y2 := polygon[4 * i + 4];
       CONTINUE WHEN (y1 > y) = (y2 > y);
       IF x < (x2 - x1) * (y - y1) / (y2 - y1) + x1 THEN inside := NOT inside; END IF;
     END LOOP;
     RETURN inside;`,
  ),
  guarded(
    'kith_geo_intersects(a text, b text, surface text) RETURNS bigint',
    `one jsonb := kith_place(a); other jsonb := kith_place(b);
     e float8[]; f float8[]; i integer; k integer;`,
    `IF kith_place_alike(one, other, surface) IS NOT TRUE THEN RETURN NULL; END IF;
     e := kith_place_edges(one); f := kith_place_edges(other);
     IF e IS NULL OR f IS NULL THEN RETURN NULL; END IF;
     FOR i IN 0 .. array_length(e, 1) / 4 - 1 LOOP
       FOR k IN 0 .. array_length(f, 1) / 4 - 1 LOOP
         IF kith_place_cross(e, 4 * i + 1, f, 4 * k + 1) THEN RETURN 1; END IF;
       END LOOP;
     END LOOP;
     RETURN ((one ->> 'kind' = 'POLYGON' AND kith_place_holds(e, f[1], f[2]))
       OR (other ->> 'kind' = 'POLYGON' AND kith_place_holds(f, e[1], e[2])))::integer;`,
  ),
];

function define(signature: string, declarations: string, body: string): string {
  return `CREATE FUNCTION ${signature} LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
    DECLARE ${declarations} BEGIN ${body} END $$`;
}

/** A function that gives null where anything goes wrong; what it catches is not for a worker. */
function guarded(signature: string, declarations: string, body: string): string {
  return `CREATE FUNCTION ${signature} LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL RESTRICTED AS $$
    BEGIN
      DECLARE ${declarations} BEGIN ${body} END;
    EXCEPTION WHEN OTHERS THEN RETURN NULL;
    END $$`;
}
