import type { Cursor } from '../cursor.ts';
import { type Operator, peekOperator, unaryPrecedence } from './operators.ts';
import { parseList } from './parse-json.ts';
import { parseOperand } from './parse-operand.ts';
import type { BinaryOperator, ExpressionSyntax, UnarySyntax } from './syntax.ts';

/**
 * An expression (OData ABNF 4.01, commonExpr), by precedence climbing. The cursor stands at its
 * first character and ends behind its last; what follows is the caller's.
 */
export function parseExpression(cursor: Cursor): ExpressionSyntax {
  cursor.enter();
  const expression = parseBinary(cursor, 0);
  cursor.leave();
  return expression;
}

/** An operand and the operators behind it that bind at least as tight as `precedence`. */
function parseBinary(cursor: Cursor, precedence: number): ExpressionSyntax {
  let left = parseUnary(cursor);
  let operator = peekOperator(cursor);
  for (let links = 1; operator && operator.precedence >= precedence; links++) {
    cursor.checkDepth(links);
    left = isLogical(operator)
      ? parseLogical(cursor, operator, left)
      : parseRight(cursor, operator, left);
    operator = peekOperator(cursor);
  }
  return left;
}

function isLogical({ name }: Operator): boolean {
  return name === 'and' || name === 'or';
}

/** Passes the space, the operator and the space behind it; gives where the operator stood. */
function passOperator(cursor: Cursor, operator: Operator): number {
  cursor.skipSpace();
  const at = cursor.position;
  cursor.position += operator.name.length;
  cursor.skipSpace();
  return at;
}

/** `and` and `or` chain flat: only they may be long. */
function parseLogical(
  cursor: Cursor,
  operator: Operator,
  first: ExpressionSyntax,
): ExpressionSyntax {
  cursor.countNode();
  const operands = [first];
  do {
    passOperator(cursor, operator);
    operands.push(parseBinary(cursor, operator.precedence + 1));
  } while (peekOperator(cursor) === operator);
  return { kind: 'logical', at: first.at, operator: operator.name as 'and' | 'or', operands };
}

function parseRight(cursor: Cursor, operator: Operator, left: ExpressionSyntax): ExpressionSyntax {
  cursor.countNode();
  const operatorAt = passOperator(cursor, operator);
  const right =
    operator.name === 'in' && cursor.code === 40
      ? parseList(cursor)
      : parseBinary(cursor, operator.precedence + 1);
  const name = operator.name as BinaryOperator;
  return { kind: 'binary', at: left.at, operator: name, operatorAt, left, right };
}

function parseUnary(cursor: Cursor): ExpressionSyntax {
  const code = cursor.code;
  if (code === 45) return parseNegation(cursor);
  if ((code | 32) === 110 && isNot(cursor)) {
    const at = cursor.position;
    cursor.position += 3;
    cursor.skipSpace();
    return createUnary(cursor, at, 'not');
  }
  return parseOperand(cursor);
}

/** `not` before a space or a parenthesis is the operator (OData ABNF 4.01, notExpr). */
function isNot(cursor: Cursor): boolean {
  const next = cursor.text.charCodeAt(cursor.position + 3);
  return (next === 32 || next === 40 || next === 9) && cursor.isAtWord('not');
}

/** A minus before a digit belongs to the number. */
function parseNegation(cursor: Cursor): ExpressionSyntax {
  const at = cursor.position;
  const next = cursor.text.charCodeAt(at + 1);
  if ((next >= 48 && next <= 57) || cursor.text.startsWith('INF', at + 1)) {
    return parseOperand(cursor);
  }
  cursor.position++;
  cursor.skipSpace();
  return createUnary(cursor, at, 'negate');
}

function createUnary(cursor: Cursor, at: number, operator: UnarySyntax['operator']): UnarySyntax {
  cursor.countNode();
  cursor.enter();
  const operand = parseBinary(cursor, unaryPrecedence);
  cursor.leave();
  return { kind: 'unary', at, operator, operand };
}
