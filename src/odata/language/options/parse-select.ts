import type { Cursor } from '../cursor.ts';
import { parseAnnotation, parsePlainName } from '../expressions/parse-plain-path.ts';
import { identifierEnd, isNameStart, qualifiedEnd } from '../names.ts';
import type { SystemOptionName } from '../system-options.ts';
import type { OptionStep, SelectItemSyntax, SelectSyntax } from './syntax.ts';

/** The options of a selected property (OData ABNF 4.01, selectOption). */
const selectOptions: ReadonlySet<SystemOptionName> = new Set([
  '$compute',
  '$count',
  '$filter',
  '$orderby',
  '$search',
  '$select',
  '$skip',
  '$top',
]);

/** The items of `$select` (OData ABNF 4.01, select). */
export function parseSelectItems(cursor: Cursor): SelectSyntax {
  const items: SelectItemSyntax[] = [];
  do items.push(parseSelectItem(cursor));
  while (cursor.eatComma());
  return items;
}

function parseSelectItem(cursor: Cursor): SelectItemSyntax {
  const { text, position: at } = cursor;
  if (cursor.eat(42)) {
    cursor.countNode();
    return { kind: 'all', at };
  }
  const end = qualifiedEnd(text, at);
  if (end > at && text.startsWith('.*', end)) {
    cursor.countNode();
    cursor.position = end + 2;
    return { kind: 'operations', at, namespace: text.slice(at, end) };
  }
  const steps = [parseOptionStep(cursor)];
  while (cursor.eat(47)) steps.push(parseOptionStep(cursor));
  const hasParentheses = cursor.code === 40;
  const parameters = hasParentheses && isOverload(cursor) ? parseOverload(cursor) : undefined;
  const options =
    hasParentheses && parameters === undefined
      ? cursor.rules.nestedOptions(cursor, selectOptions)
      : undefined;
  return { kind: 'path', at, steps, parameters, options };
}

/** A property, a cast, an operation or an annotation. */
export function parseOptionStep(cursor: Cursor): OptionStep {
  if (cursor.code === 64) return parseAnnotation(cursor);
  if (!isNameStart(cursor.code)) cursor.refuse('a property');
  return parsePlainName(cursor);
}

/** Whether the parentheses hold parameter names: the first word has no `=` behind it. */
function isOverload({ text, position }: Cursor): boolean {
  const end = identifierEnd(text, position + 1);
  return end > position + 1 && text.charCodeAt(end) !== 61;
}

function parseOverload(cursor: Cursor): string[] {
  cursor.position++;
  const names: string[] = [];
  do {
    cursor.countNode();
    names.push(cursor.identifier('a parameter'));
  } while (cursor.eatComma());
  if (!cursor.eat(41)) cursor.refuse("',' or ')'");
  return names;
}
