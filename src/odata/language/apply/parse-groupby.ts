import type { Cursor } from '../cursor.ts';
import { parsePlainPath } from '../expressions/parse-plain-path.ts';
import { identifierEnd } from '../names.ts';
import { parseHierarchy } from './parse-hierarchy.ts';
import type { GroupingSyntax, TransformationSyntax } from './syntax.ts';

/** What `rolluprecursive` may apply to its hierarchy (OData Aggregation ABNF, hierarchyTrafo). */
const hierarchical: ReadonlySet<TransformationSyntax['kind']> = new Set([
  'ancestors',
  'descendants',
  'function',
  'traverse',
]);

/** A list of groupings and what to do with each group (OData Aggregation ABNF, groupbyTrafo). */
export function parseGroupby(cursor: Cursor, at: number): TransformationSyntax {
  cursor.expect(40);
  cursor.skipSpace();
  const by = [parseGrouping(cursor)];
  while (cursor.eatComma()) by.push(parseGrouping(cursor));
  cursor.skipSpace();
  if (!cursor.eat(41)) cursor.refuse("',' or ')'");
  const apply = cursor.eatComma() ? cursor.rules.apply(cursor) : undefined;
  return { kind: 'groupby', at, by, apply };
}

function parseGrouping(cursor: Cursor): GroupingSyntax {
  const { text, position: at } = cursor;
  const end = identifierEnd(text, at);
  if (text.charCodeAt(end) !== 40) return parsePlainPath(cursor);
  const kind = text.slice(at, end).toLowerCase();
  if (kind !== 'rollup' && kind !== 'rolluprecursive') {
    cursor.refuse("a path without keys, 'rollup' or 'rolluprecursive'", end);
  }
  cursor.countNode();
  cursor.position = end + 1;
  cursor.skipSpace();
  const grouping = kind === 'rollup' ? parseRollup(cursor, at) : parseRecursive(cursor, at);
  cursor.skipSpace();
  if (!cursor.eat(41)) cursor.refuse("',' or ')'");
  return grouping;
}

function parseRollup(cursor: Cursor, at: number): GroupingSyntax {
  const levels = [parsePlainPath(cursor)];
  while (cursor.eatComma()) levels.push(parsePlainPath(cursor));
  if (levels.length === 1 && levels[0]!.steps.length > 1) {
    cursor.skipSpace();
    cursor.refuse("',' and the next level");
  }
  return { kind: 'rollup', at, levels };
}

function parseRecursive(cursor: Cursor, at: number): GroupingSyntax {
  const hierarchy = parseHierarchy(cursor);
  const of = cursor.eatComma() ? cursor.rules.apply(cursor, hierarchical) : undefined;
  return { kind: 'rolluprecursive', at, hierarchy, of };
}
