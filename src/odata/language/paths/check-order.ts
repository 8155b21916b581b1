import type { SegmentSyntax } from './syntax.ts';

type Words = ReadonlySet<string | undefined>;

/** What stands first only (OData ABNF 4.01, odataRelativeUri, resourcePath). */
const onlyFirst: Words = new Set(['$all', '$batch', '$crossjoin', '$entity', '$metadata']);

/** What nothing follows (OData ABNF 4.01, count, ref, value, querySegment). */
const onlyLast: Words = new Set(['$batch', '$count', '$metadata', '$query', '$ref', '$value']);

function wordOf(segment: SegmentSyntax): string | undefined {
  if (segment.kind === 'system') return segment.name;
  return segment.kind === 'crossjoin' ? '$crossjoin' : undefined;
}

/** What was expected instead of a segment that the grammar does not allow behind another. */
export function findMisplaced(
  segment: SegmentSyntax,
  before: SegmentSyntax | undefined,
): string | undefined {
  const word = wordOf(segment);
  if (before === undefined) {
    return segment.kind === 'name' || onlyFirst.has(word) ? undefined : 'a name';
  }
  const wordBefore = wordOf(before);
  if (onlyLast.has(wordBefore)) return 'the end of the path';
  if (word !== undefined && onlyFirst.has(word)) return `a segment other than ${word}`;
  if (wordBefore === '$crossjoin' && word !== '$query') return '$query or the end of the path';
  if (wordBefore === '$all' || wordBefore === '$entity') {
    const isType = segment.kind === 'name' && segment.parentheses === undefined;
    return isType ? undefined : 'a type or the end of the path';
  }
  return undefined;
}
