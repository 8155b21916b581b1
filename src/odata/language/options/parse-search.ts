import type { Cursor } from '../cursor.ts';
import { scanQuoted } from '../literals/scan-quoted.ts';
import { isIdentifier } from '../names.ts';
import type { SearchClauseSyntax, SearchSyntax, SearchTermSyntax } from './search-syntax.ts';

/**
 * A search (OData ABNF 4.01, searchExpr; precedence in OData URL Conventions 4.01, section 5.1.8).
 * `AND`, `OR` and `NOT` are operators only where an operand follows; elsewhere they are words.
 */
export function parseSearchText(cursor: Cursor): SearchSyntax {
  cursor.skipSpace();
  return parseOr(cursor);
}

function parseOr(cursor: Cursor): SearchSyntax {
  cursor.enter();
  const at = cursor.position;
  const operands = [parseAnd(cursor)];
  while (eatOperator(cursor, 'OR')) operands.push(parseAnd(cursor));
  cursor.leave();
  return combine(cursor, 'or', at, operands);
}

function parseAnd(cursor: Cursor): SearchSyntax {
  const at = cursor.position;
  const operands = [parseNot(cursor)];
  while (eatConjunction(cursor)) operands.push(parseNot(cursor));
  return combine(cursor, 'and', at, operands);
}

function combine(
  cursor: Cursor,
  kind: 'and' | 'or',
  at: number,
  operands: readonly SearchSyntax[],
): SearchSyntax {
  if (operands.length === 1) return operands[0]!;
  cursor.countNode();
  return { kind, at, operands };
}

/** `AND`, or a space alone before an operand that is not behind an `OR`. */
function eatConjunction(cursor: Cursor): boolean {
  if (eatOperator(cursor, 'AND')) return true;
  const start = cursor.position;
  if (cursor.skipSpace() && isOperandStart(cursor) && !isOperator(cursor, 'OR')) return true;
  cursor.position = start;
  return false;
}

/** Passes a space, the operator and a space if an operand follows. */
function eatOperator(cursor: Cursor, operator: string): boolean {
  const start = cursor.position;
  if (cursor.skipSpace() && isOperator(cursor, operator)) {
    cursor.position += operator.length;
    cursor.skipSpace();
    return true;
  }
  cursor.position = start;
  return false;
}

/** Whether the operator stands here, with a space and an operand behind it. */
function isOperator(cursor: Cursor, operator: string): boolean {
  const start = cursor.position;
  if (!cursor.text.startsWith(operator, start)) return false;
  cursor.position += operator.length;
  const isOperator = cursor.skipSpace() && isOperandStart(cursor);
  cursor.position = start;
  return isOperator;
}

function isOperandStart(cursor: Cursor): boolean {
  return cursor.code === 40 || cursor.code === 34 || isWordPart(cursor);
}

function parseNot(cursor: Cursor): SearchSyntax {
  if (!isOperator(cursor, 'NOT')) return parseTerm(cursor);
  cursor.countNode();
  cursor.enter();
  const at = cursor.position;
  cursor.position += 'NOT'.length;
  cursor.skipSpace();
  const operand = parseNot(cursor);
  cursor.leave();
  return { kind: 'not', at, operand };
}

function parseTerm(cursor: Cursor): SearchSyntax {
  const code = cursor.code;
  if (code === 34) return parsePhrase(cursor);
  if (code === 39) return createTerm(cursor, 'incomplete', cursor.position, scanQuoted(cursor));
  if (code !== 40) return parseSearchWord(cursor);
  cursor.position++;
  cursor.skipSpace();
  const inside = parseOr(cursor);
  cursor.skipSpace();
  if (!cursor.eat(41)) cursor.refuse("a space or ')'");
  return inside;
}

function createTerm(
  cursor: Cursor,
  kind: SearchTermSyntax['kind'],
  at: number,
  text: string,
): SearchTermSyntax {
  cursor.countNode();
  return { kind, at, text, clause: kind === 'phrase' ? readClause(text) : undefined };
}

/** Words hold neither spaces, parentheses and double quotes nor an unescaped `;`. */
function isWordPart(cursor: Cursor): boolean {
  const code = cursor.code;
  if (Number.isNaN(code) || code <= 32 || code === 34 || code === 40 || code === 41) return false;
  return code !== 59 || cursor.escaped.has(cursor.position);
}

function parseSearchWord(cursor: Cursor): SearchTermSyntax {
  const at = cursor.position;
  while (isWordPart(cursor)) cursor.position++;
  if (cursor.position === at) cursor.refuse('a word, a phrase in double quotes or a parenthesis');
  return createTerm(cursor, 'word', at, cursor.text.slice(at, cursor.position));
}

/** A phrase; `\` escapes a double quote or itself (Graph: Use the $search query parameter). */
function parsePhrase(cursor: Cursor): SearchTermSyntax {
  const { text } = cursor;
  const at = cursor.position++;
  let inside = '';
  for (;;) {
    const code = cursor.code;
    if (cursor.isAtEnd) cursor.refuse("a closing '\"'");
    if (code === 34) break;
    const next = text.charCodeAt(cursor.position + 1);
    if (code === 92 && (next === 34 || next === 92)) cursor.position++;
    inside += text.charAt(cursor.position++);
  }
  if (inside === '') cursor.refuse('a phrase');
  cursor.position++;
  return createTerm(cursor, 'phrase', at, inside);
}

/** Graph's `property:text`; undefined for other phrases. */
function readClause(text: string): SearchClauseSyntax | undefined {
  const colon = text.indexOf(':');
  const property = text.slice(0, Math.max(colon, 0));
  return isIdentifier(property) ? { property, text: text.slice(colon + 1) } : undefined;
}
