import type { Cursor } from '../cursor.ts';
import { parsePlainPath } from '../expressions/parse-plain-path.ts';
import type {
  AggregateFromSyntax,
  AggregateSyntax,
  ExpressionSyntax,
} from '../expressions/syntax.ts';
import { identifierEnd, qualifiedEnd } from '../names.ts';

/** The methods of OData Extension for Data Aggregation 4.0, section 3.2.1.3. */
const methods: ReadonlySet<string> = new Set(['sum', 'min', 'max', 'average', 'countdistinct']);

/**
 * One aggregate (OData Aggregation ABNF, aggregateExpr, aggregateFunctionExpr): in a
 * transformation it has an alias unless it is custom; in a function it has none.
 */
export function parseAggregate(
  cursor: Cursor,
  where: 'transformation' | 'function',
): AggregateSyntax {
  cursor.countNode();
  const at = cursor.position;
  const operand = isOwnCount(cursor) ? undefined : parseAggregated(cursor);
  const isCount = operand === undefined || endsInCount(operand);
  if (operand === undefined) cursor.position += '$count'.length;
  const method = isCount ? undefined : parseMethod(cursor);
  const isCustom = !isCount && method === undefined;
  if (isCustom && operand.kind !== 'path') cursor.refuse("' with' and a method");
  const from = parseFrom(cursor, !isCustom);
  if (where === 'function') return { at, operand, method, from, alias: undefined };
  const alias = parseAlias(cursor);
  if (alias === undefined && !(isCustom && from.length === 0)) {
    cursor.refuse("' as' and an alias");
  }
  return { at, operand, method, from, alias };
}

/** Aggregates separated by `,` (OData Aggregation ABNF, aggregateTrafo). */
export function parseAggregates(cursor: Cursor): readonly AggregateSyntax[] {
  const aggregates: AggregateSyntax[] = [];
  do aggregates.push(parseAggregate(cursor, 'transformation'));
  while (cursor.eatComma());
  return aggregates;
}

/** `$count` alone counts the input. */
function isOwnCount({ text, position }: Cursor): boolean {
  return text.startsWith('$count', position) && identifierEnd(text, position + 1) === position + 6;
}

/** An expression, or a type alone whose instances a custom method aggregates. */
function parseAggregated(cursor: Cursor): ExpressionSyntax {
  const { text, position } = cursor;
  const end = qualifiedEnd(text, position);
  const isCast = text.charCodeAt(end) === 32 && text.slice(position, end).includes('.');
  if (!isCast) return cursor.rules.expression(cursor);
  cursor.position = end;
  cursor.countNode();
  const name = text.slice(position, end);
  const steps = [{ kind: 'name', at: position, name, parentheses: undefined }] as const;
  return { kind: 'path', at: position, start: 'here', alias: undefined, steps };
}

function endsInCount(operand: ExpressionSyntax): boolean {
  return operand.kind === 'path' && operand.steps.at(-1)?.kind === 'count';
}

function parseMethod(cursor: Cursor): string | undefined {
  if (!cursor.eatSpacedWord('with')) return undefined;
  cursor.expectSpace();
  const start = cursor.position;
  const method = cursor.qualifiedName('a method');
  if (!method.includes('.') && !methods.has(method)) {
    cursor.refuse(`${[...methods].join(', ')} or a method with its namespace`, start);
  }
  return method;
}

/** `from` clauses; only those of a custom aggregate may leave their method out. */
function parseFrom(cursor: Cursor, needsMethod: boolean): readonly AggregateFromSyntax[] {
  const clauses: AggregateFromSyntax[] = [];
  while (cursor.eatSpacedWord('from')) {
    cursor.countNode();
    cursor.expectSpace();
    const at = cursor.position;
    const properties = [parsePlainPath(cursor)];
    while (cursor.eatComma()) properties.push(parsePlainPath(cursor));
    const method = parseMethod(cursor);
    if (needsMethod && method === undefined) cursor.refuse("' with' and a method");
    clauses.push({ at, properties, method });
  }
  return clauses;
}

/** ` as alias` (OData Aggregation ABNF, asAlias), or nothing. */
export function parseAlias(cursor: Cursor): string | undefined {
  if (!cursor.eatSpacedWord('as')) return undefined;
  cursor.expectSpace();
  return cursor.identifier('an alias');
}

/** ` as alias`, which must stand here. */
export function expectAlias(cursor: Cursor): string {
  return parseAlias(cursor) ?? cursor.refuse("' as' and an alias");
}
