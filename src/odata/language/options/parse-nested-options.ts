import type { Cursor } from '../cursor.ts';
import { optionDepthMax } from '../limits.ts';
import { identifierEnd } from '../names.ts';
import { findSystemOption, type SystemOptionName } from '../system-options.ts';
import { collectOptions } from './collect-options.ts';
import { parseOptionValue } from './parse-option-value.ts';
import type { OptionSyntax, OptionsSyntax } from './syntax.ts';

/**
 * Options in parentheses, separated by `;` (OData ABNF 4.01, expandOption, selectOption). The
 * cursor stands at the opening parenthesis. Aliases may stand where `$select` and `$expand` may.
 */
export function parseNestedOptions(
  cursor: Cursor,
  allowed: ReadonlySet<SystemOptionName>,
): OptionsSyntax {
  if (++cursor.optionDepth > optionDepthMax) {
    cursor.refuseFor(`Expected at most ${optionDepthMax} levels of nested options`);
  }
  cursor.position++;
  const options: OptionSyntax[] = [];
  const written: string[] = [];
  do {
    cursor.skipSpace();
    const start = cursor.position;
    options.push(parseNestedOption(cursor, allowed));
    written.push(cursor.text.slice(start, cursor.position));
    cursor.skipSpace();
  } while (cursor.eat(59));
  if (!cursor.eat(41)) cursor.refuse("';' or ')'");
  cursor.optionDepth--;
  return { ...collectOptions(options, cursor.target), written };
}

function parseNestedOption(cursor: Cursor, allowed: ReadonlySet<SystemOptionName>): OptionSyntax {
  const { text, position: at } = cursor;
  if (cursor.code === 64 && allowed.has('$select')) {
    cursor.position++;
    const alias = cursor.identifier('an alias');
    cursor.expect(61);
    return { name: 'alias', at, alias, value: cursor.rules.expression(cursor) };
  }
  const end = identifierEnd(text, cursor.code === 36 ? at + 1 : at);
  const name = findSystemOption(text.slice(at, end));
  if (name === undefined || !allowed.has(name)) {
    cursor.refuse(`one of ${[...allowed].join(', ')}`);
  }
  cursor.position = end;
  cursor.expect(61);
  return parseOptionValue(cursor, name, at);
}
