import type { Cursor } from '../cursor.ts';
import { parsePlainPath } from '../expressions/parse-plain-path.ts';
import type { OrderBySyntax } from '../expressions/syntax.ts';
import { isDigit, parseCount } from '../literals/scan-number.ts';
import { qualifiedEnd } from '../names.ts';
import { parseOrderByItems } from '../options/parse-items.ts';
import type { ApplySyntax, HierarchySyntax, TransformationSyntax } from './syntax.ts';

/** Transformations that give a part of their input (OData Aggregation ABNF, preservingTrafo). */
const preserving: ReadonlySet<TransformationSyntax['kind']> = new Set([
  'ancestors',
  'bottomcount',
  'bottompercent',
  'bottomsum',
  'descendants',
  'filter',
  'function',
  'identity',
  'orderby',
  'search',
  'skip',
  'top',
  'topcount',
  'toppercent',
  'topsum',
  'traverse',
]);

function expectComma(cursor: Cursor, what: string): void {
  if (cursor.eatComma()) return;
  cursor.skipSpace();
  cursor.refuse(`',' and ${what}`);
}

/** Nodes from `$root`, a qualifier and a path (OData Aggregation ABNF, recHierReference). */
export function parseHierarchy(cursor: Cursor): HierarchySyntax {
  cursor.countNode();
  const at = cursor.position;
  const nodes = cursor.rules.expression(cursor);
  if (nodes.kind !== 'path' || nodes.start !== 'root') cursor.refuse("a path from '$root'", at);
  expectComma(cursor, "the hierarchy's qualifier");
  const qualifier = cursor.identifier('a qualifier');
  expectComma(cursor, "the path to a node's id");
  return { at, nodes, qualifier, path: parsePlainPath(cursor) };
}

/** `ancestors` and `descendants` (OData Aggregation ABNF, ancestorsTrafo, descendantsTrafo). */
export function parseClimb(
  cursor: Cursor,
  at: number,
  kind: 'ancestors' | 'descendants',
): TransformationSyntax {
  const hierarchy = parseHierarchy(cursor);
  expectComma(cursor, 'a transformation');
  const of = cursor.rules.apply(cursor, preserving);
  let distance: number | undefined;
  let keepsStart = false;
  while (!keepsStart && cursor.eatComma()) {
    if (distance === undefined && isDigit(cursor.code)) distance = parseCount(cursor);
    else if (cursor.eatWord('keep') && cursor.eatSpacedWord('start')) keepsStart = true;
    else cursor.refuse(distance === undefined ? "a distance or 'keep start'" : "'keep start'");
  }
  return { kind, at, hierarchy, of, distance, keepsStart };
}

/** `traverse` (OData Aggregation ABNF, traverseTrafo). */
export function parseTraverse(cursor: Cursor, at: number): TransformationSyntax {
  const hierarchy = parseHierarchy(cursor);
  expectComma(cursor, "'preorder' or 'postorder'");
  const isPreorder = cursor.eatWord('preorder');
  if (!isPreorder && !cursor.eatWord('postorder')) cursor.refuse("'preorder' or 'postorder'");
  const order = isPreorder ? 'preorder' : 'postorder';
  let of: ApplySyntax | undefined;
  let orderby: OrderBySyntax = [];
  let hasMore = cursor.eatComma();
  if (hasMore && isTransformation(cursor)) {
    of = cursor.rules.apply(cursor, preserving);
    hasMore = cursor.eatComma();
  }
  if (hasMore) orderby = parseOrderByItems(cursor);
  return { kind: 'traverse', at, hierarchy, order, of, orderby };
}

/** Whether a transformation stands here rather than an expression to order by. */
function isTransformation({ text, position }: Cursor): boolean {
  const end = qualifiedEnd(text, position);
  const name = text.slice(position, end).toLowerCase();
  if (name === 'identity') return true;
  const isKnown = (preserving as ReadonlySet<string>).has(name) || name.includes('.');
  return isKnown && text.charCodeAt(end) === 40;
}
