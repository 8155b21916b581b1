import { type Fragment, raw, sql } from '../fragment.ts';
import { translatePattern } from '../functions/translate-pattern.ts';
import type { JsonPlace, QueryWords } from '../query-words.ts';
import type { Carrier } from '../value.ts';

const types: Readonly<Record<Carrier, string>> = {
  text: 'text',
  integer: 'bigint',
  exact: 'numeric',
  float: 'float8',
};

/** How PostgreSQL says what a query needs. */
export const postgresWords: QueryWords = {
  bind: (carrier, value) => ({
    text: carrier === 'text' ? '?::text COLLATE "C"' : `?::${types[carrier]}`,
    // No text here holds NUL: documents are read with U+0001 in its place.
    params: [typeof value === 'string' ? value.replaceAll('\0', '\u0001') : value],
  }),
  rows: (count) => ({ text: '?::bigint', params: [count] }),
  rareDocument: (alias) => raw(`kith_json(${alias}.doc)`),
  document: (alias) => raw(`${alias}_doc.json`),
  documentJoin: (alias) =>
    ` CROSS JOIN LATERAL (SELECT kith_json(${alias}.doc) AS json OFFSET 0) ${alias}_doc`,
  read: (carrier, place, path) => {
    const text = sql`(${hostOf(place)} #>> ${jsonPath(path)})`;
    if (carrier === 'text') return text;
    if (carrier === 'boolean') return sql`(${text}::boolean::integer::bigint)`;
    return carrier === 'integer' ? sql`(${text}::bigint)` : sql`kith_${carrier}(${text})`;
  },
  inside: (place, path) => {
    if (path.length === 0) return hostOf(place);
    return sql`(${hostOf(place)} #> ${jsonPath(path)})`;
  },
  isJson: (place, path, kind) =>
    sql`jsonb_typeof(${hostOf(place)} #> ${jsonPath(path)}) = '${kind}'`,
  elements: (json, alias) =>
    sql`jsonb_array_elements(kith_array(${json})) WITH ORDINALITY ${alias}(value, key)`,
  ordinal: (alias) => raw(`(${alias}.key - 1)`),
  elementGuard: () => 'TRUE',
  keyText: (text) => sql`(${text} COLLATE "C")`,
  fold: (text) => sql`(kith_fold(${text}) COLLATE "C")`,
  convert: (from, to, value) => {
    if (from === to) return value;
    if (to === 'exact')
      return from === 'float' ? sql`kith_exact_float(${value})` : sql`(${value})::numeric`;
    if (to === 'integer') return sql`kith_integer(${value})`;
    return from === 'exact' ? sql`kith_float_exact(${value})` : sql`(${value})::float8`;
  },
  members: (text, beside) => {
    const named = postgresWords.bind('text', JSON.stringify(beside));
    const object = sql`(CASE WHEN starts_with(${text}, '{') THEN kith_json(${text}) END)`;
    return sql`(SELECT CASE WHEN whole.json IS NOT NULL THEN (
      SELECT coalesce(jsonb_object_agg(each.key, each.value), '{}'::jsonb)
        FROM jsonb_each(whole.json) each
        WHERE each.value <> 'null'::jsonb AND strpos(each.key, '@') = 0
          AND NOT kith_json(${named}) @> to_jsonb(each.key)
    ) END FROM (SELECT ${object} AS json OFFSET 0) whole)`;
  },
  truth: (condition) => sql`((${condition})::integer::bigint)`,
  position: (text, sought) => sql`strpos(${text}, ${sought})`,
  among: (carrier, value, list) => {
    const parameter = { text: `?::json`, params: [list] };
    const value1 = sql`ARRAY(SELECT json_array_elements_text(${parameter})::${types[carrier]})`;
    return sql`${value} = ANY(${value1})`;
  },
  matches: (text, pattern, flags) => {
    return sql`(${text} ~ ${{ text: '?::text', params: [translatePattern(pattern, flags)] }})`;
  },
  mark: (carrier, key) => {
    if (carrier === 'exact') return sql`kith_text(${key})`;
    return carrier === 'integer' ? sql`(${key})::text` : key;
  },
  list: (values) => sql`json_build_array(${values})::text`,
  listAll: (value, alias) =>
    sql`coalesce(json_agg(${value} ORDER BY ${alias}.key), '[]'::json)::text`,
  phraseQuery: (phrases) =>
    phrases.map((words) => `(${words.map(quote).join(' <-> ')})`).join(' | '),
  prefixQuery: (words) => words.map((word) => `${quote(word)}:*`).join(' & '),
  foundIn: (table, query) => ({
    text: `SELECT num FROM ${table} WHERE words @@ ?::tsquery`,
    params: [query],
  }),
};

function hostOf(place: JsonPlace): Fragment {
  return place.kind === 'json' ? place.json : raw(`${place.alias}.value`);
}

function jsonPath(path: readonly string[]): string {
  return `'{${path.map((name) => `"${name}"`).join(',')}}'`;
}

function quote(word: string): string {
  return `'${word.replaceAll("'", "''")}'`;
}
