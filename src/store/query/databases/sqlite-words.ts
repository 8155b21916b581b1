import type { SqlValue } from '../../database.ts';
import { type Fragment, raw, sql } from '../fragment.ts';
import { encodeExact, parseExact } from '../functions/exact.ts';
import { parsePattern } from '../functions/pattern.ts';
import type { JsonKind, JsonPlace, QueryWords } from '../query-words.ts';
import type { Carrier } from '../value.ts';

const jsonTypes: Readonly<Record<JsonKind, string>> = {
  string: "'text'",
  number: "'integer', 'real'",
  boolean: "'true', 'false'",
};

/** How SQLite says what a query needs. */
export const sqliteWords: QueryWords = {
  bind: (carrier, value) => ({ text: '?', params: [toParameter(carrier, value)] }),
  // A bare parameter is looked at by the planner, which then plans anew at every execution.
  rows: (count) => ({ text: 'CAST(? AS INTEGER)', params: [count] }),
  rareDocument: (alias) => raw(`${alias}.doc`),
  document: (alias) => raw(`${alias}.doc`),
  documentJoin: () => '',
  read: (carrier, place, path) => {
    if (place.kind === 'element' && path.length === 0) return readElement(carrier, place);
    const [json, steps] = [hostOf(place), jsonPath(path)];
    if (carrier === 'exact' || carrier === 'float')
      return sql`kith_${carrier}(${json} -> ${steps})`;
    const value = sql`json_extract(${json}, ${steps})`;
    return carrier === 'integer' ? sql`CAST(${value} AS INTEGER)` : value;
  },
  inside: (place, path) => {
    if (path.length === 0) return hostOf(place);
    return sql`(${hostOf(place)} -> ${jsonPath(path)})`;
  },
  isJson: (place, path, kind) => {
    const isElement = place.kind === 'element' && path.length === 0;
    const type = isElement
      ? raw(`${place.alias}.type`)
      : sql`json_type(${hostOf(place)}, ${jsonPath(path)})`;
    return sql`${type} IN (${jsonTypes[kind]})`;
  },
  elements: (json, alias) => sql`json_each(${json}) ${alias}`,
  ordinal: (alias) => raw(`${alias}.key`),
  elementGuard: (alias) => `typeof(${alias}.key) = 'integer'`,
  joinTexts: (version, text, start) => {
    // As bytes it is cut without counting the characters behind the cut.
    const rest = `substr(CAST(${text} AS BLOB), 2)`;
    const [before, behind] = start === 'bare' ? [] : [start.before, start.behind].map(bindText);
    const member = before ? sql`${before} || ${version} || ${behind!} || ${rest}` : text;
    return sql`CAST(group_concat(${member}) AS BLOB)`;
  },
  keyText: (text) => text,
  fold: (text) => sql`kith_fold(${text})`,
  convert: (from, to, value) => {
    if (from === to) return value;
    if (to === 'exact')
      return from === 'float' ? sql`kith_exact_float(${value})` : sql`kith_exact(${value})`;
    if (to === 'integer') return sql`kith_integer(${value})`;
    return from === 'exact' ? sql`kith_float_exact(${value})` : sql`CAST(${value} AS REAL)`;
  },
  members: (text, beside) => sql`kith_members(${text}, ${bindText(JSON.stringify(beside))})`,
  truth: (condition) => sql`(${condition})`,
  position: (text, sought) => sql`instr(${text}, ${sought})`,
  among: (_carrier, value, list) => {
    return sql`${value} IN (SELECT value FROM json_each(${{ text: '?', params: [list] }}))`;
  },
  matches: (text, pattern, flags) => {
    // Refused here, not in the middle of the rows.
    parsePattern(pattern, flags);
    const params = { text: '?, ?', params: [pattern, flags] };
    return sql`kith_matches(${text}, ${params})`;
  },
  mark: (carrier, key) => {
    if (carrier === 'exact') return sql`kith_text(${key})`;
    return carrier === 'integer' ? sql`CAST(${key} AS TEXT)` : key;
  },
  list: (values) => sql`json_array(${values})`,
  listAll: (value, alias) => sql`json_group_array(${value} ORDER BY ${alias}.key)`,
  phraseQuery: (phrases) =>
    phrases.map((words) => words.map((word) => `"${word}"`).join(' + ')).join(' OR '),
  prefixQuery: (words) => words.map((word) => `"${word}" *`).join(' AND '),
  foundIn: (table, query) => ({
    text: `SELECT rowid FROM ${table} WHERE ${table} MATCH ?`,
    params: [query],
  }),
};

function bindText(text: string): Fragment {
  return { text: '?', params: [text] };
}

/** An integer is bound as such: a JavaScript number would arrive as a float. */
function toParameter(carrier: Carrier, value: SqlValue): SqlValue {
  if (value === null) return null;
  if (carrier === 'integer') return BigInt(value);
  return carrier === 'exact' ? encodeExact(parseExact(String(value))) : value;
}

/** A number inside an array is read from its JSON text: SQLite itself would round it. */
function readElement(
  carrier: Parameters<QueryWords['read']>[0],
  place: JsonPlace & { kind: 'element' },
): Fragment {
  const { json, alias } = place;
  if (carrier === 'exact' || carrier === 'float') {
    return sql`kith_${carrier}(${json} -> ('$[' || ${alias}.key || ']'))`;
  }
  return raw(carrier === 'integer' ? `CAST(${alias}.value AS INTEGER)` : `${alias}.value`);
}

function hostOf(place: JsonPlace): Fragment {
  return place.kind === 'json' ? place.json : raw(`${place.alias}.value`);
}

function jsonPath(path: readonly string[]): string {
  return `'$${path.map((name) => `."${name}"`).join('')}'`;
}
