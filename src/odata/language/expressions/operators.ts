import type { Cursor } from '../cursor.ts';
import { identifierEnd, isNamePart } from '../names.ts';
import type { BinaryOperator } from './syntax.ts';

/** A binary operator; what binds tighter has the higher precedence. */
export interface Operator {
  readonly name: BinaryOperator | 'and' | 'or';
  readonly precedence: number;
}

/** Operator precedence (OData URL Conventions 4.01, section 5.1.1.17), loosest first. */
const groups: readonly (readonly Operator['name'][])[] = [
  ['or'],
  ['and'],
  ['eq', 'ne'],
  ['gt', 'ge', 'lt', 'le'],
  ['add', 'sub'],
  ['mul', 'div', 'divby', 'mod'],
  [], // The unary operators: negation and `not`.
  ['has', 'in'],
];

/** What the operand of `not` and of negation binds at least. */
export const unaryPrecedence = 6;

const operators = new Map<string, Operator>();
for (const [precedence, names] of groups.entries()) {
  for (const name of names) operators.set(name, { name, precedence });
}

/**
 * The binary operator behind an operand and the space there, in any case (OData Protocol 4.01,
 * section 12.4.1, item 7). Gives undefined, and stays where it is, when another thing follows.
 */
export function peekOperator(cursor: Cursor): Operator | undefined {
  const { text, position } = cursor;
  let at = position;
  let code = text.charCodeAt(at);
  while (code === 32 || code === 9) code = text.charCodeAt(++at);
  // All operators start with one of the letters from a to s.
  if ((code | 32) < 97 || (code | 32) > 115) return undefined;
  if (at === position && isNamePart(text.charCodeAt(at - 1))) return undefined;
  const end = identifierEnd(text, at);
  if (end - at < 2 || end - at > 5) return undefined;
  const word = text.slice(at, end);
  return operators.get(word) ?? operators.get(word.toLowerCase());
}
