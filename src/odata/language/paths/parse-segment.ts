import type { Cursor } from '../cursor.ts';
import { parseArguments, parseKeyValue } from '../expressions/parse-arguments.ts';
import { parseArray, parseObject } from '../expressions/parse-json.ts';
import type { ArgumentSyntax, ExpressionSyntax } from '../expressions/syntax.ts';
import { identifierEnd, qualifiedEnd } from '../names.ts';
import { SyntaxRefusal } from '../syntax-refusal.ts';
import type { SegmentSyntax, SystemSegmentName } from './syntax.ts';

const systemNames: ReadonlySet<string> = new Set<SystemSegmentName>([
  '$all',
  '$batch',
  '$count',
  '$each',
  '$entity',
  '$metadata',
  '$query',
  '$ref',
  '$value',
]);

/**
 * One decoded segment, whose characters are the rest of the cursor's text. What is no name is a
 * key; `isFirst` refuses it, since a path starts with a name.
 */
export function parseSegment(cursor: Cursor, isFirst: boolean): SegmentSyntax {
  if (cursor.code === 36) return parseDollarSegment(cursor);
  if (isFirst) return parseName(cursor, identifierEnd(cursor.text, cursor.position));
  const { text: path, position: at, target } = cursor;
  const text = path.slice(at);
  const end = qualifiedEnd(path, at);
  if (end === at || (end < path.length && path.charCodeAt(end) !== 40)) {
    const problem = `Expected ${end === at ? 'a name' : "'(' or '/'"}`;
    return { kind: 'key', at, text, problem: { target, position: end, problem } };
  }
  try {
    return parseName(cursor, end);
  } catch (refusal) {
    if (!(refusal instanceof SyntaxRefusal)) throw refusal;
    return { kind: 'key', at, text, problem: refusal.describe() };
  }
}

/** A name that ends at `end`, and the parentheses behind it. */
function parseName(cursor: Cursor, end: number): SegmentSyntax {
  const at = cursor.position;
  const text = cursor.text.slice(at);
  if (end === at) cursor.refuse('a name');
  cursor.position = end;
  const name = cursor.text.slice(at, end);
  const parentheses = parseParentheses(cursor);
  const key = parentheses && parseParentheses(cursor);
  if (!cursor.isAtEnd) cursor.refuse("'(' or '/'");
  return { kind: 'name', at, text, name, parentheses, key };
}

function parseParentheses(cursor: Cursor): readonly ArgumentSyntax[] | undefined {
  return cursor.code === 40 ? parseArguments(cursor, parsePathValue) : undefined;
}

/** A parameter's value in a path (OData ABNF 4.01, functionParameter), or JSON. */
function parsePathValue(cursor: Cursor): ExpressionSyntax {
  if (cursor.code === 91) return parseArray(cursor);
  if (cursor.code === 123) return parseObject(cursor);
  return parseKeyValue(cursor);
}

/** Segments of OData's own, spelled in exactly this case (OData ABNF 4.01, odataRelativeUri). */
function parseDollarSegment(cursor: Cursor): SegmentSyntax {
  const at = cursor.position;
  const text = cursor.text.slice(at);
  const end = identifierEnd(cursor.text, at + 1);
  const word = cursor.text.slice(at, end);
  if (systemNames.has(word)) {
    cursor.position = end;
    cursor.expectEnd();
    return { kind: 'system', at, text, name: word as SystemSegmentName };
  }
  if (word !== '$filter' && word !== '$crossjoin') {
    cursor.refuseFor(`Expected a name or a system segment, found '${word}'`, at);
  }
  cursor.position = end;
  cursor.expect(40);
  return word === '$filter' ? parseFilter(cursor, at, text) : parseCrossjoin(cursor, at, text);
}

/** `$filter(predicate)` (OData ABNF 4.01, filterInPath). */
function parseFilter(cursor: Cursor, at: number, text: string): SegmentSyntax {
  cursor.skipSpace();
  const predicate = cursor.rules.expression(cursor);
  cursor.skipSpace();
  if (!cursor.eat(41)) cursor.refuse("an operator or ')'");
  const key = parseParentheses(cursor);
  cursor.expectEnd();
  return { kind: 'filter', at, text, predicate, key };
}

/** `$crossjoin(A,B)` (OData ABNF 4.01, crossjoin). */
function parseCrossjoin(cursor: Cursor, at: number, text: string): SegmentSyntax {
  const sets: { at: number; name: string }[] = [];
  do {
    cursor.countNode();
    sets.push({ at: cursor.position, name: cursor.identifier('an entity set') });
  } while (cursor.eatComma());
  if (!cursor.eat(41)) cursor.refuse("',' or ')'");
  cursor.expectEnd();
  return { kind: 'crossjoin', at, text, sets };
}
