import type { Cursor } from '../cursor.ts';
import {
  createWord,
  isNumberStart,
  parseDigits,
  parsePrefixed,
  parseString,
  wordType,
} from '../literals/parse-literal.ts';
import { isGuidAt } from '../literals/scan-quoted.ts';
import { identifierEnd, isNameStart, qualifiedEnd } from '../names.ts';
import { findFunction } from './functions.ts';
import { parseCall, parseCase, parseTypeTest } from './parse-call.ts';
import { parseArray, parseObject } from './parse-json.ts';
import { parseMarkedPath, parseNamePath } from './parse-member-path.ts';
import type { ExpressionSyntax } from './syntax.ts';

const whatAnOperandIs = 'a name, a value, a function or a parenthesis';

/** What stands between operators (OData ABNF 4.01, the alternatives of commonExpr). */
export function parseOperand(cursor: Cursor): ExpressionSyntax {
  const { text, position } = cursor;
  const code = text.charCodeAt(position);
  if (isNameStart(code)) {
    return isGuidAt(text, position) ? parseDigits(cursor) : parseWord(cursor);
  }
  if (code === 39) return parseString(cursor);
  if (isNumberStart(text, position)) return parseDigits(cursor);
  if (code === 40) return parseParenthesized(cursor);
  if (code === 36 || code === 64) return parseMarkedPath(cursor);
  if (code === 91) return parseArray(cursor);
  if (code === 123) return parseObject(cursor);
  if (code === 34) cursor.refuse('a text in single quotes');
  return cursor.refuse(whatAnOperandIs);
}

/** What starts with a letter; what stands behind the word decides. */
function parseWord(cursor: Cursor): ExpressionSyntax {
  const { text, position } = cursor;
  let end = identifierEnd(text, position);
  if (end === position) return cursor.refuse(whatAnOperandIs);
  let next = text.charCodeAt(end);
  const isQualified = next === 46;
  if (isQualified) {
    end = qualifiedEnd(text, position);
    next = text.charCodeAt(end);
  }
  if (next === 39) {
    cursor.position = end;
    return parsePrefixed(cursor, position, text.slice(position, end));
  }
  if (next === 40) return parseParenthesizedName(cursor, end);
  if (isQualified && next !== 47) cursor.refuse("'(' or '/' behind a qualified name", end);
  if (next !== 47 && end - position <= 5 && end - position >= 3) {
    const word = text.slice(position, end);
    const type = wordType(word);
    if (type !== undefined) {
      cursor.position = end;
      return createWord(cursor, position, type, word);
    }
  }
  return parseNamePath(cursor);
}

/** A name with parentheses that end at `end`: a canonical function, or the model's own. */
function parseParenthesizedName(cursor: Cursor, end: number): ExpressionSyntax {
  const name = cursor.text.slice(cursor.position, end);
  const arity = findFunction(name);
  if (arity) return parseCall(cursor, arity);
  const lower = name.length <= 9 ? name.toLowerCase() : name;
  if (lower === 'cast' || lower === 'isof') return parseTypeTest(cursor, lower);
  if (lower === 'case') return parseCase(cursor);
  if (lower === 'any' || lower === 'all' || lower === 'aggregate') {
    const problem = `Expected a path to a collection before '${name}'`;
    cursor.refuseFor(problem);
  }
  return parseNamePath(cursor);
}

function parseParenthesized(cursor: Cursor): ExpressionSyntax {
  cursor.position++;
  cursor.skipSpace();
  const inside = cursor.rules.expression(cursor);
  cursor.skipSpace();
  if (!cursor.eat(41)) cursor.refuse("an operator or ')'");
  return inside;
}
