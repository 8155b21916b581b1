import { parseTransformations } from './apply/parse-apply.ts';
import { Cursor, type Rules } from './cursor.ts';
import { parseExpression } from './expressions/parse-expression.ts';
import { parseNestedOptions } from './options/parse-nested-options.ts';

/** The rings of the grammar, closed. */
const rules: Rules = {
  expression: parseExpression,
  nestedOptions: parseNestedOptions,
  apply: parseTransformations,
};

/** A cursor at the start of a decoded text; `escaped` as `decodeQueryPart` gives it. */
export function openCursor(text: string, target: string, escaped?: ReadonlySet<number>): Cursor {
  return new Cursor({ text, target, rules, ...(escaped ? { escaped } : {}) });
}
