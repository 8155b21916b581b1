import type { Cursor } from '../cursor.ts';
import { identifierEnd } from '../names.ts';
import type { SystemOptionName } from '../system-options.ts';
import { parseOptionStep } from './parse-select.ts';
import type { ExpandItemSyntax, ExpandSyntax, OptionStep } from './syntax.ts';

/** OData ABNF 4.01, expandCountOption. */
const countOptions: readonly SystemOptionName[] = ['$filter', '$search'];

/** OData ABNF 4.01, expandRefOption. */
const refOptions: readonly SystemOptionName[] = [
  ...countOptions,
  '$orderby',
  '$skip',
  '$top',
  '$count',
];

/** OData ABNF 4.01, expandOption, and what aggregation and temporal data add to it. */
const expandOptions: readonly SystemOptionName[] = [
  ...refOptions,
  '$select',
  '$expand',
  '$compute',
  '$levels',
  '$apply',
  '$at',
  '$from',
  '$to',
  '$toInclusive',
];

const allowed = {
  count: new Set(countOptions),
  ref: new Set(refOptions),
  name: new Set(expandOptions),
  all: new Set<SystemOptionName>(['$levels']),
} as const;

/** The items of `$expand` (OData ABNF 4.01, expand). */
export function parseExpandItems(cursor: Cursor): ExpandSyntax {
  const items: ExpandItemSyntax[] = [];
  do items.push(parseExpandItem(cursor));
  while (cursor.eatComma());
  return items;
}

function parseExpandItem(cursor: Cursor): ExpandItemSyntax {
  cursor.countNode();
  const at = cursor.position;
  const steps: OptionStep[] = [];
  let suffix: ExpandItemSyntax['suffix'];
  let ending: ExpandItemSyntax['ending'] = 'name';
  if (isWordAt(cursor, '$value')) {
    cursor.position += '$value'.length;
    return { at, steps, ending: 'value', suffix, options: undefined };
  }
  for (;;) {
    suffix = steps.length > 0 ? parseSuffix(cursor) : undefined;
    if (suffix !== undefined) break;
    if (cursor.eat(42)) {
      ending = 'all';
      suffix = cursor.eat(47) ? parseStarSuffix(cursor) : undefined;
      break;
    }
    steps.push(parseOptionStep(cursor));
    if (!cursor.eat(47)) break;
  }
  if (cursor.code !== 40 || (ending === 'all' && suffix)) {
    return { at, steps, ending, suffix, options: undefined };
  }
  const options = cursor.rules.nestedOptions(cursor, allowed[suffix ?? ending]);
  return { at, steps, ending, suffix, options };
}

function isWordAt({ text, position }: Cursor, word: string): boolean {
  const end = position + word.length;
  return text.startsWith(word, position) && identifierEnd(text, position + 1) === end;
}

/** `$ref` or `$count` behind the path's last `/`. */
function parseSuffix(cursor: Cursor): ExpandItemSyntax['suffix'] {
  const suffix = isWordAt(cursor, '$ref')
    ? 'ref'
    : isWordAt(cursor, '$count')
      ? 'count'
      : undefined;
  if (suffix !== undefined) cursor.position += suffix.length + 1;
  else if (cursor.code === 36) cursor.refuse('$ref, $count or a name');
  return suffix;
}

function parseStarSuffix(cursor: Cursor): ExpandItemSyntax['suffix'] {
  if (!isWordAt(cursor, '$ref')) cursor.refuse('$ref');
  return parseSuffix(cursor);
}
