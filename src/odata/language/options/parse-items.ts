import { expectAlias } from '../apply/parse-aggregate.ts';
import type { Cursor } from '../cursor.ts';
import type {
  ComputeItemSyntax,
  ComputeSyntax,
  OrderByItemSyntax,
  OrderBySyntax,
} from '../expressions/syntax.ts';

/** The items of `$orderby` (OData ABNF 4.01, orderby). */
export function parseOrderByItems(cursor: Cursor): OrderBySyntax {
  const items: OrderByItemSyntax[] = [];
  do items.push(parseOrderByItem(cursor));
  while (cursor.eatComma());
  return items;
}

function parseOrderByItem(cursor: Cursor): OrderByItemSyntax {
  cursor.countNode();
  const at = cursor.position;
  const expression = cursor.rules.expression(cursor);
  const isDescending = cursor.eatSpacedWord('desc');
  if (!isDescending) cursor.eatSpacedWord('asc');
  return { at, expression, direction: isDescending ? 'desc' : 'asc' };
}

/** The items of `$compute`, each with its alias (OData ABNF 4.01, compute). */
export function parseComputeItems(cursor: Cursor): ComputeSyntax {
  const items: ComputeItemSyntax[] = [];
  do {
    cursor.countNode();
    const at = cursor.position;
    const expression = cursor.rules.expression(cursor);
    items.push({ at, expression, alias: expectAlias(cursor) });
  } while (cursor.eatComma());
  return items;
}
