import { decodePathPart, type EncodedText } from './encoded-text.ts';
import { segmentsMax } from './limits.ts';
import { findMisplaced } from './paths/check-order.ts';
import { parseSegment } from './paths/parse-segment.ts';
import { type RawSegment, splitPath } from './paths/split-path.ts';
import type { ResourcePathSyntax, SegmentSyntax } from './paths/syntax.ts';
import { openCursor } from './rules.ts';
import { SyntaxRefusal } from './syntax-refusal.ts';

const target = 'the path';

/**
 * The segments of a resource path (OData ABNF 4.01, resourcePath). The raw path is split before it
 * is decoded, so that `%2F` belongs to a key. Throws a SyntaxRefusal whose position counts in the
 * decoded path.
 */
export function parseResourcePath(rawPath: string): ResourcePathSyntax {
  const raws = splitPath(rawPath);
  if (raws.length > segmentsMax) {
    const problem = `Expected at most ${segmentsMax} segments`;
    throw new SyntaxRefusal({ target, position: raws[segmentsMax]!.rawAt, problem });
  }
  const segments: SegmentSyntax[] = [];
  let before = rawPath.startsWith('/') ? '/' : '';
  for (const raw of raws) {
    if (segments.length > 0) before += '/';
    const { text, segment } = readSegment(raw, before, segments.at(-1));
    segments.push(segment);
    before = text;
  }
  return segments;
}

function decodeSegment(raw: string, rawAt: number, before: number): EncodedText {
  try {
    return decodePathPart(raw, target, before);
  } catch (refusal) {
    if (!(refusal instanceof SyntaxRefusal)) throw refusal;
    throw refusal.locate(rawAt + refusal.rawPosition);
  }
}

/** Decodes and parses a segment; `before` is the decoded path up to it. */
function readSegment(
  { raw, rawAt }: RawSegment,
  before: string,
  previous: SegmentSyntax | undefined,
): { text: string; segment: SegmentSyntax } {
  const decoded = decodeSegment(raw, rawAt, before.length);
  const toRawPosition = (position: number): number => {
    const offset = position - before.length;
    return rawAt + (offset < 0 ? offset : decoded.rawAt(offset));
  };
  try {
    const text = before + decoded.text;
    const cursor = openCursor(text, target);
    cursor.position = before.length;
    if (raw === '') cursor.refuse('a segment');
    const segment = parseSegment(cursor, previous === undefined);
    const expected = findMisplaced(segment, previous);
    // The refusal stands at the slash between the two.
    if (expected) cursor.refuse(expected, Math.max(segment.at - 1, 0));
    if (segment.kind !== 'key') return { text, segment };
    const problem = { ...segment.problem, rawPosition: toRawPosition(segment.problem.position) };
    return { text, segment: { ...segment, problem } };
  } catch (refusal) {
    if (refusal instanceof SyntaxRefusal) throw refusal.locate(toRawPosition(refusal.position));
    throw refusal;
  }
}
