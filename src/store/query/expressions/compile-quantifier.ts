import { Refusal } from '#errors.ts';
import type { Count, Path, Quantifier } from '#plan/expression.ts';
import type { Scope } from '../binding.ts';
import type { Context } from '../context.ts';
import { enterArray, followPath, fromOf, type Way, whereOf } from '../follow-path.ts';
import { balance, type Fragment, join, raw, sql } from '../fragment.ts';
import { calculated, type Operand } from '../value.ts';

/** Each level may multiply the rows that are looked at by all that a collection holds. */
const VARIABLES_MAX = 5;

/** `any` and `all`; a member for which the predicate is unknown does not meet it. */
export function compileQuantifier(
  context: Context,
  quantifier: Quantifier,
  scope: Scope,
): Fragment {
  const { kind, predicate, variable } = quantifier;
  const ways = membersOf(context, quantifier.collection, scope).map((way) => {
    const inside = new Map(scope).set(variable, way.at);
    const condition = predicate && context.condition(predicate, inside, false);
    if (kind === 'any') return exists(way, condition);
    if (!condition) throw new Error('A predicate belongs to all.');
    return sql`NOT ${exists(way, sql`(${condition}) IS NOT TRUE`)}`;
  });
  if (ways.length === 0) return raw(kind === 'any' ? '1 = 0' : '1 = 1');
  return balance(ways, kind === 'any' ? 'OR' : 'AND');
}

/** `collection/$count`, of those that meet a filter and a search. */
export function compileCount(context: Context, count: Count, scope: Scope): Operand {
  const counts = membersOf(context, count.collection, scope).map((way) => {
    const inside = new Map(scope).set(count.variable, way.at);
    const conditions: Fragment[] = [];
    if (count.filter) conditions.push(sql`(${context.condition(count.filter, inside, false)})`);
    if (count.search) {
      if (way.at.kind !== 'row') throw unsearchable();
      conditions.push(context.search(count.search, way.at));
    }
    const where = join([whereOf(way), ...conditions], ' AND ');
    return sql`(SELECT count(*) FROM ${fromOf(way)} WHERE ${where})`;
  });
  if (counts.length === 0) return calculated('integer', raw('0'));
  return calculated('integer', sql`(${join(counts, ' + ')})`);
}

/** The ways to the members of a collection, wherever it is kept. */
function membersOf(context: Context, collection: Path, scope: Scope): Way[] {
  if (scope.size > VARIABLES_MAX) {
    const message = `Collections are asked about at most ${VARIABLES_MAX} deep.`;
    throw new Refusal('unsupportedQuery', message, { target: collection.variable });
  }
  return followPath(context, collection, scope).map((way) => {
    if (way.isArray) return enterArray(context, way);
    if (way.isSet) return way;
    // An open type's member may be a collection for all that is known.
    if (way.type === undefined) return enterArray(context, way);
    throw new Error('The path of a lambda expression has to lead to a collection.');
  });
}

/** `table` is asked for last: by then it is known whether documents are read. */
function exists(way: Way, condition: Fragment | undefined): Fragment {
  const where = condition ? sql`${whereOf(way)} AND (${condition})` : whereOf(way);
  return sql`EXISTS (SELECT 1 FROM ${fromOf(way)} WHERE ${where})`;
}

function unsearchable(): Refusal {
  return new Refusal('notImplemented', 'A collection inside an entity cannot be searched.');
}
