import type { Cursor } from '../cursor.ts';
import { identifierEnd, qualifiedEnd } from '../names.ts';
import type { Arity } from './functions.ts';
import type {
  CallSyntax,
  CaseSyntax,
  ExpressionSyntax,
  TypeNameSyntax,
  TypeTestSyntax,
} from './syntax.ts';

/** Passes the name and `(`, and the space behind it. */
function open(cursor: Cursor, nameCharacters: number): void {
  cursor.position += nameCharacters + 1;
  cursor.skipSpace();
}

function close(cursor: Cursor, expected: string): void {
  cursor.skipSpace();
  if (!cursor.eat(41)) cursor.refuse(expected);
}

/** A call of a canonical function (OData ABNF 4.01, methodCallExpr); the cursor is at its name. */
export function parseCall(cursor: Cursor, { name, min, max }: Arity): CallSyntax {
  cursor.countNode();
  const at = cursor.position;
  open(cursor, name.length);
  const values: ExpressionSyntax[] = [];
  if (max > 0) {
    do values.push(cursor.rules.expression(cursor));
    while (values.length < max && cursor.eatComma());
  }
  if (values.length < min) {
    cursor.skipSpace();
    cursor.refuse(`',' and the next of ${min} arguments`);
  }
  close(cursor, values.length < max ? "',' or ')'" : "')'");
  return { kind: 'call', at, name, arguments: values };
}

/** `cast` or `isof` (OData ABNF 4.01, castExpr, isofExpr); the cursor is at the word. */
export function parseTypeTest(cursor: Cursor, kind: 'cast' | 'isof'): TypeTestSyntax {
  cursor.countNode();
  const at = cursor.position;
  open(cursor, kind.length);
  let operand: ExpressionSyntax | undefined;
  if (!isOnlyType(cursor)) {
    operand = cursor.rules.expression(cursor);
    if (!cursor.eatComma()) {
      cursor.skipSpace();
      cursor.refuse("',' and a type");
    }
  }
  const type = parseTypeName(cursor);
  close(cursor, "')'");
  return { kind, at, operand, type };
}

/** Whether a type's name is all that stands before the closing parenthesis. */
function isOnlyType({ text, position }: Cursor): boolean {
  let end = qualifiedEnd(text, position);
  if (text.charCodeAt(position) === 39) end = text.indexOf("'", position + 1) + 1;
  if (text.slice(position, end) === 'Collection' && text.charCodeAt(end) === 40) {
    end = qualifiedEnd(text, end + 1);
    if (text.charCodeAt(end++) !== 41) return false;
  }
  while (text.charCodeAt(end) === 32 || text.charCodeAt(end) === 9) end++;
  return text.charCodeAt(end) === 41;
}

/**
 * A type's name, or `Collection(name)` (OData ABNF 4.01, optionallyQualifiedTypeName). Quotes
 * around it are accepted, since Graph's own pages write `isof('microsoft.graph.user')`.
 */
function parseTypeName(cursor: Cursor): TypeNameSyntax {
  if (cursor.eat(39)) {
    const type = parseTypeName(cursor);
    cursor.expect(39);
    return type;
  }
  const at = cursor.position;
  const end = identifierEnd(cursor.text, at);
  if (cursor.text.slice(at, end) !== 'Collection' || cursor.text.charCodeAt(end) !== 40) {
    return { at, name: cursor.qualifiedName('a type'), isCollection: false };
  }
  cursor.position = end + 1;
  const name = cursor.qualifiedName('a type');
  cursor.expect(41);
  return { at, name, isCollection: true };
}

/** `case` (OData ABNF 4.01, caseMethodCallExpr); the cursor is at the word. */
export function parseCase(cursor: Cursor): CaseSyntax {
  cursor.countNode();
  const at = cursor.position;
  open(cursor, 'case'.length);
  const branches: { when: ExpressionSyntax; result: ExpressionSyntax }[] = [];
  do {
    const outer = cursor.conditionDepth;
    cursor.conditionDepth = cursor.depth + 1;
    const when = cursor.rules.expression(cursor);
    cursor.conditionDepth = outer;
    cursor.skipSpace();
    cursor.expect(58);
    cursor.skipSpace();
    branches.push({ when, result: cursor.rules.expression(cursor) });
  } while (cursor.eatComma());
  close(cursor, "',' or ')'");
  return { kind: 'case', at, branches };
}
