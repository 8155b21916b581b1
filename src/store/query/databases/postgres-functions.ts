/** NUL in JSON text, which jsonb cannot hold: it becomes U+0001. */
const NUL_ESCAPE = String.raw`(^|[^\\])((\\\\)*)\\u0000`;
const SPACES = [
  String.raw`\t\n\u000b\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006`,
  String.raw`\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff`,
].join('');
const NUMBER = String.raw`^-{0,1}[0-9]+(\.[0-9]+){0,1}([eE][+-]{0,1}[0-9]{1,4}){0,1}$`;

/**
 * The functions of compiled queries on PostgreSQL, which `sqlite-functions.ts` has for SQLite. They
 * are part of a migration of the frame: a change to one of them is a migration of its own.
 * No text here holds a question mark, which would be a parameter.
 */
export const postgresFunctions: readonly string[] = [
  // PostgreSQL 18 brings Unicode 16 along; before, ICU has the full mappings of letters' cases.
  `DO $$ BEGIN
     IF current_setting('server_version_num')::integer >= 180000 THEN
       CREATE COLLATION kith_case (provider = builtin, locale = 'PG_UNICODE_FAST');
     ELSE
       CREATE COLLATION kith_case (provider = icu, locale = 'und');
     END IF;
   END $$`,
  define(
    'kith_json(doc text) RETURNS jsonb',
    `IF strpos(doc, '\\u0000') = 0 THEN RETURN doc::jsonb; END IF;
     -- Twice, for NULs that stand side by side.
     RETURN regexp_replace(regexp_replace(doc, '${NUL_ESCAPE}', '\\1\\2\\\\u0001', 'g'),
       '${NUL_ESCAPE}', '\\1\\2\\\\u0001', 'g')::jsonb;`,
  ),
  define(
    'kith_array(j jsonb) RETURNS jsonb',
    `IF jsonb_typeof(j) = 'array' THEN RETURN j; END IF; RETURN NULL;`,
  ),
  define(
    'kith_fold(t text) RETURNS text',
    `IF octet_length(t) = char_length(t) THEN RETURN lower(t COLLATE "C"); END IF;
     RETURN normalize(lower(upper(normalize(t, NFC) COLLATE kith_case)
       COLLATE kith_case), NFC);`,
  ),
  define('kith_lower(t text) RETURNS text', 'RETURN lower(t COLLATE kith_case);'),
  define('kith_upper(t text) RETURNS text', 'RETURN upper(t COLLATE kith_case);'),
  define('kith_trim(t text) RETURNS text', `RETURN btrim(t, E'${SPACES}');`),
  define('kith_length(t text) RETURNS bigint', 'RETURN char_length(t);'),
  define(
    'kith_substring(t text, start bigint, size bigint) RETURNS text',
    `IF start < 0 THEN start := greatest(char_length(t) + start, 0); END IF;
     IF start >= char_length(t) OR size <= 0 THEN RETURN ''; END IF;
     RETURN substr(t, (start + 1)::integer, least(size, char_length(t))::integer);`,
  ),
  define(
    'kith_starts(t text, sought text) RETURNS bigint',
    'RETURN starts_with(t, sought)::integer;',
  ),
  define(
    'kith_ends(t text, sought text) RETURNS bigint',
    `RETURN (right(t, char_length(sought)) COLLATE "C" = sought)::integer;`,
  ),
  define('kith_binary(t text) RETURNS text', `RETURN rtrim(translate(t, '+/', '-_'), '=');`),
  define(
    'kith_flags(t text, members text) RETURNS bigint',
    `RETURN (SELECT CASE WHEN bool_and(number IS NOT NULL) THEN bit_or(number) END
       FROM (SELECT (members::jsonb ->> lower(btrim(part) COLLATE "C"))::bigint AS number
         FROM unnest(string_to_array(t, ',')) part) each);`,
  ),
  define(
    'kith_subset(whole text, part text) RETURNS bigint',
    `RETURN (NOT EXISTS (
       SELECT value, count(*) FROM jsonb_array_elements(part::jsonb) GROUP BY value
       EXCEPT SELECT s.value, s.number FROM
         (SELECT value, count(*) AS number FROM jsonb_array_elements(part::jsonb) GROUP BY value) s
         JOIN (SELECT value, count(*) AS number FROM jsonb_array_elements(whole::jsonb)
           GROUP BY value) w ON w.value = s.value AND w.number >= s.number))::integer;`,
  ),
  `CREATE FUNCTION kith_subsequence(whole text, part text) RETURNS bigint
   LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
   DECLARE next integer := 0; sought jsonb := part::jsonb; each jsonb;
   BEGIN
     FOR each IN SELECT value FROM jsonb_array_elements(whole::jsonb) LOOP
       IF each = sought -> next THEN next := next + 1; END IF;
     END LOOP;
     RETURN (next = jsonb_array_length(sought))::integer;
   END $$`,
  // Numbers: cut off behind 100 fraction digits, null beyond 1,000 digits.
  define(
    'kith_limit(n numeric) RETURNS numeric',
    `IF abs(n) >= 1e1000 THEN RETURN NULL; END IF;
     IF scale(n) > 100 THEN RETURN trunc(n, 100); END IF;
     RETURN n;`,
  ),
  define(
    'kith_number(t text) RETURNS numeric',
    `IF length(t) > 1000 OR t !~ '${NUMBER}' THEN RETURN NULL; END IF;
     RETURN kith_limit(t::numeric);`,
  ),
  define('kith_exact(t text) RETURNS numeric', 'RETURN kith_number(t);'),
  define(
    'kith_exact_float(n float8) RETURNS numeric',
    `IF n IN ('Infinity', '-Infinity', 'NaN') THEN RETURN NULL; END IF;
     RETURN kith_limit(n::text::numeric);`,
  ),
  define(
    'kith_float_text(t text) RETURNS float8',
    `IF t = 'INF' THEN RETURN 'Infinity'; END IF;
     IF t = '-INF' THEN RETURN '-Infinity'; END IF;
     IF length(t) > 400 OR t !~ '${NUMBER}' THEN RETURN NULL; END IF;
     RETURN kith_as_float(t::numeric);`,
  ),
  define('kith_float(t text) RETURNS float8', 'RETURN kith_float_text(t);'),
  define(
    'kith_as_float(n numeric) RETURNS float8',
    `IF abs(n) >= 1.7976931348623158079e308 THEN 
       RETURN CASE WHEN n > 0 THEN 'Infinity' ELSE '-Infinity' END; END IF;
     IF abs(n) < 3e-324 THEN RETURN 0; END IF;
     RETURN n::float8;`,
  ),
  define('kith_float_exact(n numeric) RETURNS float8', 'RETURN kith_as_float(n);'),
  define(
    'kith_integer(n numeric) RETURNS bigint',
    `IF n NOT BETWEEN -9223372036854775808 AND 9223372036854775807.9 THEN RETURN NULL; END IF;
     RETURN trunc(n)::bigint;`,
  ),
  define('kith_integer(n float8) RETURNS bigint', 'RETURN kith_integer(kith_exact_float(n));'),
  define('kith_integer(n bigint) RETURNS bigint', 'RETURN n;'),
  define(
    'kith_within(n bigint, low bigint, high bigint) RETURNS bigint',
    'RETURN CASE WHEN n BETWEEN low AND high THEN n END;',
  ),
  define('kith_text(n numeric) RETURNS text', 'RETURN trim_scale(n)::text;'),
  define('kith_negate(n numeric) RETURNS numeric', 'RETURN -n;'),
  define('kith_add(a numeric, b numeric) RETURNS numeric', 'RETURN kith_limit(a + b);'),
  define('kith_subtract(a numeric, b numeric) RETURNS numeric', 'RETURN kith_limit(a - b);'),
  define('kith_multiply(a numeric, b numeric) RETURNS numeric', 'RETURN kith_limit(a * b);'),
  define(
    'kith_divide(a numeric, b numeric) RETURNS numeric',
    'RETURN kith_limit(div(a * 1e30, nullif(b, 0)) * 1e-30);',
  ),
  define(
    'kith_divide_whole(a numeric, b numeric) RETURNS numeric',
    'RETURN kith_limit(div(a, nullif(b, 0)));',
  ),
  define('kith_remainder(a numeric, b numeric) RETURNS numeric', 'RETURN mod(a, nullif(b, 0));'),
  define('kith_floor(n numeric) RETURNS numeric', 'RETURN floor(n);'),
  define('kith_ceiling(n numeric) RETURNS numeric', 'RETURN ceiling(n);'),
  define('kith_round(n numeric) RETURNS numeric', 'RETURN round(n);'),
  ...(['add +', 'subtract -', 'multiply *'] as const).map((each) => {
    const [name, operator] = each.split(' ');
    return defineFloat(`kith_float_${name}`, `a ${operator} b`);
  }),
  define(
    'kith_float_divide(a float8, b float8) RETURNS float8',
    `IF b = 0 THEN
       IF a = 0 THEN RETURN NULL; END IF;
       RETURN CASE WHEN a > 0 THEN 'Infinity' ELSE '-Infinity' END;
     END IF;
     RETURN kith_float_quotient(a, b);`,
  ),
  defineFloat('kith_float_quotient', 'a / b'),
  define(
    'kith_float_remainder(a float8, b float8) RETURNS float8',
    'RETURN kith_as_float(kith_remainder(kith_exact_float(a), kith_exact_float(b)));',
  ),
  define('kith_float_floor(n float8) RETURNS float8', 'RETURN floor(n) + 0;'),
  define('kith_float_ceiling(n float8) RETURNS float8', 'RETURN ceil(n) + 0;'),
  define(
    'kith_float_round(n float8) RETURNS float8',
    `IF abs(n) = 'Infinity' THEN RETURN n; END IF;
     IF abs(n - trunc(n)) >= 0.5 THEN RETURN trunc(n) + sign(n); END IF;
     RETURN trunc(n) + 0;`,
  ),
];

function define(signature: string, body: string): string {
  return `CREATE FUNCTION ${signature}
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$ BEGIN ${body} END $$`;
}

/** Float arithmetic as JavaScript has it: PostgreSQL refuses what overflows and what vanishes. */
function defineFloat(name: string, operation: string): string {
  return `CREATE FUNCTION ${name}(a float8, b float8) RETURNS float8
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
    DECLARE n float8; BEGIN
      n := ${operation};
      RETURN CASE WHEN n = 'NaN' THEN NULL ELSE n + 0 END;
    EXCEPTION WHEN numeric_value_out_of_range THEN
      RETURN kith_as_float(OUT_OF_RANGE);
    END $$`.replace('OUT_OF_RANGE', `(${operation.replace(/\b[ab]\b/g, '$&::text::numeric')})`);
}
