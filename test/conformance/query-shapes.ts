import type { Expression } from '#plan/expression.ts';
import { call, compare, literal, nothing, path } from './query-words.ts';

/** A question, its answer, and the condition that each dialect makes of it. */
export interface Shape {
  readonly title: string;
  readonly filter: Expression;
  /** Ids of the rows that are found. */
  readonly found: string;
  readonly sqlite: string;
  readonly postgres: string;
}

const text = (value: string) => literal('Edm.String', value);
const whole = (value: number) => literal('Edm.Int32', value);
const result = { type: undefined, collection: false };

/** The main shapes, side by side. */
export const shapes: readonly Shape[] = [
  {
    title: 'an indexed property',
    filter: compare(path('displayName'), 'eq', text('ANNA')),
    found: 'a',
    sqlite: `t0."k_displayName" = ?`,
    postgres: `t0."k_displayName" = ?::text COLLATE "C"`,
  },
  {
    title: 'null',
    filter: compare(path('displayName'), 'ne', nothing),
    found: 'a b d',
    sqlite: `t0."k_displayName" IS NOT NULL`,
    postgres: `t0."k_displayName" IS NOT NULL`,
  },
  {
    title: 'a property in the document',
    filter: compare(path('code'), 'eq', text('x')),
    found: 'b',
    sqlite: `kith_fold(json_extract(t0.doc, '$."code"')) = ?`,
    postgres: `(kith_fold((t0_doc.json #>> '{"code"}')) COLLATE "C") = ?::text COLLATE "C"`,
  },
  {
    title: 'a comparison that is negated knows null',
    filter: { kind: 'not', operand: compare(path('count'), 'gt', whole(1)) },
    found: 'a d',
    sqlite: `NOT (((t0."k_count" > ?) IS TRUE))`,
    postgres: `NOT (((t0."k_count" > ?::bigint) IS TRUE))`,
  },
  {
    title: 'two properties',
    filter: compare(path('code'), 'eq', path('title')),
    found: 'a c d',
    sqlite: `kith_fold(json_extract(t0.doc, '$."code"')) IS NOT DISTINCT FROM kith_fold(json_extract(t0.doc, '$."title"'))`,
    postgres: `(kith_fold((t0_doc.json #>> '{"code"}')) COLLATE "C") IS NOT DISTINCT FROM (kith_fold((t0_doc.json #>> '{"title"}')) COLLATE "C")`,
  },
  {
    title: 'an exact decimal',
    filter: compare(path('price'), 'ge', literal('Edm.Decimal', '12.50')),
    found: 'b c',
    sqlite: `kith_exact(t0.doc -> '$."price"') >= ?`,
    postgres: `kith_exact((t0_doc.json #>> '{"price"}')) >= ?::numeric`,
  },
  {
    title: 'an integer and a decimal',
    filter: compare(path('count'), 'lt', path('price')),
    found: 'a b c',
    sqlite: `kith_exact(t0."k_count") < kith_exact(t0.doc -> '$."price"')`,
    postgres: `(t0."k_count")::numeric < kith_exact((t0_doc.json #>> '{"price"}'))`,
  },
  {
    title: 'an instant in another zone',
    filter: compare(path('seen'), 'eq', literal('Edm.DateTimeOffset', '2020-01-01T01:00:00+01:00')),
    found: 'a',
    sqlite: `kith_ticks(json_extract(t0.doc, '$."seen"')) = ?`,
    postgres: `kith_ticks((t0_doc.json #>> '{"seen"}')) = ?::bigint`,
  },
  {
    title: 'a list of constants',
    filter: { kind: 'in', operand: path('displayName'), list: [text('anna'), text('dora')] },
    found: 'a d',
    sqlite: `t0."k_displayName" IN (SELECT value FROM json_each(?))`,
    postgres: `t0."k_displayName" = ANY(ARRAY(SELECT json_array_elements_text(?::json)::text))`,
  },
  {
    title: 'a prefix of an indexed property',
    filter: call('startswith', path('displayName'), text('D')),
    found: 'd',
    sqlite: `(t0."k_displayName" >= ? AND t0."k_displayName" < ?)`,
    postgres: `(t0."k_displayName" >= ?::text COLLATE "C" AND t0."k_displayName" < ?::text COLLATE "C")`,
  },
  {
    title: 'part of an indexed property',
    filter: call('contains', path('displayName'), text('NN')),
    found: 'a',
    sqlite: `instr(CASE WHEN length(t0."k_displayName") >= 200 THEN kith_fold(json_extract(t0.doc, '$."displayName"')) ELSE t0."k_displayName" END, ?) > 0`,
    postgres: `strpos(CASE WHEN length(t0."k_displayName") >= 200 THEN (kith_fold((kith_json(t0.doc) #>> '{"displayName"}')) COLLATE "C") ELSE t0."k_displayName" END, ?::text COLLATE "C") > 0`,
  },
  {
    title: 'any of a collection',
    filter: {
      kind: 'any',
      collection: path('tags'),
      variable: 't',
      predicate: compare(path('', 't', 'Edm.String'), 'eq', text('Y')),
    },
    found: 'a',
    sqlite: `(EXISTS (SELECT 1 FROM json_each((t0.doc -> '$."tags"')) t1 WHERE typeof(t1.key) = 'integer' AND (kith_fold(t1.value) = ?)))`,
    postgres: `(EXISTS (SELECT 1 FROM jsonb_array_elements(kith_array((t0_doc.json #> '{"tags"}'))) WITH ORDINALITY t1(value, key) WHERE TRUE AND ((kith_fold((t1.value #>> '{}')) COLLATE "C") = ?::text COLLATE "C")))`,
  },
  {
    title: 'all of what is contained',
    filter: {
      kind: 'all',
      collection: path('parts'),
      variable: 'p',
      predicate: compare(path('weight', 'p', 'test.part'), 'lt', whole(3)),
    },
    found: 'b c d',
    sqlite: `(NOT EXISTS (SELECT 1 FROM kith_part t1 WHERE t1.tenant = t0.tenant AND t1.owner = t0.num AND t1.path = ? AND ((CAST(json_extract(t1.doc, '$."weight"') AS INTEGER) < ?) IS NOT TRUE)))`,
    postgres: `(NOT EXISTS (SELECT 1 FROM kith_part t1 CROSS JOIN LATERAL (SELECT kith_json(t1.doc) AS json OFFSET 0) t1_doc WHERE t1.tenant = t0.tenant AND t1.owner = t0.num AND t1.path = ?::text COLLATE "C" AND ((((t1_doc.json #>> '{"weight"}')::bigint) < ?::bigint) IS NOT TRUE)))`,
  },
  {
    title: 'along a relation into one of its sets',
    filter: compare(path('maker/test.maker/country'), 'eq', text('de')),
    found: 'a c',
    sqlite: `(SELECT t4."k_country" FROM kith_link t3 CROSS JOIN "set_makers" t4 WHERE t3.tenant = t0.tenant AND t3.source = t0.num AND t3.relation = ? AND t4.num = t3.target AND t4.tenant = t3.tenant LIMIT 1) = ?`,
    postgres: `(SELECT t4."k_country" FROM kith_link t3 CROSS JOIN "set_makers" t4 WHERE t3.tenant = t0.tenant AND t3.source = t0.num AND t3.relation = ?::text COLLATE "C" AND t4.num = t3.target AND t4.tenant = t3.tenant LIMIT 1) = ?::text COLLATE "C"`,
  },
  {
    title: 'how many a relation leads to',
    filter: compare(
      {
        kind: 'count',
        result,
        collection: path('friends'),
        variable: 'f',
        filter: undefined,
        search: undefined,
      },
      'gt',
      whole(1),
    ),
    found: 'a',
    sqlite: `((SELECT count(*) FROM kith_link t1 CROSS JOIN "set_items" t2 WHERE t1.tenant = t0.tenant AND t1.source = t0.num AND t1.relation = ? AND t2.num = t1.target AND t2.tenant = t1.tenant)) > ?`,
    postgres: `((SELECT count(*) FROM kith_link t1 CROSS JOIN "set_items" t2 WHERE t1.tenant = t0.tenant AND t1.source = t0.num AND t1.relation = ?::text COLLATE "C" AND t2.num = t1.target AND t2.tenant = t1.tenant)) > ?::bigint`,
  },
  {
    title: 'the year of an instant, in its own zone',
    filter: compare(call('year', path('seen')), 'eq', whole(2020)),
    found: 'a c',
    sqlite: `kith_civil(kith_floor_divide(kith_local_ticks(json_extract(t0.doc, '$."seen"')), 864000000000), 'year') = ?`,
    postgres: `kith_civil(kith_floor_divide(kith_local_ticks((t0_doc.json #>> '{"seen"}')), 864000000000), 'year') = ?::bigint`,
  },
];
