import { Refusal } from '#errors.ts';
import type { EvaluatedPage } from '#plan/query.ts';
import type { Evaluation } from '#plan/store.ts';
import type { SqlList } from '../database.ts';
import { ElementBinding, type Scope } from './binding.ts';
import { type ComputedColumn, computedColumn } from './computed-column.ts';
import type { Context } from './context.ts';
import { type Fragment, join, raw, sql } from './fragment.ts';
import { compileOrder, writeOrder } from './order-keys.ts';

/** Statements over values that come as a parameter, and what their rows hold. */
export interface CompiledEvaluation {
  readonly page: Fragment;
  readonly count: Fragment | undefined;
  readonly columns: readonly ComputedColumn[];
}

/** The alias under which the JSON of the values lies. */
const GIVEN = 'given';
const ALL = Number.MAX_SAFE_INTEGER;

/** Compiles an evaluation: the values are the members of one JSON array. */
export function compileEvaluation(context: Context, evaluation: Evaluation): CompiledEvaluation {
  const { words } = context;
  const { type, kept, query, compute } = evaluation;
  if (query?.search) {
    const message = 'Values inside an entity are not searched.';
    throw new Refusal('notImplemented', message, { target: '$search' });
  }
  const alias = context.newAlias();
  const member = new ElementBinding(words, { alias, json: words.document(GIVEN), type, kept });
  const scope: Scope = new Map([['$it', member]]);
  const where = [raw(words.elementGuard(alias))];
  if (query?.filter) where.push(sql`(${context.condition(query.filter, scope, false)})`);
  const keys = compileOrder(context, query?.orderBy ?? [], scope);
  const columns = compute.map((each) => computedColumn(context, context.value(each, scope)));
  const text = words.bind('text', JSON.stringify(evaluation.values));
  const given = sql`(SELECT ${text} AS doc) ${GIVEN}${words.documentJoin(GIVEN)}`;
  const rest = sql`FROM ${given} CROSS JOIN ${member.table} WHERE ${join(where, ' AND ')}`;
  const limit = words.rows(Math.min(query?.top ?? ALL, query?.pageSize ?? ALL));
  const offset = words.rows(query?.skip ?? 0);
  const shown = join([words.ordinal(alias), ...columns.map((each) => each.value)], ', ');
  const order = writeOrder(keys, `${alias}.key`);
  return {
    page: sql`SELECT ${shown} ${rest} ORDER BY ${order} LIMIT ${limit} OFFSET ${offset}`,
    count: query?.count ? sql`SELECT count(*) ${rest}` : undefined,
    columns,
  };
}

/** The values that the rows stand for, in their order. */
export function evaluatedPage(
  { columns }: CompiledEvaluation,
  rows: readonly SqlList[],
  count: number | undefined,
): EvaluatedPage {
  const members = rows.map(([place, ...values]) => ({
    place: Number(place),
    computed: columns.map(({ read }, index) => read(values[index]!)),
  }));
  return { members, count };
}
