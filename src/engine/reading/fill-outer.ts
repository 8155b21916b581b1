import { type Document, emptyValue, type Value } from '#plan/document.ts';
import { type Expression, type Literal, OUTER, type Path } from '#plan/expression.ts';
import type { CollectionQuery } from '#plan/query.ts';

/**
 * A nested query in which what it says of the entity of the resource path is what that entity has:
 * `$it` in the options of an expanded collection (OData URL Conventions 4.01, section 5.1.1.14.4).
 */
export function fillOuter(query: CollectionQuery, outer: Document): CollectionQuery {
  const fill = (each: Expression) => fillExpression(each, outer);
  const filter = query.filter && fill(query.filter);
  const orderBy = query.orderBy.map((each) => ({ ...each, expression: fill(each.expression) }));
  return { ...query, filter, orderBy };
}

function fillExpression(expression: Expression, outer: Document): Expression {
  const fill = <Each extends Expression | undefined>(each: Each) =>
    each && (fillExpression(each, outer) as Each);
  switch (expression.kind) {
    // An entity that is in hand has no structured values in a query.
    case 'same':
    case 'literal':
      return expression;
    case 'path':
      return expression.variable === OUTER ? valueAt(expression, outer) : expression;
    case 'not':
    case 'negation':
    case 'isof':
    case 'cast':
      return { ...expression, operand: fill(expression.operand) };
    case 'and':
    case 'or':
      return { ...expression, operands: expression.operands.map(fill) };
    case 'comparison':
    case 'arithmetic':
      return { ...expression, left: fill(expression.left), right: fill(expression.right) };
    case 'in':
      return { ...expression, operand: fill(expression.operand), list: expression.list.map(fill) };
    case 'has':
      return { ...expression, operand: fill(expression.operand), flags: fill(expression.flags) };
    case 'call':
      return { ...expression, args: expression.args.map(fill) };
    case 'case': {
      const branches = expression.branches.map(({ condition, value }) => ({
        condition: fill(condition),
        value: fill(value),
      }));
      return { ...expression, branches };
    }
    case 'any':
    case 'all':
      return { ...expression, predicate: fill(expression.predicate) };
    case 'count':
      return { ...expression, filter: fill(expression.filter) };
  }
}

/** The value at the end of a path of properties; null where there is none on the way. */
function valueAt({ steps, result }: Path, outer: Document): Literal {
  let value: Value = outer;
  for (const step of steps) {
    const name =
      step.kind === 'property' ? step.property.name : step.kind === 'dynamic' && step.name;
    if (name === false) throw new Error('Only properties are read of an entity in hand.');
    const held: Value | undefined = (value as Document | null)?.[name];
    value = held ?? (step.kind === 'property' ? emptyValue(step.property) : null);
  }
  return { kind: 'literal', result, value };
}
