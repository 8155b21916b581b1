import type { Cursor } from '../cursor.ts';
import { parseArguments } from '../expressions/parse-arguments.ts';
import { parseCount } from '../literals/scan-number.ts';
import { qualifiedEnd } from '../names.ts';
import { parseComputeItems, parseOrderByItems } from '../options/parse-items.ts';
import { parseSearchText } from '../options/parse-search.ts';
import { parseAggregates } from './parse-aggregate.ts';
import { parseGroupby } from './parse-groupby.ts';
import { parseClimb, parseTraverse } from './parse-hierarchy.ts';
import { parseAddnested, parseJoin, parseNest } from './parse-nesting.ts';
import type { ApplySyntax, TopBottomName, TransformationSyntax } from './syntax.ts';

/** Reads what stands between the parentheses of a transformation that starts at `at`. */
type ParseContent = (cursor: Cursor, at: number) => TransformationSyntax;

/** The transformations with parentheses, by their names (OData Aggregation ABNF, applyTrafo). */
const contents: ReadonlyMap<string, ParseContent> = new Map<string, ParseContent>([
  ['addnested', parseAddnested],
  ['aggregate', (cursor, at) => ({ kind: 'aggregate', at, expressions: parseAggregates(cursor) })],
  ['ancestors', (cursor, at) => parseClimb(cursor, at, 'ancestors')],
  ['bottomcount', (cursor, at) => parseTopBottom(cursor, at, 'bottomcount')],
  ['bottompercent', (cursor, at) => parseTopBottom(cursor, at, 'bottompercent')],
  ['bottomsum', (cursor, at) => parseTopBottom(cursor, at, 'bottomsum')],
  ['compute', (cursor, at) => ({ kind: 'compute', at, items: parseComputeItems(cursor) })],
  ['concat', parseConcat],
  ['descendants', (cursor, at) => parseClimb(cursor, at, 'descendants')],
  ['filter', (cursor, at) => ({ kind: 'filter', at, predicate: cursor.rules.expression(cursor) })],
  ['groupby', parseGroupby],
  ['join', (cursor, at) => parseJoin(cursor, at, 'join')],
  ['nest', parseNest],
  ['orderby', (cursor, at) => ({ kind: 'orderby', at, items: parseOrderByItems(cursor) })],
  ['outerjoin', (cursor, at) => parseJoin(cursor, at, 'outerjoin')],
  ['search', (cursor, at) => ({ kind: 'search', at, search: parseSearchText(cursor) })],
  ['skip', (cursor, at) => ({ kind: 'skip', at, amount: parseCount(cursor) })],
  ['top', (cursor, at) => ({ kind: 'top', at, amount: parseCount(cursor) })],
  ['topcount', (cursor, at) => parseTopBottom(cursor, at, 'topcount')],
  ['toppercent', (cursor, at) => parseTopBottom(cursor, at, 'toppercent')],
  ['topsum', (cursor, at) => parseTopBottom(cursor, at, 'topsum')],
  ['traverse', parseTraverse],
]);

/** Transformations separated by `/` (OData Aggregation ABNF, applyExpr), perhaps only some kinds. */
export function parseTransformations(
  cursor: Cursor,
  allowed?: ReadonlySet<TransformationSyntax['kind']>,
): ApplySyntax {
  cursor.enter();
  const at = cursor.position;
  const transformations: TransformationSyntax[] = [];
  do {
    const start = cursor.position;
    const transformation = parseTransformation(cursor);
    if (allowed && !allowed.has(transformation.kind)) {
      cursor.refuse('a transformation that keeps the instances as they are', start);
    }
    transformations.push(transformation);
  } while (cursor.eat(47));
  cursor.leave();
  return { at, transformations };
}

function parseTransformation(cursor: Cursor): TransformationSyntax {
  cursor.countNode();
  const { text, position: at } = cursor;
  const end = qualifiedEnd(text, at);
  const name = text.slice(at, end);
  if (text.charCodeAt(end) !== 40) {
    if (!cursor.eatWord('identity')) cursor.refuse('a transformation', at);
    return { kind: 'identity', at };
  }
  if (name.includes('.')) {
    cursor.position = end;
    const parameters = parseArguments(cursor, cursor.rules.expression);
    return { kind: 'function', at, name, parameters };
  }
  const parseContent = contents.get(name.toLowerCase());
  if (!parseContent) cursor.refuse('a transformation', at);
  cursor.position = end + 1;
  cursor.skipSpace();
  const transformation = parseContent(cursor, at);
  cursor.skipSpace();
  if (!cursor.eat(41)) cursor.refuse("',' or ')'");
  return transformation;
}

/** Two chains or more, whose results stand one behind the other. */
function parseConcat(cursor: Cursor, at: number): TransformationSyntax {
  const branches = [cursor.rules.apply(cursor)];
  while (cursor.eatComma()) branches.push(cursor.rules.apply(cursor));
  if (branches.length < 2) {
    cursor.skipSpace();
    cursor.refuse("',' and another transformation");
  }
  return { kind: 'concat', at, branches };
}

function parseTopBottom(cursor: Cursor, at: number, kind: TopBottomName): TransformationSyntax {
  const amount = cursor.rules.expression(cursor);
  if (!cursor.eatComma()) {
    cursor.skipSpace();
    cursor.refuse("',' and an expression");
  }
  return { kind, at, amount, by: cursor.rules.expression(cursor) };
}
