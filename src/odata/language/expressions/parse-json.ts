import type { Cursor } from '../cursor.ts';
import { createLiteral } from '../literals/parse-literal.ts';
import type { ArraySyntax, ExpressionSyntax, MemberSyntax, ObjectSyntax } from './syntax.ts';

/** A JSON array whose items may be expressions (OData ABNF 4.01, array). */
export function parseArray(cursor: Cursor): ArraySyntax {
  cursor.countNode();
  const at = cursor.position++;
  cursor.skipSpace();
  const items: ExpressionSyntax[] = [];
  if (!cursor.eat(93)) {
    do items.push(parseValue(cursor));
    while (cursor.eatComma());
    cursor.skipSpace();
    if (!cursor.eat(93)) cursor.refuse("',' or ']'");
  }
  return { kind: 'array', at, items, isList: false };
}

/** A JSON object whose values may be expressions (OData ABNF 4.01, object). */
export function parseObject(cursor: Cursor): ObjectSyntax {
  cursor.countNode();
  const at = cursor.position++;
  cursor.skipSpace();
  const members: MemberSyntax[] = [];
  if (!cursor.eat(125)) {
    do members.push(parseMember(cursor));
    while (cursor.eatComma());
    cursor.skipSpace();
    if (!cursor.eat(125)) cursor.refuse("',' or '}'");
  }
  return { kind: 'object', at, members };
}

function parseMember(cursor: Cursor): MemberSyntax {
  cursor.countNode();
  const at = cursor.position;
  if (cursor.code !== 34) cursor.refuse('a name in double quotes');
  const name = scanJsonString(cursor);
  cursor.skipSpace();
  cursor.expect(58);
  cursor.skipSpace();
  return { at, name, value: parseValue(cursor) };
}

function parseValue(cursor: Cursor): ExpressionSyntax {
  if (cursor.code !== 34) return cursor.rules.expression(cursor);
  const at = cursor.position;
  return createLiteral(cursor, at, 'string', scanJsonString(cursor));
}

/** Passes a string in double quotes with JSON's escapes (OData ABNF 4.01, stringInUrl). */
function scanJsonString(cursor: Cursor): string {
  const { text } = cursor;
  const start = cursor.position;
  let end = start + 1;
  let hasEscape = false;
  for (let code = text.charCodeAt(end); code !== 34; code = text.charCodeAt(++end)) {
    if (end >= text.length) cursor.refuse("a closing '\"'", text.length);
    if (code !== 92) continue;
    hasEscape = true;
    end++;
  }
  cursor.position = end + 1;
  if (!hasEscape) return text.slice(start + 1, end);
  try {
    return JSON.parse(text.slice(start, end + 1)) as string;
  } catch {
    return cursor.refuseFor('Expected a string with the escapes of JSON', start);
  }
}

/**
 * What stands in parentheses behind `in`: a list of literals, or one expression that gives a
 * collection (OData ABNF 4.01, listExpr, parenExpr).
 */
export function parseList(cursor: Cursor): ExpressionSyntax {
  cursor.countNode();
  const at = cursor.position++;
  const items: ExpressionSyntax[] = [];
  cursor.skipSpace();
  if (cursor.eat(41)) return { kind: 'array', at, items, isList: true };
  do {
    const item = cursor.rules.expression(cursor);
    if (item.kind !== 'literal' && items.length > 0) cursor.refuse('a literal', item.at);
    items.push(item);
    if (item.kind !== 'literal') break;
  } while (cursor.eatComma());
  cursor.skipSpace();
  if (!cursor.eat(41)) cursor.refuse(items[0]!.kind === 'literal' ? "',' or ')'" : "')'");
  const [first] = items;
  if (first && first.kind !== 'literal') return first;
  return { kind: 'array', at, items, isList: true };
}
