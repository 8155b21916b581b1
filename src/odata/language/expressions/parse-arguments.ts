import type { Cursor } from '../cursor.ts';
import { parseLiteral } from '../literals/parse-literal.ts';
import { identifierEnd } from '../names.ts';
import type { ArgumentSyntax, ExpressionSyntax } from './syntax.ts';

/**
 * A key or parameters in parentheses, where the cursor stands at the opening one: nothing, one
 * value without a name, or values with names (OData ABNF 4.01, keyPredicate, functionParameters).
 * `parseNamed` reads a named value: more than a literal may stand in a query than in a path.
 */
export function parseArguments(
  cursor: Cursor,
  parseNamed: (cursor: Cursor) => ExpressionSyntax,
): readonly ArgumentSyntax[] {
  cursor.position++;
  cursor.skipSpace();
  const values: ArgumentSyntax[] = [];
  if (cursor.eat(41)) return values;
  do values.push(parseArgument(cursor, parseNamed));
  while (values[0]!.name !== undefined && cursor.eatComma());
  cursor.skipSpace();
  if (!cursor.eat(41)) cursor.refuse(values[0]!.name === undefined ? "')'" : "',' or ')'");
  return values;
}

function parseArgument(
  cursor: Cursor,
  parseNamed: (cursor: Cursor) => ExpressionSyntax,
): ArgumentSyntax {
  cursor.countNode();
  const { text, position: at } = cursor;
  const end = identifierEnd(text, at);
  if (end === at || text.charCodeAt(end) !== 61) {
    cursor.enter();
    const value = parseKeyValue(cursor);
    cursor.leave();
    return { at, name: undefined, value };
  }
  const name = cursor.identifier();
  cursor.position++;
  return { at, name, value: parseNamed(cursor) };
}

/** A literal or a parameter alias (OData ABNF 4.01, keyPropertyValue, parameterAlias). */
export function parseKeyValue(cursor: Cursor): ExpressionSyntax {
  if (cursor.code === 64) return parseAlias(cursor);
  return parseLiteral(cursor) ?? cursor.refuse('a literal or a parameter alias');
}

/** `@alias` on its own. */
function parseAlias(cursor: Cursor): ExpressionSyntax {
  cursor.countNode();
  const at = cursor.position++;
  const alias = cursor.identifier('an alias');
  return { kind: 'path', at, start: 'alias', alias, steps: [] };
}
