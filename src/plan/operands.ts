import type { Expression } from './expression.ts';

/**
 * The expressions that one is made of directly, in the order in which they are written. Paths have
 * none; what a lambda or a count says of members has variables of its own, and is not among them.
 */
export function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'not':
    case 'negation':
    case 'isof':
    case 'cast':
      return [expression.operand];
    case 'and':
    case 'or':
      return expression.operands;
    case 'comparison':
    case 'arithmetic':
      return [expression.left, expression.right];
    case 'same': {
      const { left, right } = expression;
      return typeof right === 'string' ? [left] : [left, right];
    }
    case 'in':
      return [expression.operand, ...expression.list];
    case 'has':
      return [expression.operand, expression.flags];
    case 'call':
      return expression.args;
    case 'case':
      return expression.branches.flatMap(({ condition, value }) => [condition, value]);
    default:
      return [];
  }
}
