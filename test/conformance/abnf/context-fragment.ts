/**
 * Context URL fragments (OData ABNF 4.01, contextFragment): the grammar by which tests read what
 * a server writes behind the `#` of `@odata.context`.
 */
import type { Cursor } from '#odata/language/cursor.ts';
import { parseArguments, parseKeyValue } from '#odata/language/expressions/parse-arguments.ts';
import { parseAnnotation, parsePlainName } from '#odata/language/expressions/parse-plain-path.ts';
import { isNumberStart } from '#odata/language/literals/parse-literal.ts';
import { identifierEnd, qualifiedEnd } from '#odata/language/names.ts';
import type { OptionStep } from '#odata/language/options/syntax.ts';
import { openCursor } from '#odata/language/rules.ts';

/** An item of a fragment's select list. */
export interface SelectListItem {
  readonly steps: readonly OptionStep[];
  readonly isAll: boolean;
  readonly list: readonly SelectListItem[] | undefined;
}

/** What a fragment says: the path, what is selected, and `$entity` and its like. */
export interface ContextFragment {
  readonly steps: readonly OptionStep[];
  readonly list: readonly SelectListItem[] | undefined;
  readonly ending: string | undefined;
}

const endings = ['$entity', '$delta', '$deletedEntity', '$link', '$deletedLink'];

/** Reads a fragment, without its `#`. It is not percent-encoded. */
export function parseContextFragment(text: string): ContextFragment {
  const cursor = openCursor(text, 'the context');
  if (text === '$ref' || text === 'Collection($ref)') {
    return { steps: [], list: undefined, ending: '$ref' };
  }
  const fragment = text.startsWith('Collection(') ? parseCollection(cursor) : parsePath(cursor);
  cursor.expectEnd();
  return fragment;
}

function parseCollection(cursor: Cursor): ContextFragment {
  cursor.position += 'Collection('.length;
  const steps = [parsePlainName(cursor)];
  cursor.expect(41);
  const list = cursor.code === 40 ? parseList(cursor) : undefined;
  return { steps, list, ending: undefined };
}

function parsePath(cursor: Cursor): ContextFragment {
  const steps: OptionStep[] = [];
  for (;;) {
    const step = parsePlainName(cursor);
    const parentheses = isKey(cursor) ? parseArguments(cursor, parseKeyValue) : undefined;
    steps.push({ ...step, parentheses });
    if (cursor.code === 40) {
      const list = parseList(cursor);
      const ending = cursor.eat(47) ? parseEnding(cursor) : undefined;
      return { steps, list, ending };
    }
    if (!cursor.eat(47)) return { steps, list: undefined, ending: undefined };
    if (cursor.code === 36) return { steps, list: undefined, ending: parseEnding(cursor) };
  }
}

/** Whether parentheses hold a key rather than a select list. */
function isKey({ text, position }: Cursor): boolean {
  if (text.charCodeAt(position) !== 40) return false;
  const start = position + 1;
  if (text.charCodeAt(start) === 39 || isNumberStart(text, start)) return true;
  return text.charCodeAt(identifierEnd(text, start)) === 61;
}

function parseEnding(cursor: Cursor): string {
  const ending = cursor.text.slice(cursor.position);
  if (!endings.includes(ending)) cursor.refuse(endings.join(', '));
  cursor.position = cursor.text.length;
  return ending;
}

function parseList(cursor: Cursor): SelectListItem[] {
  cursor.expect(40);
  const items: SelectListItem[] = [];
  if (cursor.eat(41)) return items;
  do items.push(parseItem(cursor));
  while (cursor.eat(44));
  cursor.expect(41);
  return items;
}

function parseItem(cursor: Cursor): SelectListItem {
  if (cursor.eat(42)) return { steps: [], isAll: true, list: undefined };
  const end = qualifiedEnd(cursor.text, cursor.position);
  if (cursor.text.startsWith('.*', end)) {
    cursor.position = end + 2;
    return { steps: [], isAll: true, list: undefined };
  }
  const steps: OptionStep[] = [];
  do steps.push(cursor.code === 64 ? parseAnnotation(cursor) : parsePlainName(cursor));
  while (cursor.eat(47));
  cursor.eat(43);
  const list = cursor.code === 40 ? parseList(cursor) : undefined;
  return { steps, isAll: false, list };
}
