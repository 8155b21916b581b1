const DATE = '-{0,1}[0-9]{4,5}-[0-9][0-9]-[0-9][0-9]';
const TIME = '[0-9][0-9]:[0-9][0-9](:[0-9][0-9](\\.[0-9]{1,12}){0,1}){0,1}';
const INSTANT = `^[0-9]{4}-[0-9][0-9]-[0-9][0-9][Tt]${TIME}([Zz]|[+-][0-9][0-9]:[0-9][0-9])$`;
const DURATION =
  '^-{0,1}P([0-9]+D){0,1}(T([0-9]+H){0,1}([0-9]+M){0,1}([0-9]+(\\.[0-9]+){0,1}S){0,1}){0,1}$';

/**
 * The functions of times on PostgreSQL: ticks of 100 ns and days, both from 0001-01-01. Its own
 * timestamps end at microseconds.
 */
export const postgresMoments: readonly string[] = [
  define(
    'kith_days(t text) RETURNS bigint',
    'y bigint; mo bigint; d bigint; last bigint; era bigint; yoe bigint; doy bigint;',
    `IF t !~ '^${DATE}$' THEN RETURN NULL; END IF;
     y := left(t, -6)::bigint; mo := left(right(t, 5), 2)::bigint; d := right(t, 2)::bigint;
     last := CASE WHEN mo IN (4, 6, 9, 11) THEN 30 WHEN mo <> 2 THEN 31
       WHEN mod(y, 4) = 0 AND (mod(y, 100) <> 0 OR mod(y, 400) = 0) THEN 29 ELSE 28 END;
     IF mo NOT BETWEEN 1 AND 12 OR d NOT BETWEEN 1 AND last THEN RETURN NULL; END IF;
     IF mo <= 2 THEN y := y - 1; END IF;
     era := kith_floor_divide(y, 400); yoe := y - era * 400;
     doy := (153 * (mo + CASE WHEN mo > 2 THEN -3 ELSE 9 END) + 2) / 5 + d - 1;
     RETURN era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468 + 719162;`,
  ),
  define(
    'kith_time_ticks(t text) RETURNS bigint',
    'h bigint; mi bigint; s bigint;',
    `IF t !~ '^${TIME}$' THEN RETURN NULL; END IF;
     h := left(t, 2)::bigint; mi := substr(t, 4, 2)::bigint;
     s := CASE WHEN length(t) > 5 THEN substr(t, 7, 2)::bigint ELSE 0 END;
     IF h > 23 OR mi > 59 OR s > 59 THEN RETURN NULL; END IF;
     RETURN (h * 3600 + mi * 60 + s) * 10000000 + rpad(substr(t, 10, 7), 7, '0')::bigint;`,
  ),
  define(
    'kith_local_ticks(t text) RETURNS bigint',
    'zone integer;',
    // The text is looked at as a whole first; pieces are cut by their places, which is fast.
    `IF t !~ '${INSTANT}' THEN RETURN NULL; END IF;
     zone := CASE WHEN right(t, 1) IN ('Z', 'z') THEN 1 ELSE 6 END;
     RETURN kith_days(left(t, 10)) * 864000000000
       + kith_time_ticks(substr(t, 12, length(t) - 11 - zone));`,
  ),
  define(
    'kith_offset(t text) RETURNS bigint',
    'n bigint;',
    `IF t !~ '${INSTANT}' THEN RETURN NULL; END IF;
     IF right(t, 1) IN ('Z', 'z') THEN RETURN 0; END IF;
     n := left(right(t, 5), 2)::bigint * 60 + right(t, 2)::bigint;
     RETURN CASE WHEN left(right(t, 6), 1) = '-' THEN -n ELSE n END;`,
  ),
  define(
    'kith_ticks(t text) RETURNS bigint',
    'n bigint;',
    `n := kith_local_ticks(t);
     IF right(t, 1) NOT IN ('Z', 'z') THEN n := n - kith_offset(t) * 600000000; END IF;
     IF n BETWEEN 0 AND 3155378975999999999 THEN RETURN n; END IF;
     RETURN NULL;`,
  ),
  define(
    'kith_duration(t text) RETURNS numeric',
    'n numeric;',
    `IF length(t) > 100 OR right(t, 1) IN ('P', 'T') OR t !~ '${DURATION}' THEN RETURN NULL; END IF;
     n := coalesce(substring(t FROM '([0-9]+)D'), '0')::numeric * 864000000000
       + coalesce(substring(t FROM '([0-9]+)H'), '0')::numeric * 36000000000
       + coalesce(substring(t FROM '([0-9]+)M'), '0')::numeric * 600000000
       + trunc(coalesce(substring(t FROM '([0-9.]+)S'), '0')::numeric * 10000000);
     RETURN CASE WHEN left(t, 1) = '-' THEN -n ELSE n END;`,
  ),
  define(
    'kith_civil(day bigint, part text) RETURNS bigint',
    'z bigint; era bigint; doe bigint; yoe bigint; doy bigint; mp bigint; mo bigint;',
    `z := day - 719162 + 719468;
     era := kith_floor_divide(z, 146097); doe := z - era * 146097;
     yoe := (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
     doy := doe - (365 * yoe + yoe / 4 - yoe / 100);
     mp := (5 * doy + 2) / 153;
     IF part = 'day' THEN RETURN doy - (153 * mp + 2) / 5 + 1; END IF;
     mo := mp + CASE WHEN mp < 10 THEN 3 ELSE -9 END;
     IF part = 'month' THEN RETURN mo; END IF;
     RETURN yoe + era * 400 + (mo <= 2)::integer;`,
  ),
  define(
    'kith_floor_divide(a bigint, b bigint) RETURNS bigint',
    '',
    `RETURN a / b - (mod(a, b) < 0)::integer;`,
  ),
  define(
    'kith_modulo(a bigint, b bigint) RETURNS bigint',
    '',
    'RETURN a - kith_floor_divide(a, b) * b;',
  ),
];

function define(signature: string, declarations: string, body: string): string {
  return `CREATE FUNCTION ${signature} LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
    DECLARE ${declarations} BEGIN ${body} END $$`;
}
